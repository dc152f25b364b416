#include "widgets/plot/brush.h"

#include <QLineF>

namespace orrery {

namespace {

constexpr double kSmallest = 4.0; ///< pixels; a smaller drag is a click

} // namespace

bool Brush::grips(QPointF pixel, Qt::KeyboardModifiers modifiers) const {
    return !(modifiers & Qt::ControlModifier) && plot().area().contains(pixel);
}

void Brush::press(QPointF pixel, Qt::KeyboardModifiers modifiers) {
    m_loop = modifiers & Qt::ShiftModifier;
    m_active = true;
    m_trail = QPolygonF{pixel, pixel};
}

QPolygonF Brush::outline() const {
    if (m_loop) return m_trail;
    return QPolygonF(QRectF(m_trail.first(), m_trail.last()).normalized().intersected(plot().area()));
}

void Brush::drag(QPointF pixel) {
    if (m_loop)
        m_trail.append(pixel);
    else
        m_trail.last() = pixel;
    if (m_trail.boundingRect().width() + m_trail.boundingRect().height() >= kSmallest)
        Q_EMIT brushed(outline());
    changed();
}

void Brush::release(QPointF) {
    m_active = false;
    const QRectF bounds = m_trail.boundingRect();
    Q_EMIT brushed(bounds.width() + bounds.height() >= kSmallest ? outline() : QPolygonF());
    changed();
}

void Brush::paint(QPainter& painter) {
    if (!m_active) return;
    QColor fill = theme().accent;
    fill.setAlphaF(0.12f);
    painter.setBrush(fill);
    painter.setPen(QPen(theme().accent, theme().hairline()));
    painter.drawPolygon(outline());
}

} // namespace orrery
