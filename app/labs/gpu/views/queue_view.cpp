#include "app/labs/gpu/views/queue_view.h"

#include "widgets/plot/number_format.h"
#include "widgets/plot/playhead.h"
#include "widgets/plot/sketch.h"
#include "widgets/plot/strokes.h"

#include <algorithm>
#include <cmath>

namespace orrery::panel {

QueueView::QueueView(QWidget* parent) : Plot(parent) {
    new Sketch(
        this, [this](QPainter& p) { paintMarks(p); }, false);
    m_lines = new LabelledLines(this);
    m_lines->setOtherLabels([this] {
        // Its line too is not to be written over.
        return std::vector<QRectF>{mostBox(),
                                   {toX(m_picture.capacity) - 1, area().top(), 2, area().height()}};
    });
    m_now = new Playhead(this);
    setHorizontal({.title = tr("arrivals a second"), .abbreviate = true});
    connect(m_now, &Playhead::moved, this, [this](double x) {
        if (m_picture.capacity > 0) Q_EMIT loadChosen(x / m_picture.capacity);
    });
    connect(m_now, &Playhead::stepped, this, [this](int by) {
        if (m_picture.capacity > 0)
            Q_EMIT loadChosen(m_picture.now.arrivalsPerS / m_picture.capacity + 0.02 * by);
    });
    setReadout([this](QPointF pixel) -> std::optional<Readout> {
        const auto at =
            std::ranges::lower_bound(m_picture.sweep, fromX(pixel.x()), {}, &QueueResult::arrivalsPerS);
        if (at == m_picture.sweep.end()) return std::nullopt;
        return Readout{tr("%1 a second\np50 %2, p99 %3\nbatches of %4")
                           .arg(shortNumber(at->arrivalsPerS), shortNumber(at->p50 * 1e3) + tr(" ms"),
                                shortNumber(at->p99 * 1e3) + tr(" ms"), shortNumber(at->meanBatch)),
                       toPixel(at->arrivalsPerS, at->p99 * 1e3)};
    });
    setPicture({});
}

QString QueueView::summary() const {
    if (m_picture.sweep.empty()) return {};
    const QueueResult& now = m_picture.now;
    return tr("simulated from the measured latencies: p99 %1 ms, batches of %2")
        .arg(shortNumber(now.p99 * 1e3), shortNumber(now.meanBatch));
}

void QueueView::setPicture(QueuePicture picture) {
    m_picture = std::move(picture);
    const bool empty = m_picture.sweep.empty();
    setPlaceholder(empty ? tr("A queue needs latencies that were measured") : QString());
    setVertical({.title = tr("latency from arrival to answer, ms"), .logarithmic = !empty});
    m_now->setPosition(empty ? std::nullopt : std::optional(m_picture.now.arrivalsPerS));
    m_now->setTag(empty ? QString() : shortNumber(m_picture.now.arrivalsPerS) + tr(" a second"));
    std::vector<LabelledLine> lines;
    int category = 0;
    double low = 1e300, high = 0;
    for (const auto& [name, field] :
         {std::pair{"p50", &QueueResult::p50}, {"p90", &QueueResult::p90}, {"p99", &QueueResult::p99}}) {
        LabelledLine line{.name = QString::fromUtf8(name), .category = category};
        category += category == 0 ? 2 : 1;
        for (const QueueResult& result : m_picture.sweep) {
            line.x.push_back(result.arrivalsPerS), line.y.push_back(result.*field * 1e3);
            low = std::min(low, line.y.back()), high = std::max(high, line.y.back());
        }
        if (!empty) lines.push_back(std::move(line));
    }
    m_lines->setLines(std::move(lines));
    if (empty) return setHome({0, 1}, {0, 1});
    if (m_picture.limitMs > 0)
        low = std::min(low, m_picture.limitMs), high = std::max(high, m_picture.limitMs);
    // Below the curves is room for the tag of the line that is dragged.
    const double tall = std::log10(high / low);
    setHome({0, m_picture.sweep.back().arrivalsPerS * 1.14}, {low * std::pow(10, -0.24 * tall), high * 1.5});
    schedule();
}

QString QueueView::mostInWords() const {
    return tr("at most %1").arg(shortNumber(m_picture.capacity));
}

QRectF QueueView::mostBox() const {
    const QFontMetricsF metrics(theme().words(12));
    const double width = metrics.horizontalAdvance(mostInWords());
    return {toX(m_picture.capacity) - theme().px(6) - width, area().top(), width, metrics.height()};
}

void QueueView::paintMarks(QPainter& painter) const {
    if (m_picture.sweep.empty()) return;
    const double x = toX(m_picture.capacity);
    QPen dashed(theme().inkThird, theme().contextWidth(), Qt::CustomDashLine, Qt::FlatCap);
    dashed.setDashPattern({4, 3});
    strokeLines(painter, clippedLine({{x, area().top()}, {x, area().bottom()}}, area()), dashed);
    painter.setFont(theme().words(12));
    painter.setPen(theme().inkSecond);
    const QFontMetricsF metrics(painter.font());
    painter.drawText(snappedText(mostBox().topLeft() + QPointF(0, metrics.ascent()), ratio()), mostInWords());
    if (!(m_picture.limitMs > 0)) return;
    const double y = toY(m_picture.limitMs);
    strokeLines(painter, clippedLine({{area().left(), y}, {area().right(), y}}, area()), dashed);
    painter.setPen(theme().inkSecond);
    painter.drawText(snappedText({area().left() + theme().px(6), y - theme().px(4)}, ratio()),
                     tr("MLPerf server limit %1 ms").arg(m_picture.limitMs));
}

} // namespace orrery::panel
