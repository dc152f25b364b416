#include "widgets/plot/curve.h"

#include "widgets/plot/decimate.h"

#include <QLineF>
#include <algorithm>
#include <cmath>

namespace orrery {

namespace {

/// A line that goes up and down this many times the width of its plot is a fog when dotted, and dear.
constexpr double kJagged = 5.0;

bool isJagged(const QPolygonF& line, double width) {
    double length = 0.0;
    for (qsizetype i = 1; i < line.size() && length <= kJagged * width; ++i)
        length += QLineF(line[i - 1], line[i]).length();
    return length > kJagged * width;
}

QPen faintPen(const Theme& theme) {
    QColor faint = theme.ghost;
    faint.setAlphaF(0.45f);
    QPen pen = solidPen(faint, theme.hairline());
    pen.setJoinStyle(Qt::BevelJoin);
    pen.setCapStyle(Qt::FlatCap);
    return pen;
}

} // namespace

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
    if (m_ghost) return strokeLines(painter, lines, solidPen(theme().ghost, theme().hairline()));
    if (!m_now) return strokeLines(painter, lines, m_pen(theme()));
    const double now = plot().toX(*m_now);
    for (const QPolygonF& line : lines) {
        const SplitLine split = splitAt(line, now);
        strokeLines(painter, {split.right},
                    isJagged(split.right, plot().area().width())
                        ? faintPen(theme())
                        : dottedPen(theme().ghost, theme().contextWidth()));
        QPen past = m_pen(theme());
        if (isJagged(split.left, plot().area().width())) past.setJoinStyle(Qt::BevelJoin);
        strokeLines(painter, {split.left}, past);
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
