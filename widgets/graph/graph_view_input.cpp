// Pointer and keys of a GraphView.
#include "widgets/graph/graph_view.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <limits>

namespace orrery {

void GraphView::resizeEvent(QResizeEvent*) {
    place();
}

void GraphView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
    const int node = nodeAt(event->position());
    choose(node);
    if (node >= 0) Q_EMIT nodeClicked(node, event->modifiers());
}

void GraphView::mouseMoveEvent(QMouseEvent* event) {
    hover(nodeAt(event->position()));
}

void GraphView::leaveEvent(QEvent*) {
    hover(-1);
}

void GraphView::contextMenuEvent(QContextMenuEvent* event) {
    const int node = event->reason() == QContextMenuEvent::Mouse ? nodeAt(event->pos()) : m_chosen;
    if (node < 0) return;
    choose(node);
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    Q_EMIT menuRequested(node, byMouse ? event->globalPos() : mapToGlobal(pixelOf(node).toPoint()));
}

void GraphView::hover(int node) {
    if (std::exchange(m_hovered, node) == node) return;
    setCursor(node >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
    Q_EMIT nodeHovered(node);
}

void GraphView::choose(int node) {
    if (std::exchange(m_chosen, node) == node) return;
    if (m_describe) setAccessibleDescription(node >= 0 ? m_describe(node) : QString());
    update();
    Q_EMIT nodeChosen(node);
}

void GraphView::chooseBeside(int step) {
    const int nodes = static_cast<int>(m_picture.nodes.size());
    int node = m_chosen < 0 ? (step > 0 ? -1 : nodes) : m_chosen;
    for (int tried = 0; tried < nodes; ++tried) {
        node = (node + step + nodes) % nodes;
        if (!m_picture.nodes[static_cast<std::size_t>(node)].isHidden) return choose(node);
    }
}

// The nearest node that way; what lies aside counts double.
void GraphView::chooseTowards(QPointF direction) {
    if (m_chosen < 0) return chooseBeside(1);
    double nearest = std::numeric_limits<double>::infinity();
    int found = m_chosen;
    for (std::size_t i = 0; i < m_fit.pixels.size(); ++i) {
        const QPointF away = m_fit.pixels[i] - pixelOf(m_chosen);
        const double ahead = QPointF::dotProduct(away, direction);
        const double aside = std::abs(away.x() * direction.y() - away.y() * direction.x());
        if (m_picture.nodes[i].isHidden || ahead < 1.0 || ahead + 2.0 * aside >= nearest) continue;
        nearest = ahead + 2.0 * aside;
        found = static_cast<int>(i);
    }
    choose(found);
}

void GraphView::keyPressEvent(QKeyEvent* event) {
    if (m_picture.nodes.empty()) return QWidget::keyPressEvent(event);
    if (event->modifiers() & Qt::AltModifier) {
        switch (event->key()) {
        case Qt::Key_Left:
            return chooseTowards({-1, 0});
        case Qt::Key_Right:
            return chooseTowards({1, 0});
        case Qt::Key_Up:
            return chooseTowards({0, -1});
        case Qt::Key_Down:
            return chooseTowards({0, 1});
        default:
            return QWidget::keyPressEvent(event);
        }
    }
    if (event->key() == Qt::Key_Comma) return chooseBeside(-1);
    if (event->key() == Qt::Key_Period) return chooseBeside(1);
    if (m_chosen < 0) return QWidget::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT nodeClicked(m_chosen, event->modifiers() & ~Qt::KeypadModifier);
        return;
    case Qt::Key_Insert:
        Q_EMIT addRequested(m_chosen);
        return;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        Q_EMIT removeRequested(m_chosen);
        return;
    case Qt::Key_Escape:
        return choose(-1);
    default:
        return QWidget::keyPressEvent(event);
    }
}

// The ring is seen where Tab brought the focus: its release comes here.
void GraphView::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Tab && event->key() != Qt::Key_Backtab)
        return QWidget::keyReleaseEvent(event);
    m_hasKeyboard = true;
    update();
}

void GraphView::focusOutEvent(QFocusEvent*) {
    m_hasKeyboard = false;
    update();
}

// Keys that the window may want as well are the view's while a node is chosen.
bool GraphView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && !m_picture.nodes.empty()) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool isArrow = key->key() >= Qt::Key_Left && key->key() <= Qt::Key_Down;
        const bool isOurs =
            (isArrow && (key->modifiers() & Qt::AltModifier)) || key->key() == Qt::Key_Comma ||
            key->key() == Qt::Key_Period ||
            (m_chosen >= 0 && (key->key() == Qt::Key_Escape || key->key() == Qt::Key_Insert ||
                               key->key() == Qt::Key_Delete || key->key() == Qt::Key_Backspace));
        if (isOurs) event->accept();
    }
    return QWidget::event(event);
}

} // namespace orrery
