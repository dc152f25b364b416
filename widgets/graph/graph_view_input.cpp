// Pointer, fingers, wheel and keys of a GraphView.
#include "widgets/graph/graph_view.h"

#include <QContextMenuEvent>
#include <QGestureEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QWheelEvent>
#include <cmath>

namespace orrery {

namespace {
constexpr double kZoomStep = 1.25; ///< a notch of the wheel, a press of a key
constexpr double kPanStep = 0.15;  ///< of the view, a press of a key
} // namespace

// --- zoom and pan ---

// What is under the pixel stays there, but columns and levels stop growing at a distance of their own.
void GraphView::zoomAround(QPointF pixel, double factor) {
    const double column = m_fit.column, level = m_fit.level;
    const QPointF away = pixel - m_fit.centre;
    m_zoom *= factor;
    place();
    const QPointF grown(away.x() * (m_fit.column / column - 1.0), away.y() * (m_fit.level / level - 1.0));
    panBy(-grown);
}

void GraphView::panBy(QPointF pixels) {
    m_pan += pixels;
    place();
    update();
}

void GraphView::showAll() {
    m_zoom = 1.0;
    panBy(-m_pan);
}

void GraphView::bringIntoSight(int node) {
    if (node < 0 || m_zoom <= 1.0) return;
    const double margin = theme().px(24);
    const QRectF box = boxOf(node).adjusted(-margin, -margin, margin, margin), sight = room(0);
    const auto into = [](double low, double high, double from, double to) {
        return low < from ? from - low : high > to ? to - high : 0.0;
    };
    panBy({into(box.left(), box.right(), sight.left(), sight.right()),
           into(box.top(), box.bottom(), sight.top(), sight.bottom())});
}

// --- pointer ---

void GraphView::mousePressEvent(QMouseEvent* event) {
    const bool pans = event->button() == Qt::MiddleButton ||
                      (event->button() == Qt::LeftButton && itemAt(event->position()) < 0);
    if (pans) m_draggedAt = event->position();
    if (event->button() != Qt::LeftButton) return pans ? event->accept() : QWidget::mousePressEvent(event);
    const int node = itemAt(event->position());
    choose(node);
    if (node >= 0) Q_EMIT itemClicked(node, event->modifiers());
}

void GraphView::mouseMoveEvent(QMouseEvent* event) {
    if (!m_draggedAt) return ItemView::mouseMoveEvent(event);
    panBy(event->position() - *m_draggedAt);
    m_draggedAt = event->position();
}

void GraphView::mouseReleaseEvent(QMouseEvent*) {
    m_draggedAt.reset();
}

void GraphView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && itemAt(event->position()) < 0)
        showAll();
    else
        mousePressEvent(event);
}

// The hint comes and goes with the pointer.
void GraphView::enterEvent(QEnterEvent* event) {
    update();
    ItemView::enterEvent(event);
}

void GraphView::leaveEvent(QEvent* event) {
    update();
    ItemView::leaveEvent(event);
}

void GraphView::wheelEvent(QWheelEvent* event) {
    zoomAround(event->position(), std::pow(kZoomStep, event->angleDelta().y() / 120.0));
    event->accept();
}

// Two fingers on a touchpad, or on a screen.
bool GraphView::pinch(QEvent* event) {
    if (event->type() == QEvent::NativeGesture) {
        const auto* fingers = static_cast<QNativeGestureEvent*>(event);
        if (fingers->gestureType() != Qt::ZoomNativeGesture) return false;
        zoomAround(fingers->position(), 1.0 + fingers->value());
        return true;
    }
    if (event->type() != QEvent::Gesture) return false;
    auto* gesture =
        static_cast<QPinchGesture*>(static_cast<QGestureEvent*>(event)->gesture(Qt::PinchGesture));
    if (!gesture) return false;
    zoomAround(mapFromGlobal(gesture->centerPoint()), gesture->scaleFactor());
    return true;
}

void GraphView::contextMenuEvent(QContextMenuEvent* event) {
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const int node = byMouse ? itemAt(event->pos()) : chosen();
    if (node < 0) return;
    choose(node);
    Q_EMIT menuRequested(node, byMouse ? event->globalPos() : mapToGlobal(pixelOf(node).toPoint()));
}

// --- keys ---

bool GraphView::keyMovesView(const QKeyEvent& event) {
    const bool pans =
        event.modifiers().testFlag(Qt::AltModifier) && event.modifiers().testFlag(Qt::ShiftModifier);
    switch (event.key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomAround(room(0).center(), kZoomStep), true;
    case Qt::Key_Minus:
        return zoomAround(room(0).center(), 1.0 / kZoomStep), true;
    case Qt::Key_0:
        return showAll(), true;
    case Qt::Key_Left:
        return pans && (panBy({width() * kPanStep, 0}), true);
    case Qt::Key_Right:
        return pans && (panBy({-width() * kPanStep, 0}), true);
    case Qt::Key_Up:
        return pans && (panBy({0, height() * kPanStep}), true);
    case Qt::Key_Down:
        return pans && (panBy({0, -height() * kPanStep}), true);
    default:
        return false;
    }
}

void GraphView::keyPressEvent(QKeyEvent* event) {
    if (items() == 0 || !keyMovesView(*event)) ItemView::keyPressEvent(event);
}

bool GraphView::event(QEvent* event) {
    return pinch(event) || ItemView::event(event);
}

} // namespace orrery
