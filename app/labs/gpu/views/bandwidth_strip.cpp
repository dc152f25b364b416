#include "app/labs/gpu/views/bandwidth_strip.h"

#include "widgets/plot/number_format.h"
#include "widgets/plot/sketch.h"
#include "widgets/plot/strokes.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace orrery::panel {

BandwidthStrip::BandwidthStrip(QWidget* parent) : Plot(parent) {
    new Sketch(
        this, [this](QPainter& p) { paintRoof(p); }, false);
    new Sketch(this, [this](QPainter& p) { paintLayers(p); });
    new Sketch(
        this, [this](QPainter& p) { paintKinds(p); }, false);
    setVertical({.labels = false});
    setGrid(false);
    setAccessibleName(tr("Layers without matrix flops"));
    setReadout([this](QPointF pixel) -> std::optional<Readout> {
        const int at = layerAt(pixel);
        for (std::size_t i = 0; i < m_layers.size(); ++i)
            if (m_layers[i].index == at)
                return Readout{tr("%1 · %2\n%3, %4")
                                   .arg(m_layers[i].layer.name, m_layers[i].layer.kind,
                                        bytesInWords(m_layers[i].layer.bytesPerS()),
                                        timeInWords(m_layers[i].layer.timeUs)),
                               markOf(i)};
        return std::nullopt;
    });
    connect(this, &Plot::hovered, this, [this](QPointF pixel) { Q_EMIT layerHovered(layerAt(pixel)); });
    connect(this, &Plot::pointerLeft, this, [this] { Q_EMIT layerHovered(-1); });
    connect(this, &Plot::clicked, this, [this](QPointF pixel, Qt::KeyboardModifiers) {
        if (const int layer = layerAt(pixel); layer >= 0) Q_EMIT layerChosen(layer);
    });
}

QSize BandwidthStrip::minimumSizeHint() const {
    return {theme().px(240), heightOf(m_brief)};
}

void BandwidthStrip::setBrief(bool brief) {
    if (std::exchange(m_brief, brief) == brief) return;
    nameAxis();
    updateGeometry();
    schedule();
}

QString BandwidthStrip::title() const {
    if (m_brief) return tr("no matrix flops");
    return m_unit > 1e10 ? tr("no matrix flops: bytes moved, TB/s")
                         : tr("no matrix flops: bytes moved, GB/s");
}

QString BandwidthStrip::roofName() const {
    return tr("memory %1").arg(bytesInWords(m_copy));
}

void BandwidthStrip::nameAxis() {
    setHorizontal({.title = m_brief ? QString() : title(), .labels = !m_brief});
}

// Beyond the roof and every mark there is room for the words.
void BandwidthStrip::arrange() {
    const double words = nameBox().width() + titleBox().width() + theme().px(m_brief ? 34 : 16);
    const double most = std::max(m_copy, m_most * 1.08),
                 room = std::max(0.4 * area().width(), area().width() - words);
    setHome({0, std::max(1.0, most * area().width() / std::max(1.0, room)) / m_unit}, {0, 1});
}

void BandwidthStrip::setPicture(const RooflinePicture& picture) {
    m_layers.clear();
    for (int i = 0; i < static_cast<int>(picture.layers.size()); ++i)
        if (const LayerPoint& layer = picture.layers[static_cast<std::size_t>(i)]; !layer.hasMatrixFlops())
            m_layers.push_back({i, layer});
    m_copy = picture.ceilings.copyBytes;
    m_unit = m_copy >= 1e12 ? 1e12 : 1e9;
    m_most = 0;
    for (const Placed& placed : m_layers)
        m_most = std::max(m_most, placed.layer.bytesPerS());
    nameAxis();
    schedule();
}

void BandwidthStrip::setHoveredLayer(int layer) {
    if (std::exchange(m_hovered, layer) != layer) schedule();
}
void BandwidthStrip::setChosenLayer(int layer) {
    if (std::exchange(m_chosen, layer) != layer) schedule();
}

QPointF BandwidthStrip::markOf(std::size_t i) const {
    return toPixel(m_layers[i].layer.bytesPerS() / m_unit, 0.5);
}

double BandwidthStrip::radiusOf(const LayerPoint& layer) const {
    return std::clamp(area().height() * 1.4 * std::sqrt(layer.share), theme().px(4) * 1.0,
                      area().height() * 0.46);
}

int BandwidthStrip::layerAt(QPointF pixel) const {
    int best = -1;
    double nearest = 1e300;
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const double away = QLineF(pixel, markOf(i)).length();
        if (away <= radiusOf(m_layers[i].layer) + 2 && away < nearest)
            nearest = away, best = m_layers[i].index;
    }
    return best;
}

QRectF BandwidthStrip::nameBox() const {
    const QFontMetricsF metrics(theme().words(12, QFont::DemiBold));
    const double top = m_brief ? area().center().y() - metrics.height() / 2 : area().top();
    return {toX(m_copy / m_unit) + theme().px(8), top, metrics.horizontalAdvance(roofName()),
            metrics.height()};
}

QRectF BandwidthStrip::titleBox() const {
    if (!m_brief) return {};
    const QFontMetricsF metrics(theme().words(12));
    const double width = metrics.horizontalAdvance(title());
    return {area().right() - theme().px(6) - width, area().center().y() - metrics.height() / 2, width,
            metrics.height()};
}

void BandwidthStrip::paintRoof(QPainter& painter) const {
    const auto write = [&](const QString& words, const QRectF& box, const QColor& color) {
        painter.setPen(color);
        const double ascent = QFontMetricsF(painter.font()).ascent();
        painter.drawText(snappedText(box.topLeft() + QPointF(0, ascent), ratio()), words);
    };
    painter.setFont(theme().words(12));
    if (m_brief) write(title(), titleBox(), theme().inkSecond);
    if (!(m_copy > 0)) return;
    const double x = toX(m_copy / m_unit);
    strokeLines(painter, {QPolygonF{{x, area().top()}, {x, area().bottom()}}},
                solidPen(theme().ink, theme().focusWidth() * 0.85));
    painter.setFont(theme().words(12, QFont::DemiBold));
    write(roofName(), nameBox(), theme().ink);
}

void BandwidthStrip::paintLayers(QPainter& painter) const {
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const LayerPoint& layer = m_layers[i].layer;
        const CategoryStyle& style = theme().category(layer.category);
        const bool lit = m_layers[i].index == m_hovered || m_layers[i].index == m_chosen;
        painter.save();
        painter.setOpacity(lit ? 1.0 : 0.6);
        drawMark(painter, markOf(i), style.shape, radiusOf(layer), style.color, QColor(Qt::transparent));
        painter.setOpacity(1.0);
        if (lit)
            drawOpenMark(painter, markOf(i), style.shape, radiusOf(layer) + theme().px(2),
                         solidPen(theme().brass, theme().focusWidth() * 0.8));
        painter.restore();
    }
}

// Each kind once, the one that takes most time first, beside one of its marks where nothing else stands.
void BandwidthStrip::paintKinds(QPainter& painter) const {
    const QFontMetricsF metrics(theme().words(12));
    std::vector<QRectF> taken{nameBox(), titleBox()};
    if (m_copy > 0) taken.emplace_back(toX(m_copy / m_unit) - 2, area().top(), 4, area().height());
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const double r = radiusOf(m_layers[i].layer) + theme().px(4);
        taken.emplace_back(markOf(i) - QPointF(r, r), QSizeF(2 * r, 2 * r));
    }
    painter.setFont(theme().words(12));
    painter.setPen(theme().inkSecond);
    QStringList named;
    std::vector<std::size_t> order(m_layers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater<>(),
                             [this](std::size_t i) { return m_layers[i].layer.share; });
    for (const std::size_t i : order) {
        const QString& kind = m_layers[i].layer.kind;
        const double width = metrics.horizontalAdvance(kind),
                     away = radiusOf(m_layers[i].layer) + theme().px(5);
        const QPointF middle = markOf(i) - QPointF(0, metrics.height() / 2);
        for (const double left : {middle.x() + away, middle.x() - away - width}) {
            const QRectF box(left, middle.y(), width, metrics.height());
            const auto covers = [&](const QRectF& other) { return other.intersects(box); };
            if (named.contains(kind) || !area().contains(box.center()) || box.left() < area().left() ||
                std::ranges::any_of(taken, covers))
                continue;
            painter.drawText(snappedText(box.topLeft() + QPointF(0, metrics.ascent()), ratio()), kind);
            taken.push_back(box);
            named << kind;
        }
    }
}

} // namespace orrery::panel
