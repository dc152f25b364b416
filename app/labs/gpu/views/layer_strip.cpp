#include "app/labs/gpu/views/layer_strip.h"

#include "widgets/frame/paint.h"
#include "widgets/plot/number_format.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace orrery::panel {

LayerStrip::LayerStrip(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void LayerStrip::setLayers(std::vector<LayerPoint> layers) {
    m_layers = std::move(layers);
    m_ends.clear();
    double sum = 0;
    for (const LayerPoint& layer : m_layers)
        m_ends.push_back(sum += layer.share);
    const int last = static_cast<int>(m_layers.size()) - 1;
    m_hovered = std::min(m_hovered, last), m_chosen = std::min(m_chosen, last);
    setAccessibleDescription(summary());
    update();
}

void LayerStrip::setHoveredLayer(int layer) {
    if (std::exchange(m_hovered, layer) != layer) update();
}
void LayerStrip::setChosenLayer(int layer) {
    if (std::exchange(m_chosen, layer) != layer) update();
}

QString LayerStrip::summary() const {
    if (m_layers.empty()) return {};
    double sum = 0;
    for (const LayerPoint& layer : m_layers)
        sum += layer.timeUs;
    return tr("%1 layers, each timed alone: %2 together").arg(m_layers.size()).arg(timeInWords(sum));
}

void LayerStrip::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    update();
}

QSize LayerStrip::minimumSizeHint() const {
    return {m_theme.px(240), m_theme.px(56)};
}

QRectF LayerStrip::blocks() const {
    return QRectF(rect()).adjusted(m_theme.px(12), m_theme.px(2), -m_theme.px(12), -m_theme.px(22));
}

QRectF LayerStrip::blockOf(int layer) const {
    const auto i = static_cast<std::size_t>(layer);
    const QRectF all = blocks();
    const double from = i == 0 ? 0.0 : m_ends[i - 1];
    QRectF block(all.left() + all.width() * from, all.top(), all.width() * m_layers[i].share, all.height());
    return block;
}

int LayerStrip::layerAt(QPointF pixel) const {
    if (!blocks().contains(pixel)) return -1;
    const double at = (pixel.x() - blocks().left()) / blocks().width();
    const auto end = std::ranges::lower_bound(m_ends, at);
    return end == m_ends.end() ? -1 : static_cast<int>(end - m_ends.begin());
}

void LayerStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_layers.empty()) {
        painter.setFont(m_theme.words(13));
        painter.setPen(m_theme.inkSecond);
        painter.drawText(rect(), Qt::AlignCenter, tr("Layers are timed when the model has been measured"));
        return;
    }
    painter.setPen(Qt::NoPen);
    for (int i = 0; i < static_cast<int>(m_layers.size()); ++i) {
        const QRectF block = blockOf(i);
        const double gap = std::min(1.0, block.width() * 0.2);
        painter.setBrush(m_theme.category(m_layers[static_cast<std::size_t>(i)].category).color);
        painter.setOpacity(m_hovered >= 0 && m_hovered != i ? 0.45 : 0.85);
        const double radius = std::min<double>(m_theme.px(2), block.width() / 3);
        painter.drawRoundedRect(block.adjusted(0, 0, -gap, 0), radius, radius);
    }
    painter.setOpacity(1.0);
    painter.setBrush(Qt::NoBrush);
    if (m_chosen >= 0) {
        const double width = m_theme.focusWidth() * 0.8;
        painter.setPen(QPen(m_theme.brass, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawRoundedRect(blockOf(m_chosen).adjusted(-1, 0, 0, 0), m_theme.px(2), m_theme.px(2));
    }
    paintStages(painter);
    if (hasFocus()) drawFocusRing(painter, rect(), m_theme.px(4), m_theme);
}

void LayerStrip::paintStages(QPainter& painter) const {
    painter.setFont(m_theme.words(11));
    painter.setPen(m_theme.inkSecond);
    const double top = blocks().bottom() + m_theme.px(3), height = this->height() - top;
    double free = 0;
    for (std::size_t i = 0; i < m_layers.size();) {
        std::size_t end = i;
        while (end < m_layers.size() && m_layers[end].stage == m_layers[i].stage)
            ++end;
        const double left = blockOf(static_cast<int>(i)).left(),
                     right = blockOf(static_cast<int>(end - 1)).right();
        const double width = textWidth(painter.font(), m_layers[i].stage);
        if (!m_layers[i].stage.isEmpty() && right - left > width + m_theme.px(6) && left >= free) {
            painter.drawText(QRectF(left, top, right - left, height), Qt::AlignHCenter | Qt::AlignTop,
                             m_layers[i].stage);
            free = right;
        }
        i = end;
    }
}

void LayerStrip::mouseMoveEvent(QMouseEvent* event) {
    const int layer = layerAt(event->position());
    if (layer == m_hovered) return;
    Q_EMIT layerHovered(layer);
    if (layer < 0) return QToolTip::hideText();
    const LayerPoint& point = m_layers[static_cast<std::size_t>(layer)];
    QToolTip::showText(
        event->globalPosition().toPoint(),
        tr("%1 · %2\n%3, %4 % of the time")
            .arg(point.name, point.kind, timeInWords(point.timeUs), shortNumber(100 * point.share, 2)),
        this);
}

void LayerStrip::mousePressEvent(QMouseEvent* event) {
    if (const int layer = layerAt(event->position()); layer >= 0) Q_EMIT layerChosen(layer);
}

void LayerStrip::leaveEvent(QEvent*) {
    Q_EMIT layerHovered(-1);
}

void LayerStrip::keyPressEvent(QKeyEvent* event) {
    const int by = event->key() == Qt::Key_Period ? 1 : event->key() == Qt::Key_Comma ? -1 : 0;
    if (by == 0 || m_layers.empty()) return QWidget::keyPressEvent(event);
    Q_EMIT layerChosen(std::clamp(m_chosen + by, 0, static_cast<int>(m_layers.size()) - 1));
}

} // namespace orrery::panel
