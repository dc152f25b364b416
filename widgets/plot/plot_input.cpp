// Pointer, wheel and keys of a Plot.
#include "widgets/plot/plot_piece.h"

#include <cmath>

namespace orrery {

namespace {

constexpr double kDragDistance = 4.0; ///< pixels; less is a click
constexpr double kZoomStep = 0.8;     ///< a notch of the wheel, a press of a key
constexpr double kPanStep = 0.1;      ///< of the area, a press of a key

/// `range` scaled about `centre` (logarithmic axes: in the logarithm).
QCPRange scaled(QCPRange range, double centre, double factor, bool logarithmic) {
    if (!logarithmic)
        return {centre + (range.lower - centre) * factor, centre + (range.upper - centre) * factor};
    return {centre * std::pow(range.lower / centre, factor), centre * std::pow(range.upper / centre, factor)};
}

} // namespace

PlotPiece* Plot::pieceAt(QPointF pixel, Qt::KeyboardModifiers modifiers) const {
    for (auto piece = m_pieces.rbegin(); piece != m_pieces.rend(); ++piece)
        if ((*piece)->visible() && (*piece)->grips(pixel, modifiers)) return *piece;
    return nullptr;
}

void Plot::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return event->ignore();
    m_pressedAt = m_lastPixel = event->position();
    m_gripped = pieceAt(m_pressedAt, event->modifiers());
    m_gesture = m_gripped ? Gesture::Piece : Gesture::Press;
    m_shownReadout.reset();
    if (m_gripped) m_gripped->press(m_pressedAt, event->modifiers());
}

void Plot::mouseMoveEvent(QMouseEvent* event) {
    const QPointF pixel = event->position();
    if (m_gesture == Gesture::Piece && m_gripped) m_gripped->drag(pixel);
    const bool far = QLineF(m_pressedAt, pixel).length() >= kDragDistance;
    if (m_gesture == Gesture::Press && far) m_gesture = Gesture::Pan;
    if (m_gesture == Gesture::Pan) panBy(pixel - m_lastPixel);
    m_lastPixel = pixel;
    if (m_gesture != Gesture::None) return;
    updateCursor(pixel);
    const auto before = m_shownReadout;
    m_shownReadout = m_readout && m_area.contains(pixel) ? m_readout(pixel) : std::nullopt;
    if (before || m_shownReadout) update();
    Q_EMIT hovered(pixel);
}

void Plot::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return event->ignore();
    const Gesture gesture = std::exchange(m_gesture, Gesture::None);
    PlotPiece* gripped = std::exchange(m_gripped, nullptr);
    if (gesture == Gesture::Piece && gripped) gripped->release(event->position());
    if (gesture == Gesture::Press) Q_EMIT clicked(event->position(), event->modifiers());
    updateCursor(event->position());
}

void Plot::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) resetView();
}

void Plot::leaveEvent(QEvent*) {
    if (std::exchange(m_shownReadout, std::nullopt)) update();
    Q_EMIT pointerLeft();
}

void Plot::updateCursor(QPointF pixel) {
    const PlotPiece* piece = pieceAt(pixel, Qt::NoModifier);
    setCursor(piece ? piece->cursorShape() : Qt::ArrowCursor);
}

// Two fingers on a touchpad come as pixels, and move what can be moved. Else, without Ctrl, the wheel belongs
// to whatever scrolls around the plot.
void Plot::wheelEvent(QWheelEvent* event) {
    const bool zooms = event->modifiers() & Qt::ControlModifier;
    const bool pans = !zooms && !event->pixelDelta().isNull() && pansByScrolling();
    if (!zooms && !pans) return event->ignore();
    if (pans)
        panBy(event->pixelDelta());
    else
        zoomAround(event->position(), std::pow(kZoomStep, event->angleDelta().y() / 120.0));
    event->accept();
}

bool Plot::event(QEvent* event) {
    if (event->type() != QEvent::NativeGesture) return QCustomPlot::event(event);
    return pinch(static_cast<QNativeGestureEvent*>(event));
}

// Begin and end are taken too, or the window system sends the gesture elsewhere.
bool Plot::pinch(QNativeGestureEvent* gesture) {
    switch (gesture->gestureType()) {
    case Qt::ZoomNativeGesture: // how much larger, since the last one
        if (gesture->value() > -1.0) zoomAround(gesture->position(), 1.0 / (1.0 + gesture->value()));
        break;
    case Qt::SmartZoomNativeGesture:
        resetView();
        break;
    case Qt::BeginNativeGesture:
    case Qt::EndNativeGesture:
        break;
    default:
        return false;
    }
    gesture->accept();
    return true;
}

void Plot::zoomAround(QPointF pixel, double factor) {
    m_zoomed = true;
    setRanges(scaled(xAxis->range(), fromX(pixel.x()), factor, m_horizontal.logarithmic),
              scaled(yAxis->range(), fromY(pixel.y()), factor, m_vertical.logarithmic));
    Q_EMIT viewChanged();
}

void Plot::panBy(QPointF pixels) {
    const auto moved = [](const AxisMap& map, double from, double to, double by) {
        const double a = map.value(from - by), b = map.value(to - by);
        return QCPRange(std::min(a, b), std::max(a, b));
    };
    m_zoomed = true;
    setRanges(moved(m_mapX, m_area.left(), m_area.right(), pixels.x()),
              moved(m_mapY, m_area.top(), m_area.bottom(), pixels.y()));
    // The map of the old layout would count the next move twice.
    m_mapX = AxisMap(xAxis->range().lower, xAxis->range().upper,
                     m_horizontal.reversed ? m_area.right() : m_area.left(),
                     m_horizontal.reversed ? m_area.left() : m_area.right(), m_horizontal.logarithmic);
    m_mapY = AxisMap(yAxis->range().lower, yAxis->range().upper,
                     m_vertical.reversed ? m_area.top() : m_area.bottom(),
                     m_vertical.reversed ? m_area.bottom() : m_area.top(), m_vertical.logarithmic);
    Q_EMIT viewChanged();
}

void Plot::keyPressEvent(QKeyEvent* event) {
    const QPointF step(m_area.width() * kPanStep, m_area.height() * kPanStep);
    const bool alt = event->modifiers() & Qt::AltModifier;
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomAround(m_area.center(), kZoomStep);
    case Qt::Key_Minus:
        return zoomAround(m_area.center(), 1 / kZoomStep);
    case Qt::Key_0:
        return resetView();
    case Qt::Key_Left:
        return alt ? panBy({step.x(), 0}) : event->ignore();
    case Qt::Key_Right:
        return alt ? panBy({-step.x(), 0}) : event->ignore();
    case Qt::Key_Up:
        return alt ? panBy({0, step.y()}) : event->ignore();
    case Qt::Key_Down:
        return alt ? panBy({0, -step.y()}) : event->ignore();
    default:
        for (PlotPiece* piece : m_pieces)
            if (event->modifiers() == Qt::NoModifier && piece->visible() && piece->key(event->key())) return;
        event->ignore();
    }
}

} // namespace orrery
