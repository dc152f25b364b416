#include "app/labs/gpu/views/roofline_view.h"

#include "widgets/frame/paint.h"
#include "widgets/plot/number_format.h"
#include "widgets/plot/sketch.h"
#include "widgets/plot/strokes.h"
#include "widgets/theme/contrast.h"

#include <QKeyEvent>
#include <algorithm>
#include <cmath>
#include <numeric>

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
    new Sketch(this, [this](QPainter& p) { paintGhost(p); });
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
    QString whole = m_picture.title;
    if (m_picture.other)
        whole += tr(" · outlines: %1, batch %2")
                     .arg(m_picture.other->name)
                     .arg(m_picture.other->model ? m_picture.other->model->batch : 0);
    if (above == 0) return QStringList{whole, m_picture.title}.join(kShorter);
    const QString flag = above == 1 ? tr("one layer above its roof, ringed")
                                    : tr("%1 layers above their roof, ringed").arg(above);
    const QString few = above == 1 ? tr("1 above its roof") : tr("%1 above their roof").arg(above);
    return QStringList{whole + QStringLiteral(" · ") + flag, whole + QStringLiteral(" · ") + few,
                       m_picture.title + QStringLiteral(" · ") + few, few}
        .join(kShorter);
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
    const auto holdAll = [&](const RooflinePicture& picture) {
        for (const LayerPoint& layer : picture.layers)
            hold(layer.intensity(), layer.flopsPerS());
        for (const ModelPoint& point : picture.trail)
            hold(point.intensity, point.flopsPerS);
        hold(picture.ceilings.ridge(), picture.ceilings.matrixFlops);
    };
    holdAll(m_picture);
    if (m_picture.other) holdAll(*m_picture.other);
    setHome({left / 1.8, right * 2.2}, {inUnit(low) / 2.2, inUnit(high) * 1.9});
}

double RooflineView::radiusOf(const LayerPoint& layer) const {
    const double side = std::min(area().width(), area().height());
    return std::max(theme().px(kSmallestRadius) * 1.0, kLargest * side * std::sqrt(layer.share));
}

QPointF RooflineView::placeOf(const LayerPoint& layer) const {
    return toPixel(layer.intensity(), inUnit(layer.flopsPerS()));
}
QPointF RooflineView::placeOf(const ModelPoint& point) const {
    return toPixel(point.intensity, inUnit(point.flopsPerS));
}
QPointF RooflineView::markOf(int layer) const {
    return placeOf(m_picture.layers[static_cast<std::size_t>(layer)]);
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

void RooflineView::paintGhost(QPainter& painter) const {
    if (!m_picture.other) return;
    const RooflinePicture& other = *m_picture.other;
    const QPen outline = solidPen(theme().inkThird, theme().hairline()),
               line = solidPen(theme().ghost, theme().contextWidth());
    if (other.ceilings.matrixFlops > 0 && other.ceilings.copyBytes > 0)
        paintSlope(painter, other.ceilings.copyBytes, other.ceilings.matrixFlops, line);
    for (const LayerPoint& layer : other.layers)
        if (layer.hasMatrixFlops())
            drawOpenMark(painter, placeOf(layer), theme().category(layer.category).shape, radiusOf(layer),
                         outline);
    QPolygonF trail;
    for (const ModelPoint& point : other.trail)
        trail << placeOf(point);
    if (trail.size() > 1) strokeLines(painter, clippedLine(trail, area()), line);
    if (!other.model) return;
    painter.setBrush(theme().ghost);
    painter.setPen(QPen(theme().surface, theme().hairline() * 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(starPath(placeOf(*other.model), theme().markSize() * 2.6));
}

/// From where the layer was to where it is.
void RooflineView::paintTie(QPainter& painter, int at) const {
    const LayerPoint& layer = m_picture.layers[static_cast<std::size_t>(at)];
    if (layer.other < 0 || !m_picture.other) return;
    const LayerPoint& before = m_picture.other->layers[static_cast<std::size_t>(layer.other)];
    strokeLines(painter, clippedLine({placeOf(before), placeOf(layer)}, area()),
                solidPen(theme().brass, theme().contextWidth()));
    drawOpenMark(painter, placeOf(before), theme().category(before.category).shape, radiusOf(before),
                 solidPen(theme().brass, theme().contextWidth()));
}

void RooflineView::paintLayers(QPainter& painter) const {
    if (m_picture.layers.empty()) return;
    std::vector<std::size_t> order(m_picture.layers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater<>(),
                             [this](std::size_t i) { return m_picture.layers[i].share; });
    for (const std::size_t i : order)
        if (m_picture.layers[i].hasMatrixFlops()) paintLayer(painter, m_picture.layers[i], false);
    for (const int lit : {m_chosen, m_hovered})
        if (lit >= 0 && m_picture.layers[static_cast<std::size_t>(lit)].hasMatrixFlops()) {
            paintTie(painter, lit);
            paintLayer(painter, m_picture.layers[static_cast<std::size_t>(lit)], true);
        }
}

void RooflineView::paintLayer(QPainter& painter, const LayerPoint& layer, bool lit) const {
    const QPointF at = placeOf(layer);
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
        line << placeOf(point);
    if (line.size() > 1)
        strokeLines(painter, clippedLine(line, area()),
                    solidPen(theme().brass, theme().contextWidth() * 1.2));
    for (const QPointF& at : line)
        drawMark(painter, at, MarkShape::Disc, theme().markSize() * 0.8, theme().brass, theme().surface);
    if (!m_picture.model) return;
    const QPainterPath star = starPath(placeOf(*m_picture.model), theme().markSize() * 2.6);
    painter.setBrush(theme().brass);
    painter.setPen(QPen(theme().surface, theme().hairline() * 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(star);
}

std::optional<Readout> RooflineView::readoutAt(QPointF pixel) const {
    if (m_picture.model) {
        const QPointF star = placeOf(*m_picture.model);
        if (QLineF(pixel, star).length() < theme().px(10))
            return Readout{tr("whole model, batch %1\n%2 FLOP per byte\n%3%4")
                               .arg(m_picture.model->batch)
                               .arg(shortNumber(m_picture.model->intensity),
                                    flopsInWords(m_picture.model->flopsPerS),
                                    m_picture.model->devices > 1 ? tr(" a device") : QString()),
                           star};
    }
    const int at = layerAt(pixel);
    if (at < 0) return std::nullopt;
    const LayerPoint& layer = m_picture.layers[static_cast<std::size_t>(at)];
    QString words = tr("%1 · %2\n%3 FLOP per byte, %4\n%5, %6 % of the time\n%7 % of the roof, held by %8")
                        .arg(layer.name, layer.kind, shortNumber(layer.intensity()),
                             flopsInWords(layer.flopsPerS()), timeInWords(layer.timeUs),
                             shortNumber(100 * layer.share, 2), fixedNumber(100 * layer.ofRoof(), 0),
                             layer.byMemory ? tr("memory") : tr("the matrix units"));
    if (layer.other >= 0)
        words += tr("\n× %1 against %2").arg(shortNumber(layer.timesFaster), m_picture.other->name);
    return Readout{words, markOf(at)};
}

} // namespace orrery::panel
