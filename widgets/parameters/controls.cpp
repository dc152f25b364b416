#include "widgets/parameters/controls.h"

#include "widgets/frame/paint.h"
#include "widgets/theme/icons.h"

#include <QKeyEvent>
#include <QPainter>
#include <QWheelEvent>
#include <cmath>

namespace orrery {

ToggleSwitch::ToggleSwitch(QWidget* parent) : QAbstractButton(parent) {
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
}

void ToggleSwitch::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    update();
}

void ToggleSwitch::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QRectF box(0, 0, m_theme.px(36), m_theme.px(20));
    box.moveCenter(QRectF(rect()).center());
    const QColor off = m_theme.kind == ThemeKind::Dark ? m_theme.ghost : m_theme.inkThird;
    const QColor ground = isChecked() ? (isEnabled() ? m_theme.accent : m_theme.ghost) : m_theme.track;
    drawPanel(painter, box, box.height() / 2, ground, isChecked() ? QColor() : off);
    const double radius = box.height() / 2 - m_theme.px(3);
    const double x = isChecked() ? box.right() - box.height() / 2 : box.left() + box.height() / 2;
    painter.setPen(isChecked() ? QPen(Qt::NoPen) : QPen(off, 1));
    painter.setBrush(m_theme.kind == ThemeKind::Dark ? m_theme.ink : m_theme.surface);
    painter.drawEllipse(QPointF(x, box.center().y()), radius, radius);
    if (!hasFocus()) return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(isChecked() ? m_theme.ink : m_theme.accent, 1.5));
    painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), box.height() / 2, box.height() / 2);
}

void ToggleSwitch::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

SoftCombo::SoftCombo(QWidget* parent) : QComboBox(parent) {
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void SoftCombo::setTheme(const Theme& theme) {
    m_theme = theme;
    setFont(theme.words(12.5));
    updateGeometry();
    update();
}

QSize SoftCombo::sizeHint() const {
    double widest = 0;
    for (int i = 0; i < count(); ++i)
        widest = std::max(widest, textWidth(m_theme.words(12, QFont::Medium), itemText(i)));
    return {static_cast<int>(std::ceil(widest)) + m_theme.px(46), m_theme.px(26)};
}

void SoftCombo::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRectF box = rect();
    drawPanel(painter, box, m_theme.px(6), m_theme.field,
              underMouse() && isEnabled() ? m_theme.ghost : m_theme.field);
    QRectF arrow(0, 0, m_theme.px(14), m_theme.px(14));
    arrow.moveCenter({box.right() - m_theme.px(16), box.center().y()});
    paintIcon(painter, arrow, Icon::Chevron, m_theme.inkSecond, m_theme);
    drawElided(painter, QRectF(m_theme.px(12), 0, arrow.left() - m_theme.px(16), height()),
               Qt::AlignVCenter | Qt::AlignLeft, m_theme.words(12, QFont::Medium),
               isEnabled() ? m_theme.ink : m_theme.inkThird, currentText());
    if (hasFocus()) drawFocusRing(painter, box, m_theme.px(6), m_theme);
}

void SoftCombo::wheelEvent(QWheelEvent* event) {
    if (!hasFocus()) return event->ignore();
    QComboBox::wheelEvent(event);
}

bool SoftCombo::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Home || key == Qt::Key_End || key == Qt::Key_Space) {
            event->accept();
            return true;
        }
    }
    return QComboBox::event(event);
}

} // namespace orrery
