#include "app/labs/gpu/views/bandwidth_strip.h"

#include "widgets/plot/number_format.h"
#include "widgets/plot/sketch.h"
#include "widgets/plot/strokes.h"

#include <algorithm>
#include <cmath>

namespace orrery::panel {

BandwidthStrip::BandwidthStrip(QWidget* parent) : Plot(parent) {
    new Sketch(
        this, [this](QPainter& p) { paintRoof(p); }, false);
    new Sketch(this, [this](QPainter& p) { paintLayers(p); });
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
    return {theme().px(240), theme().px(92)};
}

void BandwidthStrip::setPicture(const RooflinePicture& picture) {
    m_layers.clear();
    for (int i = 0; i < static_cast<int>(picture.layers.size()); ++i)
        if (const LayerPoint& layer = picture.layers[static_cast<std::size_t>(i)]; !layer.hasMatrixFlops())
            m_layers.push_back({i, layer});
    m_copy = picture.ceilings.copyBytes;
    m_unit = m_copy >= 1e12 ? 1e12 : 1e9;
    setHorizontal({.title = m_unit > 1e10 ? tr("no matrix flops: bytes moved, TB/s")
                                          : tr("no matrix flops: bytes moved, GB/s")});
    double most = m_copy;
    for (const Placed& placed : m_layers)
        most = std::max(most, placed.layer.bytesPerS());
    setHome({0, std::max({most * 1.08, m_copy * 1.35, 1.0}) / m_unit}, {0, 1});
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

void BandwidthStrip::paintRoof(QPainter& painter) const {
    if (!(m_copy > 0)) return;
    const double x = toX(m_copy / m_unit);
    strokeLines(painter, {QPolygonF{{x, area().top()}, {x, area().bottom()}}},
                solidPen(theme().ink, theme().focusWidth() * 0.85));
    painter.setFont(theme().words(12, QFont::DemiBold));
    painter.setPen(theme().ink);
    const QString words = tr("memory %1").arg(bytesInWords(m_copy));
    const QFontMetricsF metrics(painter.font());
    painter.drawText(snappedText({x + theme().px(8), area().top() + metrics.ascent()}, ratio()), words);
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

} // namespace orrery::panel
