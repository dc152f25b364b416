#include "widgets/plot/raster_scatter.h"

#include "widgets/plot/density_image.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace orrery {

namespace {

constexpr float kMarkAlpha = 0.45f;
constexpr int kPhases = 4;               ///< places of a mark within a device pixel, each way
constexpr double kSingleAlpha = 0.3;     ///< of a lone point in the raster
constexpr std::size_t kMostRings = 3000; ///< more brushed rows than this are thinned on screen

QColor faded(QColor color, float alpha) {
    color.setAlphaF(alpha);
    return color;
}

} // namespace

RasterScatter::RasterScatter(Plot* plot)
    : PlotPiece(plot), m_ringColor([](const Theme& t) { return t.category(1).color; }) {}

void RasterScatter::setData(std::vector<double> x, std::vector<double> y,
                            std::vector<std::uint8_t> category) {
    m_x = std::move(x);
    m_y = std::move(y);
    m_category = std::move(category);
    m_image = {};
    std::erase_if(m_highlighted, [&](int row) { return row >= static_cast<int>(m_x.size()); });
    changed();
}

void RasterScatter::setHighlighted(std::vector<int> rows) {
    std::erase_if(rows, [&](int row) { return row < 0 || row >= static_cast<int>(m_x.size()); });
    if (rows == m_highlighted) return;
    m_highlighted = std::move(rows);
    changed();
}

void RasterScatter::setRingColor(ColorOf color) {
    m_ringColor = std::move(color);
    changed();
}

double RasterScatter::radius() const {
    const double size = theme().markSize() * 0.66;
    if (m_x.size() <= 1000) return size;
    return m_x.size() <= kExactPoints ? size * 0.8 : std::max(1.1, size * 0.42);
}

void RasterScatter::paint(QPainter& painter) {
    if (m_x.size() <= kExactPoints)
        paintExact(painter);
    else
        paintDense(painter);
    paintRings(painter);
}

// On screen a mark is a stamp, drawn once for each place that its centre can have within a device pixel; on
// paper it is an ellipse.
void RasterScatter::paintExact(QPainter& painter) {
    const double r = radius(), ratio = plot().ratio();
    const QRectF box = plot().area().adjusted(-r, -r, r, r);
    if (std::exchange(m_stampSize, {r, ratio}) != std::pair(r, ratio)) m_stamps.clear();
    painter.setPen(Qt::NoPen);
    for (std::size_t i = 0; i < m_x.size(); ++i) {
        const QPointF at = plot().toPixel(m_x[i], m_y[i]);
        if (!box.contains(at)) continue;
        const QColor color =
            faded(theme().category(m_category.empty() ? 0 : m_category[i]).color, kMarkAlpha);
        if (plot().paintsVectors()) {
            painter.setBrush(color);
            painter.drawEllipse(at, r, r);
            continue;
        }
        const auto fine = [&](double pixel) {
            return static_cast<int>(std::floor(pixel * ratio * kPhases + 0.5));
        };
        const int x = fine(at.x()), y = fine(at.y()), reach = static_cast<int>(std::ceil(r * ratio)) + 1;
        const auto whole = [](int place) {
            return (place - (place % kPhases + kPhases) % kPhases) / kPhases;
        };
        const QPointF corner((whole(x) - reach) / ratio, (whole(y) - reach) / ratio);
        painter.drawImage(corner, stamp(color.rgba(), x - whole(x) * kPhases, y - whole(y) * kPhases));
    }
}

const QImage& RasterScatter::stamp(QRgb color, int phaseX, int phaseY) {
    QImage& image = m_stamps[{color, phaseY * kPhases + phaseX}];
    if (!image.isNull()) return image;
    const double r = radius() * plot().ratio();
    const int reach = static_cast<int>(std::ceil(r)) + 1;
    image = QImage(2 * reach + 1, 2 * reach + 1, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor::fromRgba(color));
    painter.drawEllipse(QPointF(reach + double(phaseX) / kPhases, reach + double(phaseY) / kPhases), r, r);
    painter.end();
    image.setDevicePixelRatio(plot().ratio());
    return image;
}

void RasterScatter::paintDense(QPainter& painter) {
    const double ratio = plot().paintsVectors() ? 2.0 : plot().ratio();
    const QRectF area = plot().area();
    const Key key{plot().mapX(), plot().mapY(), area, ratio, radius(), theme().category(0).color.rgb()};
    if (m_image.isNull() || !(key == m_key)) {
        m_key = key;
        DensityImage density((area.size() * ratio).toSize(), radius() * ratio);
        for (std::size_t i = 0; i < m_x.size(); ++i)
            density.add((plot().toX(m_x[i]) - area.left()) * ratio, (plot().toY(m_y[i]) - area.top()) * ratio,
                        m_category.empty() ? 0 : m_category[i]);
        std::array<QColor, 6> colors;
        for (int c = 0; c < 6; ++c)
            colors[static_cast<std::size_t>(c)] = theme().category(c).color;
        m_image = density.image(colors, kSingleAlpha);
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(area, m_image);
}

void RasterScatter::paintRings(QPainter& painter) const {
    const double r = std::max(radius(), theme().markSize() * 0.66) * 1.25;
    const QPen pen(m_ringColor(theme()), 1.8 * theme().lineScale);
    painter.setBrush(theme().surface);
    painter.setPen(pen);
    const std::size_t stride = std::max<std::size_t>(1, m_highlighted.size() / kMostRings);
    for (std::size_t k = 0; k < m_highlighted.size(); k += stride) {
        const auto row = static_cast<std::size_t>(m_highlighted[k]);
        const QPointF at = plot().toPixel(m_x[row], m_y[row]);
        if (plot().area().adjusted(-r, -r, r, r).contains(at)) painter.drawEllipse(at, r, r);
    }
}

int RasterScatter::nearest(QPointF pixel, double reach) const {
    int best = -1;
    double closest = reach * reach;
    for (std::size_t i = 0; i < m_x.size(); ++i) {
        const double dx = plot().toX(m_x[i]) - pixel.x(), dy = plot().toY(m_y[i]) - pixel.y();
        if (dx * dx + dy * dy > closest) continue;
        closest = dx * dx + dy * dy;
        best = static_cast<int>(i);
    }
    return best;
}

std::vector<int> RasterScatter::inside(const QPolygonF& pixels) const {
    const QRectF bounds = pixels.boundingRect();
    const bool isBox = pixels.size() == 5 && QPolygonF(bounds) == pixels;
    std::vector<int> rows;
    for (std::size_t i = 0; i < m_x.size(); ++i) {
        const QPointF at = plot().toPixel(m_x[i], m_y[i]);
        if (bounds.contains(at) && (isBox || pixels.containsPoint(at, Qt::OddEvenFill)))
            rows.push_back(static_cast<int>(i));
    }
    return rows;
}

} // namespace orrery
