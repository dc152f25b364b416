#include "widgets/canvas/point_grip.h"

namespace orrery {

namespace {
constexpr double kDragDistance = 3.0; ///< pixels; less is a click
}

PointGrip::PointGrip(Plot* plot, std::function<int(QPointF)> rowAt, std::function<QPointF(int)> place)
    : PlotPiece(plot), m_rowAt(std::move(rowAt)), m_place(std::move(place)) {}

bool PointGrip::grips(QPointF pixel, Qt::KeyboardModifiers modifiers) const {
    return !(modifiers & (Qt::ControlModifier | Qt::ShiftModifier)) && m_rowAt(pixel) >= 0;
}

void PointGrip::press(QPointF pixel, Qt::KeyboardModifiers) {
    m_row = m_rowAt(pixel);
    m_offset = m_place(m_row) - pixel;
    m_moved = false;
    Q_EMIT taken(m_row);
}

void PointGrip::drag(QPointF pixel) {
    m_moved = m_moved || QLineF(pixel + m_offset, m_place(m_row)).length() >= kDragDistance;
    if (m_moved) Q_EMIT dragged(m_row, pixel + m_offset);
}

void PointGrip::release(QPointF pixel) {
    Q_EMIT dropped(m_row, pixel + m_offset, m_moved);
}

} // namespace orrery
