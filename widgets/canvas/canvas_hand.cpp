#include "widgets/canvas/canvas_hand.h"

#include "widgets/canvas/point_canvas.h"

#include <QPainter>
#include <algorithm>

namespace orrery {

namespace {

constexpr double kDragDistance = 3.0;  ///< pixels; less is a click
constexpr double kBrushRadius = 26.0;  ///< pixels
constexpr double kSprayDistance = 9.0; ///< pixels between two puffs
constexpr int kPuff = 3;               ///< points
using Tool = PointCanvas::Tool;

} // namespace

CanvasHand::CanvasHand(PointCanvas* canvas) : PlotPiece(canvas), m_canvas(canvas) {}

double CanvasHand::brushRadius() const {
    return kBrushRadius * theme().lineScale;
}

bool CanvasHand::grips(QPointF pixel, Qt::KeyboardModifiers modifiers) const {
    return !(modifiers & Qt::ControlModifier) && m_canvas->area().contains(pixel) &&
           (m_canvas->isEditable() || m_canvas->rowAt(pixel) >= 0);
}

Qt::CursorShape CanvasHand::cursorShape() const {
    if (m_canvas->tool() != Tool::Point || !m_canvas->isEditable()) return Qt::ArrowCursor;
    return m_hovered && m_canvas->rowAt(*m_hovered) >= 0 ? Qt::SizeAllCursor : Qt::CrossCursor;
}

void CanvasHand::press(QPointF pixel, Qt::KeyboardModifiers modifiers) {
    m_pressedAt = pixel;
    m_before = m_canvas->sharedPoints();
    m_extends = modifiers & Qt::ShiftModifier;
    if (m_canvas->tool() != Tool::Point && m_canvas->isEditable()) {
        m_gesture = Gesture::Brush;
        m_trail = QPolygonF{pixel};
        return brush(pixel);
    }
    const int row = m_canvas->rowAt(pixel);
    if (row < 0) {
        m_gesture = Gesture::Loop;
        m_trail = QPolygonF{pixel};
        return;
    }
    m_gesture = Gesture::Hold;
    m_canvas->take(row, m_extends);
}

void CanvasHand::drag(QPointF pixel) {
    m_hovered = pixel;
    if (m_gesture == Gesture::Hold && QLineF(m_pressedAt, pixel).length() >= kDragDistance) {
        m_gesture = m_canvas->isEditable() ? Gesture::Move : Gesture::None;
        if (m_gesture == Gesture::None) m_canvas->refuse();
    }
    if (m_gesture == Gesture::Move) moveTo(pixel, true);
    if (m_gesture == Gesture::Brush &&
        (m_canvas->tool() == Tool::Erase || QLineF(m_trail.last(), pixel).length() >= kSprayDistance)) {
        m_trail.append(pixel);
        brush(pixel);
    }
    if (m_gesture == Gesture::Loop) m_trail.append(pixel);
    changed();
}

void CanvasHand::release(QPointF pixel) {
    const Gesture gesture = std::exchange(m_gesture, Gesture::None);
    if (gesture == Gesture::Move) moveTo(pixel, false);
    if (gesture == Gesture::Brush && !(m_canvas->points() == *m_before))
        m_canvas->apply(m_canvas->points(), false);
    if (gesture == Gesture::Loop) finishLoop(pixel);
    m_before.reset();
    m_trail.clear();
    changed();
}

void CanvasHand::moveTo(QPointF pixel, bool still) {
    const QPointF by(m_canvas->fromX(pixel.x()) - m_canvas->fromX(m_pressedAt.x()),
                     m_canvas->fromY(pixel.y()) - m_canvas->fromY(m_pressedAt.y()));
    m_canvas->apply(moved(*m_before, m_canvas->selection(), by), still);
}

void CanvasHand::brush(QPointF pixel) {
    if (m_canvas->tool() == Tool::Spray) return m_canvas->add(sprayed(pixel), true);
    const std::vector<int> rows = m_canvas->rowsWithin(pixel, brushRadius());
    if (!rows.empty()) m_canvas->apply(removed(m_canvas->points(), rows), true);
}

// A loop too small to hold anything is a click: it lets go of a group, or adds a point.
void CanvasHand::finishLoop(QPointF pixel) {
    const QRectF bounds = m_trail.boundingRect();
    if (bounds.width() + bounds.height() >= 2 * kDragDistance) {
        std::vector<int> rows = m_canvas->rowsInside(m_trail);
        if (m_extends) {
            const auto& before = m_canvas->selection();
            rows.insert(rows.end(), before.begin(), before.end());
        }
        return m_canvas->setSelection(std::move(rows));
    }
    if (m_canvas->selection().size() > 1 || !m_canvas->isEditable()) return m_canvas->setSelection({});
    m_canvas->add({{m_canvas->fromX(pixel.x()), m_canvas->fromY(pixel.y())}}, false);
}

std::vector<QPointF> CanvasHand::sprayed(QPointF pixel) {
    std::vector<QPointF> places;
    for (int i = 0; i < kPuff; ++i) {
        const double dx = m_rng.normal(), dy = m_rng.normal();
        const QPointF at = pixel + QPointF(dx, dy) * 0.45 * brushRadius();
        places.emplace_back(m_canvas->fromX(at.x()), m_canvas->fromY(at.y()));
    }
    return places;
}

void CanvasHand::hover(std::optional<QPointF> pixel) {
    if (std::exchange(m_hovered, pixel) != pixel && m_canvas->tool() != Tool::Point) changed();
}

void CanvasHand::paint(QPainter& painter) {
    if (m_gesture == Gesture::Loop && m_trail.size() > 2) {
        QColor fill = theme().accent;
        fill.setAlphaF(0.12f);
        painter.setBrush(fill);
        painter.setPen(QPen(theme().accent, theme().hairline()));
        painter.drawPolygon(m_trail);
    }
    if (!m_hovered || m_canvas->tool() == Tool::Point || !m_canvas->isEditable() ||
        !m_canvas->area().contains(*m_hovered))
        return;
    const bool sprays = m_canvas->tool() == Tool::Spray;
    const QColor color =
        sprays ? theme().category(categoryOfClass(m_canvas->brushClass())).color : theme().inkSecond;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, theme().contextWidth(), sprays ? Qt::SolidLine : Qt::DashLine));
    painter.drawEllipse(*m_hovered, brushRadius(), brushRadius());
}

} // namespace orrery
