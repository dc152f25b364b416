#include "app/labs/gpu/views/timeline_view.h"

#include "widgets/plot/number_format.h"
#include "widgets/plot/sketch.h"

#include <algorithm>
#include <cmath>

namespace orrery::panel {

TimelineView::TimelineView(QWidget* parent) : Plot(parent) {
    new Sketch(this, [this](QPainter& p) { paintLines(p); });
    new Sketch(
        this, [this](QPainter& p) { paintNames(p); }, false);
    setVertical({.reversed = true, .labels = false});
    setGrid(false);
    setReadout([this](QPointF pixel) { return readoutAt(pixel); });
    setPicture({});
}

void TimelineView::setPicture(TimelinePicture picture) {
    m_picture = std::move(picture);
    double longest = 0;
    for (const TimelineLine& line : m_picture.lines)
        longest = std::max(longest, line.forwardUs);
    m_unit = longest >= 1e4 ? 1e3 : 1;
    setHorizontal({.title = m_unit > 1 ? tr("ms since the first kernel began")
                                       : tr("µs since the first kernel began")});
    setPlaceholder(m_picture.lines.empty() ? tr("No kernel has been timed yet: switch “Every variant” on")
                                           : QString());
    setHome({0, std::max(longest, 1.0) / m_unit * 1.01},
            {-0.62, std::max<double>(1, double(m_picture.lines.size())) - 0.38});
    schedule();
}

QRectF TimelineView::blockOf(std::size_t line, const TimelineSpan& span) const {
    const double top = toY(double(line) - 0.18), bottom = toY(double(line) + 0.32);
    const double left = toX(span.startUs / m_unit), right = toX(span.endUs / m_unit);
    return {left, std::min(top, bottom), std::max(right - left, 0.5 / ratio()), std::abs(bottom - top)};
}

void TimelineView::paintLines(QPainter& painter) const {
    painter.setPen(Qt::NoPen);
    for (std::size_t i = 0; i < m_picture.lines.size(); ++i) {
        const TimelineLine& line = m_picture.lines[i];
        painter.fillRect(blockOf(i, {.startUs = 0, .endUs = line.forwardUs}), theme().grid);
        for (const TimelineSpan& span : line.spans)
            painter.fillRect(blockOf(i, span), theme().category(span.category).color);
    }
}

void TimelineView::paintNames(QPainter& painter) const {
    const QFont font = theme().words(12, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    for (std::size_t i = 0; i < m_picture.lines.size(); ++i) {
        const TimelineLine& line = m_picture.lines[i];
        const QPointF at(area().left() + theme().px(2),
                         blockOf(i, {.startUs = 0, .endUs = 1}).top() - theme().px(5));
        painter.setFont(font);
        painter.setPen(theme().ink);
        painter.drawText(snappedText(at, ratio()), line.name);
        painter.setFont(theme().words(12));
        painter.setPen(theme().inkSecond);
        const double gaps = line.forwardUs > 0 ? 100 * line.gapUs / line.forwardUs : 0;
        painter.drawText(
            snappedText(at + QPointF(metrics.horizontalAdvance(line.name) + theme().px(10), 0), ratio()),
            tr("%1, %2 kernels, nothing runs for %3 %")
                .arg(timeInWords(line.forwardUs))
                .arg(line.spans.size())
                .arg(shortNumber(gaps, 2)));
    }
}

std::optional<Readout> TimelineView::readoutAt(QPointF pixel) const {
    for (std::size_t i = 0; i < m_picture.lines.size(); ++i)
        for (const TimelineSpan& span : m_picture.lines[i].spans)
            if (const QRectF block = blockOf(i, span); block.adjusted(-1, 0, 1, 0).contains(pixel))
                return Readout{
                    tr("%1\n%2\n%3").arg(span.operation, span.kernel, timeInWords(span.endUs - span.startUs)),
                    {block.center().x(), block.top()}};
    return std::nullopt;
}

} // namespace orrery::panel
