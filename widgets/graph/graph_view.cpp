#include "widgets/graph/graph_view.h"

#include "widgets/frame/paint.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace orrery {

namespace {
constexpr double kMargin = 14.0;
constexpr double kSwellSteps = 9.0; ///< of 16 ms: 150 ms
} // namespace

GraphView::GraphView(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_tick.setInterval(16);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        m_swell = std::min(1.0, m_swell + 1.0 / kSwellSteps);
        if (m_swell >= 1.0) m_tick.stop();
        update();
    });
}

void GraphView::setPicture(GraphPicture picture, bool animate) {
    m_isNew.assign(picture.nodes.size(), 0);
    bool any = false;
    const bool sameNodes = m_picture.nodes.size() == picture.nodes.size();
    for (std::size_t i = 0; animate && sameNodes && !m_theme.reducedMotion && i < picture.nodes.size(); ++i) {
        const NodeState now = picture.nodes[i].state;
        const bool isEvent = now == NodeState::Frontier || now == NodeState::Current;
        m_isNew[i] = isEvent && m_picture.nodes[i].state != now ? 1 : 0;
        any = any || m_isNew[i];
    }
    m_picture = std::move(picture);
    m_swell = any ? 0.0 : 1.0;
    if (any)
        m_tick.start();
    else
        m_tick.stop();
    const int nodes = static_cast<int>(m_picture.nodes.size());
    if (m_chosen >= nodes) choose(-1);
    if (m_hovered >= nodes) hover(-1);
    if (m_marked >= nodes) m_marked = -1;
    place();
    update();
}

void GraphView::setPlaceholder(const QString& sentence) {
    m_placeholder = sentence;
    update();
}

void GraphView::setLegend(std::vector<NodeState> states, const QString& target) {
    m_legend = std::move(states);
    m_target = target;
    place();
    update();
}

void GraphView::setLargestRadius(double pixels) {
    m_largest = pixels;
    place();
    update();
}

void GraphView::setMarked(int node) {
    if (std::exchange(m_marked, node) != node) update();
}

void GraphView::setTheme(const Theme& theme) {
    m_theme = theme;
    place();
    updateGeometry();
    update();
}

QSize GraphView::minimumSizeHint() const {
    return {m_theme.px(200), m_theme.px(150)};
}
QSize GraphView::sizeHint() const {
    return {m_theme.px(640), m_theme.px(480)};
}

void GraphView::place() {
    const double margin = m_theme.px(kMargin);
    QRectF room = QRectF(rect()).adjusted(margin, margin, -margin, -margin);
    if (!m_legend.empty()) room.setBottom(room.bottom() - legendHeight(m_theme));
    m_fit = fitOf(m_picture, room, m_largest, m_theme);
}

QPointF GraphView::pixelOf(int node) const {
    return m_fit.pixels[static_cast<std::size_t>(node)];
}

int GraphView::nodeAt(QPointF pixel) const {
    const double reach = std::max(m_fit.radius * 1.25, 8.0);
    double nearest = reach * reach;
    int found = -1;
    for (std::size_t i = 0; i < m_fit.pixels.size(); ++i) {
        const QPointF away = m_fit.pixels[i] - pixel;
        const double squared = QPointF::dotProduct(away, away);
        if (m_picture.nodes[i].isHidden || squared >= nearest) continue;
        nearest = squared;
        found = static_cast<int>(i);
    }
    return found;
}

double GraphView::swell(std::size_t node) const {
    if (m_swell >= 1.0 || !m_isNew[node]) return 1.0;
    return 1.0 + 0.28 * std::sin(m_swell * 3.14159265) * (1.0 - 0.4 * m_swell);
}

void GraphView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_picture.nodes.empty()) {
        painter.setFont(m_theme.words(13));
        painter.setPen(m_theme.inkSecond);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
    }
    paintRules(painter);
    paintNodes(painter);
    paintRings(painter);
    if (!m_legend.empty()) {
        const double height = legendHeight(m_theme);
        drawLegend(painter, QRectF(m_theme.px(4), this->height() - height, width() - m_theme.px(8), height),
                   m_legend, m_target, m_theme);
    }
    paintReadout(painter);
    if (m_hasKeyboard) drawFocusRing(painter, rect(), 8, m_theme);
}

void GraphView::paintRules(QPainter& painter) const {
    for (const GraphRule& rule : m_picture.rules) {
        const double y = m_fit.originY + rule.y * m_fit.level;
        painter.setPen(QPen(m_theme.inkThird, m_theme.contextWidth(), Qt::DashLine, Qt::FlatCap));
        painter.drawLine(QPointF(m_theme.px(8), y), QPointF(width() - m_theme.px(8), y));
        const double wide = textWidth(m_theme.words(12), rule.label) + m_theme.px(8);
        const QRectF label(m_theme.px(8), y - m_theme.px(20), wide, m_theme.px(18));
        drawPanel(painter, label, m_theme.px(4), m_theme.surface);
        drawElided(painter, label.adjusted(m_theme.px(3), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                   m_theme.words(12), m_theme.inkSecond, rule.label);
    }
}

void GraphView::paintNodes(QPainter& painter) const {
    const auto isHidden = [this](int node) {
        return m_picture.nodes[static_cast<std::size_t>(node)].isHidden;
    };
    for (const EdgeState layer : {EdgeState::Plain, EdgeState::Taken, EdgeState::Path})
        for (const GraphEdge& edge : m_picture.edges)
            if (edge.state == layer && !isHidden(edge.from) && !isHidden(edge.to))
                drawEdge(painter, pixelOf(edge.from), pixelOf(edge.to), edge.state, m_theme);
    for (std::size_t i = 0; i < m_picture.nodes.size(); ++i)
        if (!m_picture.nodes[i].isHidden)
            drawNode(painter, m_picture.nodes[i], m_fit.pixels[i], m_fit.radius * swell(i), m_theme);
}

void GraphView::paintRings(QPainter& painter) const {
    const auto ring = [&](int node, const QColor& color, double width) {
        if (node < 0) return;
        painter.setPen(QPen(color, width));
        painter.setBrush(Qt::NoBrush);
        const double reach = m_fit.radius + m_theme.px(5);
        painter.drawEllipse(pixelOf(node), reach, reach);
    };
    ring(m_marked, m_theme.brass, m_theme.contextWidth());
    ring(m_hovered, m_theme.inkThird, m_theme.hairline());
    ring(m_chosen, m_theme.accent, std::max(2.0, m_theme.contextWidth()));
}

// What the node under the pointer, or else the chosen one, is.
void GraphView::paintReadout(QPainter& painter) const {
    const int node = m_hovered >= 0 ? m_hovered : m_chosen;
    const QString text = node >= 0 && m_describe ? m_describe(node) : QString();
    if (text.isEmpty()) return;
    const QFont font = m_theme.words(12);
    const double wide = std::min(textWidth(font, text) + m_theme.px(18), width() - 8.0),
                 high = m_theme.px(26);
    const QPointF at = pixelOf(node);
    QRectF box(at.x() - wide / 2, at.y() - m_fit.radius - m_theme.px(10) - high, wide, high);
    if (box.top() < 2) box.moveTop(at.y() + m_fit.radius + m_theme.px(10));
    box.moveLeft(std::clamp(box.left(), 4.0, std::max(4.0, width() - wide - 4.0)));
    drawPanel(painter, box, m_theme.px(6), m_theme.surface, m_theme.line);
    drawElided(painter, box.adjusted(m_theme.px(9), 0, -m_theme.px(9), 0), Qt::AlignVCenter | Qt::AlignLeft,
               font, m_theme.ink, text);
}

} // namespace orrery
