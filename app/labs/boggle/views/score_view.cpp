#include "app/labs/boggle/views/score_view.h"

#include "core/trace/trace.h"
#include "widgets/plot/curve.h"
#include "widgets/plot/playhead.h"
#include "widgets/plot/sketch.h"
#include "widgets/theme/contrast.h"

#include <algorithm>
#include <cmath>

namespace orrery::boggleview {

namespace {

std::vector<double> columnNamed(const Trace& trace, const char* name) {
    for (std::size_t c = 0; c < trace.columns().size(); ++c)
        if (trace.columns()[c].name == name) return trace.column(c);
    return {};
}

} // namespace

ScoreView::ScoreView(QWidget* parent)
    : Plot(parent)
    , m_now(new Curve(this, [](const Theme& t) { return solidPen(t.category(0).color, t.contextWidth()); }))
    , m_best(new Curve(this, [](const Theme& t) { return solidPen(t.category(2).color, t.focusWidth()); }))
    , m_playhead(new Playhead(this)) {
    new Sketch(
        this, [this](QPainter& painter) { paintNames(painter); }, false);
    setHorizontal({.title = tr("proposals"), .abbreviate = true, .integers = true});
    setVertical({.title = tr("points"), .integers = true});
    connect(m_playhead, &Playhead::moved, this,
            [this](double x) { Q_EMIT stepRequested(std::max<std::int64_t>(0, std::llround(x))); });
}

void ScoreView::setTrace(const std::shared_ptr<const Trace>& trace) {
    if (trace == m_trace || !trace || trace->rows() == 0) return;
    m_trace = trace;
    const std::vector<double> x(trace->index().begin(), trace->index().end());
    const std::vector<double> now = columnNamed(*trace, "points"), best = columnNamed(*trace, "best points");
    double high = 1.0;
    for (const double value : best)
        if (std::isfinite(value)) high = std::max(high, value);
    setHome({0, std::max(1.0, x.back()) * 1.01}, {0, high * 1.18});
    m_now->setData(x, now);
    m_best->setData(x, best);
}

void ScoreView::setNow(std::int64_t step) {
    const auto x = static_cast<double>(step);
    m_step = x;
    m_now->setNow(x);
    m_best->setNow(x);
    m_playhead->setPosition(x);
}

// Both end at the right, the best above: its name stands over its end, the other's below.
void ScoreView::paintNames(QPainter& painter) const {
    if (!m_trace || m_best->y().empty()) return;
    const QFont font = theme().words(12, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    const double end = toY(m_best->y().back()), right = area().right() - theme().px(4);
    const double now = toX(m_step);
    const auto write = [&](const QString& text, double baseline, int category) {
        const double wide = metrics.horizontalAdvance(text), gap = theme().px(6);
        const bool isCrossed = now > right - wide - gap && now < right + gap; // by the playhead
        painter.setPen(readable(theme().category(category).color, theme().surface));
        painter.drawText(QPointF((isCrossed ? now - gap : right) - wide, baseline), text);
    };
    painter.setFont(font);
    write(tr("best so far"), end - theme().px(8), 2);
    const double below = m_now->y().empty() ? end : std::max(end, toY(m_now->y().back()));
    write(tr("board in hand"), below + metrics.ascent() + theme().px(10), 0);
}

} // namespace orrery::boggleview
