#include "widgets/plot/mark_stamps.h"

#include "widgets/plot/strokes.h"

#include <cmath>

namespace orrery {

void MarkStamps::draw(QPainter& painter, const Plot& plot, QPointF centre, MarkShape shape, double radius,
                      const QColor& color) {
    const QColor& surface = plot.theme().surface;
    if (plot.paintsVectors()) return drawMark(painter, centre, shape, radius, color, surface);
    const double ratio = plot.ratio();
    if (std::exchange(m_size, {radius, ratio}) != std::pair(radius, ratio)) m_stamps.clear();
    const auto place = [&](double pixel) { // whole device pixel, and the place within it
        const double fine = std::floor(pixel * ratio * kPhases + 0.5), whole = std::floor(fine / kPhases);
        return std::pair(whole, static_cast<int>(fine - whole * kPhases));
    };
    const auto [x, phaseX] = place(centre.x());
    const auto [y, phaseY] = place(centre.y());
    const int reach = static_cast<int>(std::ceil(radius * ratio * 1.8)) + 2;
    QImage& stamp =
        m_stamps[{static_cast<int>(shape), color.rgba(), surface.rgb(), phaseY * kPhases + phaseX}];
    if (stamp.isNull()) {
        stamp = QImage(2 * reach + 1, 2 * reach + 1, QImage::Format_ARGB32_Premultiplied);
        stamp.fill(Qt::transparent);
        QPainter once(&stamp);
        once.setRenderHint(QPainter::Antialiasing);
        drawMark(once, {reach + double(phaseX) / kPhases, reach + double(phaseY) / kPhases}, shape,
                 radius * ratio, color, surface);
        once.end();
        stamp.setDevicePixelRatio(ratio);
    }
    painter.drawImage(QPointF((x - reach) / ratio, (y - reach) / ratio), stamp);
}

} // namespace orrery
