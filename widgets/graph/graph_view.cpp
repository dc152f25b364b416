#include "widgets/graph/graph_view.h"

#include "widgets/frame/paint.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <limits>

namespace orrery {

namespace {
constexpr double kMargin = 14.0;
constexpr double kSwellSteps = 9.0; ///< of 16 ms: 150 ms
} // namespace

GraphView::GraphView(QWidget* parent) : ItemView(parent) {
    grabGesture(Qt::PinchGesture);
    m_tick.setInterval(16);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        m_swell = std::min(1.0, m_swell + 1.0 / kSwellSteps);
        if (m_swell >= 1.0) m_tick.stop();
        update();
    });
    connect(this, &ItemView::itemChosen, this, &GraphView::bringIntoSight);
    connect(this, &ItemView::itemHovered, this,
            [this](int node) { setCursor(node >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor); });
}

void GraphView::setPicture(GraphPicture picture, bool animate) {
    m_isNew.assign(picture.nodes.size(), 0);
    bool any = false;
    const bool sameNodes = m_picture.nodes.size() == picture.nodes.size();
    int current = -1;
    for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
        const NodeState now = picture.nodes[i].state;
        if (!sameNodes || m_picture.nodes[i].state == now) continue;
        if (now == NodeState::Current) current = static_cast<int>(i);
        const bool isEvent = now == NodeState::Frontier || now == NodeState::Current;
        m_isNew[i] = animate && isEvent && !theme().reducedMotion ? 1 : 0;
        any = any || m_isNew[i];
    }
    m_picture = std::move(picture);
    m_swell = any ? 0.0 : 1.0;
    if (any)
        m_tick.start();
    else
        m_tick.stop();
    pictureChanged();
    bringIntoSight(current);
}

void GraphView::setPlaceholder(const QString& sentence) {
    m_placeholder = sentence;
    update();
}

void GraphView::setLargestRadius(double pixels) {
    m_largest = pixels;
    place();
    update();
}

// What is larger than the room can be moved until its edge is in sight, no farther.
void GraphView::place() {
    const QRectF inside = room(kMargin);
    m_zoom = std::clamp(m_zoom, 1.0, fitOf(m_picture, inside, m_largest, theme()).nearest);
    m_fit = fitOf(m_picture, inside, m_largest, theme(), m_zoom);
    const double wide = std::max(0.0, (m_fit.size.width() - inside.width()) / 2),
                 high = std::max(0.0, (m_fit.size.height() - inside.height()) / 2);
    m_pan = {std::clamp(m_pan.x(), -wide, wide), std::clamp(m_pan.y(), -high, high)};
    for (QPointF& pixel : m_fit.pixels)
        pixel += m_pan;
    m_fit.originY += m_pan.y();
    m_fit.centre += m_pan;
}

bool GraphView::isHidden(int node) const {
    return m_picture.nodes[static_cast<std::size_t>(node)].isHidden;
}

QPointF GraphView::pixelOf(int node) const {
    return m_fit.pixels[static_cast<std::size_t>(node)];
}

QRectF GraphView::boxOf(int node) const {
    const QPointF at = pixelOf(node), reach(m_fit.radius, m_fit.radius);
    return {at - reach, at + reach};
}

int GraphView::itemAt(QPointF pixel) const {
    const double reach = std::max(m_fit.radius * 1.25, 8.0);
    double nearest = reach * reach;
    int found = -1;
    for (int i = 0; i < items(); ++i) {
        const QPointF away = pixelOf(i) - pixel;
        const double squared = QPointF::dotProduct(away, away);
        if (isHidden(i) || squared >= nearest) continue;
        nearest = squared;
        found = i;
    }
    return found;
}

int GraphView::itemAfter(int from, int step) const {
    int node = from < 0 ? (step > 0 ? -1 : items()) : from;
    for (int tried = 0; tried < items(); ++tried) {
        node = (node + step + items()) % items();
        if (!isHidden(node)) return node;
    }
    return from;
}

// The nearest node that way; what lies aside counts double.
int GraphView::itemTowards(int from, QPoint direction) const {
    if (from < 0) return itemAfter(from, 1);
    double nearest = std::numeric_limits<double>::infinity();
    int found = from;
    for (int i = 0; i < items(); ++i) {
        const QPointF away = pixelOf(i) - pixelOf(from);
        const double ahead = QPointF::dotProduct(away, direction);
        const double aside = std::abs(away.x() * direction.y() - away.y() * direction.x());
        if (isHidden(i) || ahead < 1.0 || ahead + 2.0 * aside >= nearest) continue;
        nearest = ahead + 2.0 * aside;
        found = i;
    }
    return found;
}

double GraphView::swell(std::size_t node) const {
    if (m_swell >= 1.0 || !m_isNew[node]) return 1.0;
    return 1.0 + 0.28 * std::sin(m_swell * 3.14159265) * (1.0 - 0.4 * m_swell);
}

void GraphView::paintPicture(QPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_picture.nodes.empty()) {
        painter.setFont(theme().words(13));
        painter.setPen(theme().inkSecond);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
    }
    painter.save();
    if (m_zoom > 1.0) painter.setClipRect(room(0)); // not over the legend
    paintRules(painter);
    paintNodes(painter);
    paintRings(painter);
    painter.restore();
    paintHint(painter);
}

void GraphView::paintRules(QPainter& painter) const {
    for (const GraphRule& rule : m_picture.rules) {
        const double y = m_fit.originY + rule.y * m_fit.level, edge = theme().px(8);
        painter.setPen(QPen(theme().inkThird, theme().contextWidth(), Qt::DashLine, Qt::FlatCap));
        painter.drawLine(QPointF(edge, y), QPointF(width() - edge, y));
        const double wide = textWidth(theme().words(12), rule.label) + theme().px(8);
        const QRectF label(edge, y - theme().px(20), wide, theme().px(18));
        drawPanel(painter, label, theme().px(4), theme().surface);
        drawElided(painter, label.adjusted(theme().px(3), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                   theme().words(12), theme().inkSecond, rule.label);
    }
}

void GraphView::paintNodes(QPainter& painter) const {
    for (const EdgeState layer : {EdgeState::Plain, EdgeState::Taken, EdgeState::Path})
        for (const GraphEdge& edge : m_picture.edges)
            if (edge.state == layer && !isHidden(edge.from) && !isHidden(edge.to))
                drawEdge(painter, pixelOf(edge.from), pixelOf(edge.to), edge.state, theme());
    for (std::size_t i = 0; i < m_picture.nodes.size(); ++i)
        if (!m_picture.nodes[i].isHidden)
            drawNode(painter, m_picture.nodes[i], m_fit.pixels[i], m_fit.radius * swell(i), theme());
}

void GraphView::paintRings(QPainter& painter) const {
    const auto ring = [&](int node, const QColor& color, double width) {
        if (node < 0) return;
        painter.setPen(QPen(color, width));
        painter.setBrush(Qt::NoBrush);
        const double reach = m_fit.radius + theme().px(5);
        painter.drawEllipse(pixelOf(node), reach, reach);
    };
    ring(marked(), theme().brass, theme().contextWidth());
    ring(hovered(), theme().inkThird, theme().hairline());
    ring(chosen(), theme().accent, std::max(2.0, theme().contextWidth()));
}

// How to come nearer, said only to somebody who is here; and how to get back.
void GraphView::paintHint(QPainter& painter) const {
    const bool isNear = m_zoom > 1.0;
    if (!isNear && (hasRoomForLabels(m_fit.radius, theme()) || !(underMouse() || hasFocus()))) return;
    const QString text =
        isNear ? tr("%1× · 0 shows all").arg(m_zoom, 0, 'f', 1) : tr("+ or the wheel: nearer");
    const QFont font = theme().words(12);
    const double wide = textWidth(font, text) + theme().px(14), high = theme().px(22);
    const QRectF box(width() - wide - theme().px(4), theme().px(4), wide, high);
    drawPanel(painter, box, theme().px(5), theme().surface, theme().line);
    drawElided(painter, box, Qt::AlignCenter, font, theme().inkSecond, text);
}

} // namespace orrery
