#include "app/labs/svm/views/surface_layer.h"

#include "widgets/canvas/canvas_points.h"

#include <algorithm>
#include <cmath>

namespace orrery::svmview {

namespace {

constexpr double kTint = 0.34;       ///< of the class colour, far from the boundary
constexpr double kRegionTint = 0.24; ///< of a region without depth
constexpr int kLevels = 6;           ///< a side, on paper
constexpr int kPaperColumns = 110;   ///< on paper
constexpr double kOverlap = 0.35;    ///< pixels, so that no seam shows between rectangles

QRgb mixed(const QColor& ground, const QColor& tint, double share) {
    const auto mix = [share](int a, int b) { return qRound(a + (b - a) * share); };
    return qRgb(mix(ground.red(), tint.red()), mix(ground.green(), tint.green()),
                mix(ground.blue(), tint.blue()));
}

} // namespace

void SurfaceLayer::setPicture(std::shared_ptr<const PlanePicture> picture) {
    m_picture = std::move(picture);
    m_image = {};
    changed();
}

void SurfaceLayer::setProbability(std::function<double(double)> ofDecision) {
    m_probability = std::move(ofDecision);
    m_image = {};
    changed();
}

// Of a probability, how far it is from ½.
double SurfaceLayer::depthOf(double value) const {
    const bool likely = m_probability && m_picture->kind == PlaneKind::Classes;
    return likely ? 2.0 * m_probability(value) - 1.0 : std::tanh(value);
}

double SurfaceLayer::certaintyAt(int column, int row) const {
    if (m_picture->certainty.empty()) return 1.0;
    return m_picture
        ->certainty[static_cast<std::size_t>(row) * static_cast<std::size_t>(m_picture->surface.columns) +
                    static_cast<std::size_t>(column)];
}

QRgb SurfaceLayer::colorOf(double value, double certainty) const {
    if (!std::isfinite(value)) return theme().surface.rgb();
    if (m_picture->kind == PlaneKind::Pairs) {
        const double share = m_picture->certainty.empty() ? kRegionTint : kTint * certainty * certainty;
        return mixed(theme().surface, theme().category(categoryOfClass(static_cast<int>(value))).color,
                     share);
    }
    const double depth = depthOf(value), share = kTint * std::abs(depth);
    if (m_picture->kind == PlaneKind::OneClass)
        return mixed(theme().surface, value > 0.0 ? theme().category(0).color : theme().ghost, share);
    return mixed(
        theme().surface,
        theme().category(categoryOfClass(depth > 0.0 ? m_picture->positive : m_picture->negative)).color,
        share);
}

// Values stand at the corners of cells: a pixel of the image is centred on its value.
QRectF SurfaceLayer::pixelRect() const {
    const ScalarGrid& grid = m_picture->surface;
    const double dx = 0.5 * (grid.right - grid.left) / (grid.columns - 1),
                 dy = 0.5 * (grid.top - grid.bottom) / (grid.rows - 1);
    return {plot().toPixel(grid.left - dx, grid.top + dy), plot().toPixel(grid.right + dx, grid.bottom - dy)};
}

void SurfaceLayer::makeImage() {
    const ScalarGrid& grid = m_picture->surface;
    m_image = QImage(grid.columns, grid.rows, QImage::Format_RGB32);
    for (int row = 0; row < grid.rows; ++row) {
        auto* line = reinterpret_cast<QRgb*>(m_image.scanLine(grid.rows - 1 - row));
        for (int column = 0; column < grid.columns; ++column)
            line[column] = colorOf(grid.at(column, row), certaintyAt(column, row));
    }
    m_imageTheme = theme();
}

void SurfaceLayer::paint(QPainter& painter) {
    if (!m_picture || m_picture->surface.isEmpty()) return;
    if (plot().paintsVectors()) return paintRectangles(painter);
    if (m_image.isNull() || !(m_imageTheme == theme())) makeImage();
    painter.save();
    painter.setClipRect(plot().area(), Qt::IntersectClip);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, m_picture->kind != PlaneKind::Pairs);
    painter.drawImage(pixelRect(), m_image);
    painter.restore();
}

// Neighbours of one shade are one rectangle.
void SurfaceLayer::paintRectangles(QPainter& painter) const {
    const ScalarGrid& grid = m_picture->surface;
    const int stride = std::max(1, grid.columns / kPaperColumns);
    const auto levelOf = [&](int column, int row) {
        const int x = std::min(column, grid.columns - 1), y = std::min(row, grid.rows - 1);
        const double value = grid.at(x, y);
        if (m_picture->kind == PlaneKind::Pairs)
            return std::pair(value, std::round(certaintyAt(x, y) * kLevels) / kLevels);
        const double tanh = std::tanh(value), level = std::round(std::abs(tanh) * kLevels) / kLevels;
        return std::pair(level == 0.0 ? 0.0 : std::copysign(std::atanh(std::min(level, 0.999)), tanh), 1.0);
    };
    painter.setPen(Qt::NoPen);
    const double halfX = 0.5 * stride, halfY = 0.5 * stride;
    for (int row = 0; row < grid.rows; row += stride)
        for (int column = 0, end = 0; column < grid.columns; column = end) {
            const std::pair<double, double> level = levelOf(column, row);
            for (end = column + stride; end < grid.columns && levelOf(end, row) == level;)
                end += stride;
            if (level.first == 0.0 && m_picture->kind != PlaneKind::Pairs) continue;
            QRectF box(plot().toPixel(grid.x(column - halfX), grid.y(row + halfY)),
                       plot().toPixel(grid.x(end - halfX), grid.y(row - halfY)));
            box = box.adjusted(0, -kOverlap, kOverlap, 0).intersected(plot().area());
            if (box.isEmpty()) continue;
            painter.setBrush(QColor(colorOf(level.first, level.second)));
            painter.drawRect(box);
        }
}

} // namespace orrery::svmview
