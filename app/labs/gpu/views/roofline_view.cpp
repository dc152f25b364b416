#include "app/labs/gpu/views/roofline_view.h"

#include "widgets/plot/number_format.h"
#include "widgets/plot/place_label.h"
#include "widgets/plot/sketch.h"
#include "widgets/plot/strokes.h"
#include "widgets/theme/contrast.h"

#include <QKeyEvent>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace orrery::panel {

namespace {

constexpr double kLargest = 0.30; ///< radius of a layer that takes all the time, of the plot's shorter side
constexpr double kSmallestRadius = 3.5;

QPainterPath starPath(QPointF centre, double radius) {
    QPainterPath path;
    for (int i = 0; i < 10; ++i) {
        const double angle = M_PI * (i / 5.0 - 0.5), r = i % 2 == 0 ? radius : radius * 0.42;
        const QPointF point = centre + r * QPointF(std::cos(angle), std::sin(angle));
        i == 0 ? path.moveTo(point) : path.lineTo(point);
    }
    path.closeSubpath();
    return path;
}

} // namespace

RooflineView::RooflineView(QWidget* parent) : Plot(parent) {
    setPlaceholder(tr("No ceiling has been measured yet"));
    new Sketch(this, [this](QPainter& p) { paintGround(p); });
    new Sketch(this, [this](QPainter& p) { paintRoofs(p); });
    new Sketch(this, [this](QPainter& p) { paintLayers(p); });
    new Sketch(this, [this](QPainter& p) { paintTrail(p); });
    new Sketch(
        this, [this](QPainter& p) { paintNames(p); }, false);
    setReadout([this](QPointF pixel) { return readoutAt(pixel); });
    connect(this, &Plot::hovered, this, [this](QPointF pixel) { Q_EMIT layerHovered(layerAt(pixel)); });
    connect(this, &Plot::pointerLeft, this, [this] { Q_EMIT layerHovered(-1); });
    connect(this, &Plot::clicked, this, [this](QPointF pixel, Qt::KeyboardModifiers) {
        if (const int layer = layerAt(pixel); layer >= 0) Q_EMIT layerChosen(layer);
    });
    rescale();
}

void RooflineView::setPicture(RooflinePicture picture) {
    m_picture = std::move(picture);
    const int last = static_cast<int>(m_picture.layers.size()) - 1;
    m_hovered = std::min(m_hovered, last), m_chosen = std::min(m_chosen, last);
    rescale();
    schedule();
}

void RooflineView::setHoveredLayer(int layer) {
    if (std::exchange(m_hovered, layer) != layer) schedule();
}
void RooflineView::setChosenLayer(int layer) {
    if (std::exchange(m_chosen, layer) != layer) schedule();
}

QString RooflineView::summary() const {
    if (!(m_picture.ceilings.matrixFlops > 0)) return {};
    if (m_picture.layers.empty()) return tr("ceilings measured");
    const int above = m_picture.aboveRoof();
    if (above > 0) return tr("%1 · %n layer(s) above the roof, ringed", nullptr, above).arg(m_picture.title);
    return m_picture.title;
}

// The axes hold the ridge and every mark; what is measured never leaves the picture.
void RooflineView::rescale() {
    const gpu::Ceilings& c = m_picture.ceilings;
    const bool empty = !(c.matrixFlops > 0 && c.copyBytes > 0);
    m_unit = c.matrixFlops >= 5e12 ? 1e12 : 1e9;
    setHorizontal({.title = tr("arithmetic intensity, FLOP per byte"), .logarithmic = true});
    setVertical({.title = m_unit > 1e10 ? tr("TFLOP/s") : tr("GFLOP/s"), .logarithmic = true});
    setPlaceholder(empty ? tr("No ceiling has been measured yet") : QString());
    if (empty) return setHome({1, 1e4}, {1, 1e3});
    double left = c.ridge() / 4, right = c.ridge() * 16, low = c.matrixFlops / 6,
           high = std::max(c.matrixFlops, m_picture.sheet ? m_picture.sheet->matrixFlops : 0.0);
    const auto hold = [&](double intensity, double rate) {
        if (!(intensity > 0 && rate > 0)) return;
        left = std::min(left, intensity), right = std::max(right, intensity);
        low = std::min(low, rate), high = std::max(high, rate);
    };
    for (const LayerPoint& layer : m_picture.layers)
        hold(layer.intensity(), layer.flopsPerS());
    for (const ModelPoint& point : m_picture.trail)
        hold(point.intensity, point.flopsPerS);
    setHome({left / 1.8, right * 2.2}, {inUnit(low) / 2.2, inUnit(high) * 1.9});
}

double RooflineView::radiusOf(const LayerPoint& layer) const {
    const double side = std::min(area().width(), area().height());
    return std::max(theme().px(kSmallestRadius) * 1.0, kLargest * side * std::sqrt(layer.share));
}

QPointF RooflineView::markOf(int layer) const {
    const LayerPoint& point = m_picture.layers[static_cast<std::size_t>(layer)];
    return toPixel(point.intensity(), inUnit(point.flopsPerS()));
}

int RooflineView::layerAt(QPointF pixel) const {
    int best = -1;
    double smallest = 1e300;
    for (int i = 0; i < static_cast<int>(m_picture.layers.size()); ++i) {
        const LayerPoint& layer = m_picture.layers[static_cast<std::size_t>(i)];
        if (!layer.hasMatrixFlops()) continue;
        const double away = QLineF(pixel, markOf(i)).length(), radius = radiusOf(layer);
        // Of marks that lie over each other the one whose middle is nearest, measured in its own size.
        if (away <= radius + 2 && away < smallest) smallest = away, best = i;
    }
    return best;
}

void RooflineView::keyPressEvent(QKeyEvent* event) {
    const int last = static_cast<int>(m_picture.layers.size()) - 1;
    const int by = event->key() == Qt::Key_Period ? 1 : event->key() == Qt::Key_Comma ? -1 : 0;
    if (by == 0 || last < 0) return Plot::keyPressEvent(event);
    Q_EMIT layerChosen(std::clamp(m_chosen + by, 0, last));
}

// --- roofs ---

void RooflineView::paintGround(QPainter& painter) const {
    const gpu::Ceilings& c = m_picture.ceilings;
    if (!(c.matrixFlops > 0 && c.copyBytes > 0)) return;
    const double left = fromX(area().left()), ridgeX = toX(c.ridge()), top = toY(inUnit(c.matrixFlops));
    QPolygonF under{{area().left(), toY(inUnit(left * c.copyBytes))},
                    {ridgeX, top},
                    {std::max(area().right(), ridgeX), top},
                    {std::max(area().right(), ridgeX), area().bottom()},
                    {area().left(), area().bottom()}};
    painter.setPen(Qt::NoPen);
    painter.setBrush(
        mixed(theme().surface, theme().accentSoft, theme().kind == ThemeKind::Dark ? 0.55 : 0.5));
    painter.drawPolygon(under);
}

void RooflineView::paintSlope(QPainter& painter, double bytesPerS, double peak, const QPen& pen) const {
    const double left = fromX(area().left()), ridge = peak / bytesPerS, right = fromX(area().right());
    const QPolygonF roof{toPixel(left, inUnit(left * bytesPerS)), toPixel(ridge, inUnit(peak)),
                         toPixel(std::max(right, ridge), inUnit(peak))};
    strokeLines(painter, clippedLine(roof, area()), pen);
}

void RooflineView::paintRoofs(QPainter& painter) const {
    const gpu::Ceilings& c = m_picture.ceilings;
    if (!(c.matrixFlops > 0 && c.copyBytes > 0)) return;
    QPen thin = solidPen(theme().inkThird, theme().contextWidth());
    if (c.cacheBytes > c.copyBytes * 1.05) {
        const double left = fromX(area().left()), end = c.matrixFlops / c.cacheBytes;
        strokeLines(
            painter,
            clippedLine({toPixel(left, inUnit(left * c.cacheBytes)), toPixel(end, inUnit(c.matrixFlops))},
                        area()),
            thin);
    }
    if (c.vectorFlops > 0 && c.vectorFlops < c.matrixFlops * 0.95) {
        const double start = c.vectorFlops / c.copyBytes;
        strokeLines(
            painter,
            clippedLine({toPixel(start, inUnit(c.vectorFlops)), {area().right(), toY(inUnit(c.vectorFlops))}},
                        area()),
            thin);
    }
    if (m_picture.sheet) {
        QPen dashed(theme().inkThird, theme().contextWidth(), Qt::CustomDashLine, Qt::FlatCap);
        dashed.setDashPattern({4, 3});
        paintSlope(painter, m_picture.sheet->memoryBytes, m_picture.sheet->matrixFlops, dashed);
    }
    paintSlope(painter, c.copyBytes, c.matrixFlops, solidPen(theme().ink, theme().focusWidth() * 0.85));
    paintRidge(painter);
}

void RooflineView::paintRidge(QPainter& painter) const {
    const gpu::Ceilings& c = m_picture.ceilings;
    const QPointF ridge = toPixel(c.ridge(), inUnit(c.matrixFlops));
    strokeLines(painter, clippedLine({ridge, {ridge.x(), area().bottom()}}, area()),
                dottedPen(theme().inkThird, theme().contextWidth()));
    drawMark(painter, ridge, MarkShape::Disc, theme().markSize() * 0.85, theme().ink, theme().surface);
}

// --- marks ---

void RooflineView::paintLayers(QPainter& painter) const {
    if (m_picture.layers.empty()) return;
    std::vector<std::size_t> order(m_picture.layers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater<>(),
                             [this](std::size_t i) { return m_picture.layers[i].share; });
    for (const std::size_t i : order)
        if (m_picture.layers[i].hasMatrixFlops()) paintLayer(painter, m_picture.layers[i], false);
    for (const int lit : {m_chosen, m_hovered})
        if (lit >= 0 && m_picture.layers[static_cast<std::size_t>(lit)].hasMatrixFlops())
            paintLayer(painter, m_picture.layers[static_cast<std::size_t>(lit)], true);
}

void RooflineView::paintLayer(QPainter& painter, const LayerPoint& layer, bool lit) const {
    const QPointF at = toPixel(layer.intensity(), inUnit(layer.flopsPerS()));
    const CategoryStyle& style = theme().category(layer.category);
    const double radius = radiusOf(layer);
    painter.save();
    painter.setOpacity(lit ? 1.0 : 0.5);
    drawMark(painter, at, style.shape, radius, style.color, QColor(Qt::transparent));
    painter.setOpacity(1.0);
    drawOpenMark(painter, at, style.shape, radius, solidPen(style.color, theme().hairline()));
    if (layer.isAboveRoof())
        drawOpenMark(painter, at, MarkShape::Disc, radius + theme().px(3.5),
                     solidPen(theme().failure, theme().contextWidth()));
    if (lit)
        drawOpenMark(painter, at, style.shape, radius + theme().px(2),
                     solidPen(theme().brass, theme().focusWidth() * 0.8));
    painter.restore();
}

void RooflineView::paintTrail(QPainter& painter) const {
    QPolygonF line;
    for (const ModelPoint& point : m_picture.trail)
        line << toPixel(point.intensity, inUnit(point.flopsPerS));
    if (line.size() > 1)
        strokeLines(painter, clippedLine(line, area()),
                    solidPen(theme().brass, theme().contextWidth() * 1.2));
    for (const QPointF& at : line)
        drawMark(painter, at, MarkShape::Disc, theme().markSize() * 0.8, theme().brass, theme().surface);
    if (!m_picture.model) return;
    const QPainterPath star = starPath(
        toPixel(m_picture.model->intensity, inUnit(m_picture.model->flopsPerS)), theme().markSize() * 2.6);
    painter.setBrush(theme().brass);
    painter.setPen(QPen(theme().surface, theme().hairline() * 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(star);
}

// --- words ---

void RooflineView::paintNames(QPainter& painter) const {
    const gpu::Ceilings& c = m_picture.ceilings;
    if (!(c.matrixFlops > 0 && c.copyBytes > 0)) return;
    painter.setFont(theme().words(12, QFont::DemiBold));
    painter.setPen(theme().ink);
    const QFontMetricsF metrics(painter.font());
    const QString matrix = matrixName();
    painter.drawText(
        snappedText(matrixNameBox(metrics, matrix).topLeft() + QPointF(0, metrics.ascent()), ratio()),
        matrix);
    if (m_picture.sheet) {
        painter.setFont(theme().words(12));
        painter.setPen(theme().inkSecond);
        const QString sheet = tr("data sheet %1").arg(flopsInWords(m_picture.sheet->matrixFlops));
        const QFontMetricsF plain(painter.font());
        painter.drawText(snappedText({area().right() - theme().px(6) - plain.horizontalAdvance(sheet),
                                      toY(inUnit(m_picture.sheet->matrixFlops)) - theme().px(5)},
                                     ratio()),
                         sheet);
    }
    paintAlong(painter, c.copyBytes, 0.06, false, tr("memory %1").arg(bytesInWords(c.copyBytes)),
               theme().ink);
    if (c.cacheBytes > c.copyBytes * 1.3)
        paintAlong(painter, c.cacheBytes, 0.02, false, tr("cache %1").arg(bytesInWords(c.cacheBytes)),
                   theme().inkSecond);
    paintModelName(painter);
    paintLegend(painter);
}

QString RooflineView::matrixName() const {
    return tr("%1 matrix %2, measured")
        .arg(QString::fromStdString(m_picture.ceilings.precision),
             flopsInWords(m_picture.ceilings.matrixFlops));
}

// Over its line, where no mark should be; below it where the data sheet's line is too near.
QRectF RooflineView::matrixNameBox(const QFontMetricsF& metrics, const QString& words) const {
    const double roof = toY(inUnit(m_picture.ceilings.matrixFlops)), gap = theme().px(5);
    const double ceiling =
        m_picture.sheet ? toY(inUnit(m_picture.sheet->matrixFlops)) : area().top() - metrics.height();
    const bool fitsAbove = roof - ceiling > metrics.height() + 2 * gap;
    const double width = metrics.horizontalAdvance(words);
    return {area().right() - theme().px(6) - width, fitsAbove ? roof - gap - metrics.height() : roof + gap,
            width, metrics.height()};
}

/// On the upper side of a slope, turned with it.
void RooflineView::paintAlong(QPainter& painter, double bytesPerS, double fromLeft, bool below,
                              const QString& words, const QColor& color) const {
    const double left = fromX(area().left());
    const QPointF a = toPixel(left, inUnit(left * bytesPerS)),
                  b = toPixel(left * 10, inUnit(left * 10 * bytesPerS));
    QLineF slope(a, b);
    // Where the roof enters the picture.
    double start = area().left() + fromLeft * area().width();
    if (a.y() > area().bottom())
        start = std::max(start, a.x() + (a.y() - area().bottom()) * slope.dx() / -slope.dy());
    start = std::max(start, a.x() + theme().px(14));
    painter.save();
    painter.setFont(theme().words(12, color == theme().ink ? QFont::DemiBold : QFont::Normal));
    painter.setPen(color);
    painter.translate(start, a.y() + (start - a.x()) * slope.dy() / slope.dx());
    painter.rotate(std::atan2(slope.dy(), slope.dx()) * 180 / M_PI);
    const QFontMetricsF metrics(painter.font());
    painter.drawText(QPointF(theme().px(4), below ? metrics.ascent() + theme().px(5) : -theme().px(6)),
                     words);
    painter.restore();
}

void RooflineView::paintModelName(QPainter& painter) const {
    if (!m_picture.model) return;
    const QPointF star = toPixel(m_picture.model->intensity, inUnit(m_picture.model->flopsPerS));
    const QString words = tr("whole model %1").arg(flopsInWords(m_picture.model->flopsPerS));
    const QFont font = theme().words(12, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    std::vector<QRectF> boxes{matrixNameBox(metrics, matrixName())};
    for (int i = 0; i < static_cast<int>(m_picture.layers.size()); ++i)
        if (const LayerPoint& layer = m_picture.layers[static_cast<std::size_t>(i)]; layer.hasMatrixFlops()) {
            const double r = radiusOf(layer) * 0.9;
            boxes.push_back(QRectF(markOf(i) - QPointF(r, r), QSizeF(2 * r, 2 * r)));
        }
    QPolygonF trail;
    for (const ModelPoint& point : m_picture.trail)
        trail << toPixel(point.intensity, inUnit(point.flopsPerS));
    const double roof = toY(inUnit(m_picture.ceilings.matrixFlops));
    const std::vector<QPolygonF> lines{trail, {{area().left(), roof}, {area().right(), roof}}};
    const QRectF box = placeLabel({metrics.horizontalAdvance(words) + 4, metrics.height()}, star, area(),
                                  theme().px(16), lines, boxes, true);
    if (box.isNull()) return;
    drawLeader(painter, star, box, theme().markSize() * 3, theme().px(30),
               QPen(theme().brass, theme().hairline()));
    painter.setFont(font);
    painter.setPen(readable(theme().brass, theme().surface));
    painter.drawText(snappedText({box.left() + 2, box.top() + metrics.ascent()}, ratio()), words);
}

void RooflineView::paintLegend(QPainter& painter) const {
    std::vector<std::pair<int, QString>> kinds;
    std::set<QString> seen;
    for (const LayerPoint& layer : m_picture.layers)
        if (layer.hasMatrixFlops() && seen.insert(layer.kind).second)
            kinds.emplace_back(layer.category, layer.kind);
    if (m_picture.trail.size() > 1) kinds.emplace_back(-1, tr("whole model over batch"));
    const QFont font = theme().words(12);
    const QFontMetricsF metrics(font);
    double widest = 0;
    for (const auto& kind : kinds)
        widest = std::max(widest, metrics.horizontalAdvance(kind.second));
    const double row = metrics.height() + theme().px(5);
    const double left = area().right() - widest - theme().px(30);
    double y = area().bottom() - theme().px(10) - row * static_cast<double>(kinds.size()) + row / 2;
    painter.setFont(font);
    for (const auto& [category, name] : kinds) {
        const CategoryStyle& style = theme().category(std::max(category, 0));
        drawMark(painter, {left, y}, category < 0 ? MarkShape::Disc : style.shape, theme().markSize(),
                 category < 0 ? theme().brass : style.color, theme().surface);
        painter.setPen(theme().inkSecond);
        painter.drawText(
            snappedText({left + theme().px(14), y + metrics.ascent() / 2 - theme().px(1)}, ratio()), name);
        y += row;
    }
}

std::optional<Readout> RooflineView::readoutAt(QPointF pixel) const {
    if (m_picture.model) {
        const QPointF star = toPixel(m_picture.model->intensity, inUnit(m_picture.model->flopsPerS));
        if (QLineF(pixel, star).length() < theme().px(10))
            return Readout{
                tr("whole model, batch %1\n%2 FLOP per byte\n%3")
                    .arg(m_picture.model->batch)
                    .arg(shortNumber(m_picture.model->intensity), flopsInWords(m_picture.model->flopsPerS)),
                star};
    }
    const int at = layerAt(pixel);
    if (at < 0) return std::nullopt;
    const LayerPoint& layer = m_picture.layers[static_cast<std::size_t>(at)];
    return Readout{tr("%1 · %2\n%3 FLOP per byte, %4\n%5, %6 % of the time\n%7 % of the roof, held by %8")
                       .arg(layer.name, layer.kind, shortNumber(layer.intensity()),
                            flopsInWords(layer.flopsPerS()), timeInWords(layer.timeUs),
                            shortNumber(100 * layer.share, 2), fixedNumber(100 * layer.ofRoof(), 0),
                            layer.byMemory ? tr("memory") : tr("the matrix units")),
                   markOf(at)};
}

} // namespace orrery::panel
