#include "widgets/plot/curve.h"

#include "widgets/plot/decimate.h"

#include <algorithm>
#include <cmath>

namespace orrery {

Curve::Curve(Plot* plot, PenOf pen)
    : PlotPiece(plot)
    , m_pen(pen ? std::move(pen) : [](const Theme& t) { return solidPen(t.accent, t.contextWidth()); }) {}

void Curve::setPen(PenOf pen) {
    m_pen = std::move(pen);
    changed();
}

void Curve::setData(std::vector<double> x, std::vector<double> y) {
    m_x = std::move(x);
    m_y = std::move(y);
    changed();
}

void Curve::setNow(std::optional<double> x) {
    if (m_now == x) return;
    m_now = x;
    changed();
}

void Curve::setGhost(bool on) {
    m_ghost = on;
    changed();
}

void Curve::paint(QPainter& painter) {
    const std::vector<QPolygonF> lines = pixelLines(plot(), m_x, m_y);
    const QPen ghost = dottedPen(theme().ghost, theme().contextWidth());
    if (m_ghost) return strokeLines(painter, lines, solidPen(theme().ghost, theme().hairline()));
    if (!m_now) return strokeLines(painter, lines, m_pen(theme()));
    const double now = plot().toX(*m_now);
    for (const QPolygonF& line : lines) {
        const SplitLine split = splitAt(line, now);
        strokeLines(painter, {split.right}, ghost);
        strokeLines(painter, {split.left}, m_pen(theme()));
    }
}

Band::Band(Plot* plot, ColorOf fill)
    : PlotPiece(plot), m_fill(fill ? std::move(fill) : [](const Theme& t) {
        QColor color = t.accent;
        color.setAlphaF(0.15f);
        return color;
    }) {}

void Band::setData(std::vector<double> x, std::vector<double> lower, std::vector<double> upper) {
    m_x = std::move(x);
    m_lower = std::move(lower);
    m_upper = std::move(upper);
    changed();
}

void Band::paint(QPainter& painter) {
    QPolygonF outline, back;
    const QRectF area = plot().area();
    const auto inside = [&](QPointF p) {
        // Clamping keeps the fill inside where the painter cannot clip; between points the error is below a
        // pixel.
        return QPointF(std::clamp(p.x(), area.left(), area.right()),
                       std::clamp(p.y(), area.top(), area.bottom()));
    };
    for (std::size_t i = 0; i < m_x.size(); ++i) {
        const QPointF low = plot().toPixel(m_x[i], m_lower[i]), high = plot().toPixel(m_x[i], m_upper[i]);
        if (!std::isfinite(high.x()) || !std::isfinite(high.y())) continue;
        outline.append(inside(high));
        back.append(inside({low.x(), std::isfinite(low.y()) ? low.y() : area.bottom()}));
    }
    std::reverse(back.begin(), back.end());
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_fill(theme()));
    painter.drawPolygon(outline + back);
}

} // namespace orrery
