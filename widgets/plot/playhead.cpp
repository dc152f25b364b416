#include "widgets/plot/playhead.h"

#include <algorithm>
#include <cmath>

namespace orrery {

namespace {

constexpr double kReach = 6.0; ///< how near the pointer must be, in logical pixels

} // namespace

void Playhead::setPosition(std::optional<double> x) {
    if (x == m_x) return;
    m_x = x;
    changed();
}

void Playhead::setTag(const QString& text) {
    if (text == m_tag) return;
    m_tag = text;
    changed();
}

QRectF Playhead::tagBox() const {
    if (!m_x || m_tag.isEmpty()) return {};
    const QFontMetricsF metrics(theme().numbers(12, QFont::Medium));
    const double width = metrics.horizontalAdvance(m_tag) + 2 * theme().px(11);
    const double height = metrics.height() + 2 * theme().px(2);
    const QRectF area = plot().area();
    // The tag stays inside, however far the line goes: beside the area stand the labels of the curves.
    const double left = std::clamp(plot().toX(*m_x) - width / 2, area.left() - theme().px(4),
                                   std::max(area.left(), area.right() + theme().px(4) - width));
    return {left, area.bottom() - height - theme().px(8), width, height};
}

bool Playhead::isInside() const {
    if (!m_x) return false;
    const double at = plot().toX(*m_x);
    return std::isfinite(at) && at >= plot().area().left() - 1 && at <= plot().area().right() + 1;
}

void Playhead::paint(QPainter& painter) {
    if (!isInside()) return;
    const QRectF area = plot().area();
    const double width = wholeWidth(2.0 * theme().lineScale, plot().ratio()),
                 x = snapped(plot().toX(*m_x), width, plot().ratio());
    painter.setPen(QPen(theme().brass, width, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
}

void Playhead::paintTop(QPainter& painter) {
    if (!isInside() || m_tag.isEmpty()) return;
    const QRectF box(snappedText(tagBox().topLeft(), plot().ratio()), tagBox().size());
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().brass);
    painter.drawRoundedRect(box, theme().px(5), theme().px(5));
    const QFont font = theme().numbers(12, QFont::Medium);
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    painter.setPen(theme().onBrass);
    painter.drawText(QPointF(box.left() + theme().px(11), box.center().y() + metrics.capHeight() / 2), m_tag);
}

bool Playhead::grips(QPointF pixel, Qt::KeyboardModifiers) const {
    if (!isInside() || !m_draggable) return false;
    const QRectF area = plot().area();
    const bool onLine = std::abs(pixel.x() - plot().toX(*m_x)) <= kReach && pixel.y() >= area.top() &&
                        pixel.y() <= area.bottom();
    return onLine || tagBox().contains(pixel);
}

bool Playhead::key(int key) {
    if (!m_x || !m_draggable || (key != Qt::Key_Comma && key != Qt::Key_Period)) return false;
    Q_EMIT stepped(key == Qt::Key_Period ? 1 : -1);
    return true;
}

void Playhead::press(QPointF pixel, Qt::KeyboardModifiers) {
    m_offset = plot().toX(*m_x) - pixel.x();
}

void Playhead::drag(QPointF pixel) {
    const QRectF area = plot().area();
    Q_EMIT moved(plot().fromX(std::clamp(pixel.x() + m_offset, area.left(), area.right())));
}

} // namespace orrery
