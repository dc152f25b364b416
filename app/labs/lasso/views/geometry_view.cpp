#include "app/labs/lasso/views/geometry_view.h"

#include "widgets/plot/place_label.h"
#include "widgets/plot/sketch.h"
#include "widgets/plot/strokes.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace orrery::lasso {

namespace {

constexpr int kContours = 9;

/// Lower Cholesky factor of H: (l11, l21, l22).
std::array<double, 3> cholesky(const std::array<double, 4>& h) {
    const double l11 = std::sqrt(std::max(h[0], 1e-12)), l21 = h[2] / l11;
    return {l11, l21, std::sqrt(std::max(h[3] - l21 * l21, 1e-12))};
}

/// A fill stays inside the area by geometry: an SVG of Qt 6.4 knows no clip.
void fillInside(QPainter& painter, const QPolygonF& polygon, const QRectF& area, const QColor& color) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    if (area.contains(polygon.boundingRect()))
        painter.drawPolygon(polygon);
    else
        painter.drawPolygon(polygon.intersected(QPolygonF(area)));
}

QColor mixed(const QColor& ground, const QColor& tint, double share) {
    const auto mix = [share](int a, int b) { return qRound(a + (b - a) * share); };
    return {mix(ground.red(), tint.red()), mix(ground.green(), tint.green()),
            mix(ground.blue(), tint.blue())};
}

QColor faded(QColor color, double alpha) {
    color.setAlphaF(static_cast<float>(alpha));
    return color;
}

} // namespace

double PenaltyGeometry::loss(QPointF beta) const {
    const QPointF d = beta - optimum;
    return 0.5 * (hessian[0] * d.x() * d.x() + (hessian[1] + hessian[2]) * d.x() * d.y() +
                  hessian[3] * d.y() * d.y());
}

// β = β̂ + √(2c) · L⁻ᵀ u over the unit circle u, with H = LLᵀ.
QPolygonF lossContour(const PenaltyGeometry& geometry, double level, int points) {
    const auto [l11, l21, l22] = cholesky(geometry.hessian);
    const double size = std::sqrt(2.0 * std::max(level, 0.0));
    QPolygonF contour;
    for (int i = 0; i <= points; ++i) {
        const double angle = 2.0 * std::numbers::pi * i / points;
        const double y = std::sin(angle) / l22, x = (std::cos(angle) - l21 * y) / l11;
        contour.append(geometry.optimum + size * QPointF(x, y));
    }
    return contour;
}

std::vector<QPolygonF> ballOutline(const PenaltyGeometry& geometry, double reach) {
    const double r = geometry.radius;
    if (geometry.ball == BallKind::L0)
        return {QPolygonF{{-reach, 0}, {reach, 0}}, QPolygonF{{0, -reach}, {0, reach}}};
    if (geometry.ball == BallKind::L1) return {QPolygonF{{r, 0}, {0, r}, {-r, 0}, {0, -r}, {r, 0}}};
    // |x|^q + |y|^q = r^q, with x = r·|cos|^(2/q): exact for every q, the circle included.
    const double power = 2.0 / (geometry.ball == BallKind::L2 ? 2.0 : geometry.q);
    QPolygonF outline;
    for (int i = 0; i <= 240; ++i) {
        const double c = std::cos(2.0 * std::numbers::pi * i / 240),
                     s = std::sin(2.0 * std::numbers::pi * i / 240);
        outline.append({r * std::copysign(std::pow(std::abs(c), power), c),
                        r * std::copysign(std::pow(std::abs(s), power), s)});
    }
    return {outline};
}

GeometryView::GeometryView(QWidget* parent) : Plot(parent) {
    setGrid(false);
    setEqualAspect(true);
    new Sketch(this, [this](QPainter& painter) { paintContours(painter); });
    new Sketch(this, [this](QPainter& painter) { paintBall(painter); });
    new Sketch(this, [this](QPainter& painter) { paintWalk(painter); });
    setPlaceholder(tr("Choose two columns"));
}

void GeometryView::setPenaltyGeometry(const PenaltyGeometry& geometry) {
    m_geometry = geometry;
    setPlaceholder(geometry.valid ? QString() : tr("Choose two columns"));
    setHorizontal({.title = tr("β of %1").arg(geometry.names[0])});
    setVertical({.title = tr("β of %1").arg(geometry.names[1])});
    // Origin, optimum and the ball of the largest useful radius hold the frame; iterates may not move it.
    const double reach = std::max({std::abs(geometry.optimum.x()), std::abs(geometry.optimum.y()), 1e-9});
    const auto range = [reach](double optimum) {
        return QCPRange(std::min(0.0, optimum) - 0.55 * reach, std::max(0.0, optimum) + 0.55 * reach);
    };
    setHome(range(geometry.optimum.x()), range(geometry.optimum.y()));
}

void GeometryView::setHighlightedMark(const QString& mark) {
    m_highlighted = mark;
    schedule();
}

QPolygonF GeometryView::pixels(const QPolygonF& line) const {
    QPolygonF result;
    result.reserve(line.size());
    for (const QPointF& point : line)
        result.append(toPixel(point.x(), point.y()));
    return result;
}

void GeometryView::paintContours(QPainter& painter) const {
    if (!m_geometry.valid) return;
    // Equal steps of distance from the optimum, out to the far corner: levels grow with the square.
    double outer = 0.0;
    for (const double x : {area().left(), area().right()})
        for (const double y : {area().top(), area().bottom()})
            outer = std::max(outer, m_geometry.loss({fromX(x), fromY(y)}));
    const QColor tint = theme().inkThird;
    for (int k = kContours; k >= 1; --k) {
        const double level = outer * 0.62 * k * k / (kContours * kContours);
        const QPolygonF contour = pixels(lossContour(m_geometry, level));
        // Opaque, since translucent layers of so little each round to a tint of their own.
        fillInside(painter, contour, area(), mixed(theme().surface, tint, 0.035 * (kContours + 1 - k)));
        strokeLines(painter, clippedLine(contour, area()), solidPen(faded(tint, 0.28), theme().hairline()));
    }
    // The contours cover the ground: the two axes are drawn again on top.
    QPen axes(theme().inkThird, theme().hairline(), Qt::CustomDashLine);
    axes.setDashPattern({3, 3});
    const double x0 = snapped(toX(0), theme().hairline(), ratio()),
                 y0 = snapped(toY(0), theme().hairline(), ratio());
    strokeLines(painter, clippedLine(QPolygonF{{area().left(), y0}, {area().right(), y0}}, area()), axes);
    strokeLines(painter, clippedLine(QPolygonF{{x0, area().top()}, {x0, area().bottom()}}, area()), axes);
    const double touching = m_geometry.loss(m_geometry.solution);
    const bool lit = m_highlighted == QStringLiteral("contour");
    strokeLines(painter, clippedLine(pixels(lossContour(m_geometry, touching)), area()),
                solidPen(theme().inkSecond, lit ? theme().focusWidth() : theme().contextWidth()));
}

void GeometryView::paintBall(QPainter& painter) const {
    if (!m_geometry.valid) return;
    const bool lit = m_highlighted == QStringLiteral("ball");
    const double reach = 2 * std::max({std::abs(fromX(area().left())), std::abs(fromX(area().right())),
                                       std::abs(fromY(area().top())), std::abs(fromY(area().bottom()))});
    for (const QPolygonF& outline : ballOutline(m_geometry, reach)) {
        const QPolygonF line = pixels(outline);
        if (m_geometry.ball != BallKind::L0)
            fillInside(painter, line, area(), faded(theme().accent, lit ? 0.28 : 0.18));
        strokeLines(
            painter, clippedLine(line, area()),
            solidPen(theme().accent, lit ? theme().focusWidth() * 1.3 : theme().contextWidth() * 1.25));
    }
}

void GeometryView::paintWalk(QPainter& painter) const {
    if (!m_geometry.valid) return;
    const QPolygonF walk =
        pixels(QPolygonF(QList<QPointF>(m_geometry.iterates.begin(), m_geometry.iterates.end())));
    strokeLines(painter, clippedLine(walk, area()), solidPen(theme().brass, theme().contextWidth() * 1.25));
    QPointF last(-1e9, -1e9);
    for (const QPointF& point : walk) {
        // Dots closer than their size would be a caterpillar.
        if (QLineF(point, last).length() < theme().markSize() * 1.4 || !area().contains(point)) continue;
        drawMark(painter, point, MarkShape::Disc, theme().markSize() * 0.55, theme().brass, theme().surface);
        last = point;
    }
    const QPointF optimum = toPixel(m_geometry.optimum.x(), m_geometry.optimum.y());
    drawMark(painter, optimum, MarkShape::Plus, theme().markSize() * 1.2, theme().ink, theme().surface);
    const QPointF solution =
        walk.isEmpty() ? toPixel(m_geometry.solution.x(), m_geometry.solution.y()) : walk.last();
    drawMark(painter, solution, MarkShape::Disc, theme().markSize() * 1.25, theme().brass, theme().surface);
    paintLabels(painter, optimum, solution);
}

// β(λ) first: of the two it is the one that moves. Where they come close the other keeps out of its way.
void GeometryView::paintLabels(QPainter& painter, QPointF optimum, QPointF solution) const {
    std::vector<QPolygonF> lines{
        pixels(QPolygonF(QList<QPointF>(m_geometry.iterates.begin(), m_geometry.iterates.end())))};
    for (const QPolygonF& outline : ballOutline(m_geometry, 1e3))
        lines.push_back(pixels(outline));
    lines.push_back(pixels(lossContour(m_geometry, m_geometry.loss(m_geometry.solution))));
    std::vector<QRectF> taken;
    const double r = theme().markSize() * 1.6;
    for (const QPointF& end : {optimum, solution})
        taken.push_back(QRectF(end.x() - r, end.y() - r, 2 * r, 2 * r));
    const QFont font = theme().words(12, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    const auto label = [&](QPointF at, const QString& text, const QColor& color) {
        if (!area().contains(at)) return;
        const QRectF box = placeLabel({metrics.horizontalAdvance(text) + 4, metrics.height()}, at, area(),
                                      theme().px(7), lines, taken);
        if (box.isNull()) return;
        taken.push_back(box);
        drawLeader(painter, at, box, theme().markSize() * 1.6, theme().px(18),
                   QPen(theme().inkThird, theme().hairline()));
        painter.setFont(font);
        painter.setPen(color);
        painter.drawText(snappedText({box.left() + 2, box.top() + metrics.ascent()}, ratio()), text);
    };
    label(solution, QStringLiteral("β(λ)"), theme().brass);
    label(optimum, tr("least squares"), theme().ink);
}

} // namespace orrery::lasso
