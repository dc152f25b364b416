#include "app/labs/boggle/views/gantt_view.h"

#include "widgets/frame/paint.h"
#include "widgets/plot/playhead.h"
#include "widgets/plot/sketch.h"
#include "widgets/theme/contrast.h"

#include <algorithm>

namespace orrery::boggleview {

GanttView::GanttView(QWidget* parent) : Plot(parent) {
    new Sketch(this, [this](QPainter& painter) { paintBars(painter); });
    m_playhead = new Playhead(this);
    m_playhead->setDraggable(false);
    setGrid(false);
    setPlaceholder(tr("The search has not been run"));
    setReadout([this](QPointF pixel) { return readoutAt(pixel); });
}

void GanttView::setBars(std::vector<GanttBar> bars, int threads, double split) {
    m_bars = std::move(bars);
    m_split = split;
    double last = split;
    for (const GanttBar& bar : m_bars)
        last = std::max(last, bar.end);
    m_unit = last >= 1.0 ? 1.0 : 1e-3;
    setHorizontal({.title = m_unit == 1.0 ? tr("seconds since the search began")
                                          : tr("milliseconds since the search began")});
    std::vector<QString> names;
    for (int thread = threads; thread >= 1; --thread)
        names.push_back(tr("thread %1").arg(thread));
    setVertical({.names = std::move(names)});
    setPlaceholder(m_bars.empty() ? tr("The search has not been run") : QString());
    setHome({0, std::max(last / m_unit, 1e-9) * 1.02}, {-0.6, threads - 0.4});
    m_threads = threads;
}

void GanttView::setNow(double seconds) {
    m_now = seconds;
    m_playhead->setPosition(m_bars.empty() ? std::nullopt : std::optional(seconds / m_unit));
    m_playhead->setTag(m_bars.empty() ? QString() : spokenSeconds(seconds));
    schedule();
}

QRectF GanttView::rectOf(const GanttBar& bar) const {
    const double row = m_threads - 1 - bar.thread;
    const QPointF from = toPixel(bar.begin / m_unit, row + 0.36), to = toPixel(bar.end / m_unit, row - 0.36);
    return QRectF(from, to).normalized();
}

// Neighbouring tasks of one thread alternate between two shades, so that each can be seen.
void GanttView::paintBars(QPainter& painter) const {
    std::vector<int> count(static_cast<std::size_t>(std::max(m_threads, 1)), 0);
    painter.setPen(Qt::NoPen);
    for (const GanttBar& bar : m_bars) {
        const int place = count[static_cast<std::size_t>(bar.thread)]++;
        QRectF box = rectOf(bar);
        box.setWidth(std::max(box.width(), 0.6));
        const QColor full = theme().category(bar.thread).color;
        const QColor color = bar.end > m_now + 1e-12 ? theme().track : full;
        painter.setBrush(place % 2 ? mixed(color, theme().surface, 0.4) : color);
        painter.drawRect(box);
    }
}

std::optional<Readout> GanttView::readoutAt(QPointF pixel) const {
    for (const GanttBar& bar : m_bars)
        if (rectOf(bar).adjusted(-1, 0, 1, 0).contains(pixel)) return Readout{bar.text, pixel};
    return std::nullopt;
}

} // namespace orrery::boggleview
