#include "widgets/frame/buttons.h"

#include "widgets/frame/paint.h"
#include "widgets/theme/contrast.h"

#include <QAction>
#include <QKeyEvent>
#include <QPainter>

namespace orrery {

QString plainText(const QAction& action) {
    QString text = action.text();
    text.remove(QLatin1Char('&'));
    text.remove(QChar(0x2026));
    return text;
}

ActionButton::ActionButton(QAction* action, QWidget* parent) : QAbstractButton(parent) {
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    connect(this, &QAbstractButton::clicked, this, [this] {
        if (m_action) m_action->trigger();
    });
    if (action) setAction(action);
}

void ActionButton::setAction(QAction* action) {
    if (m_action) m_action->disconnect(this);
    m_action = action;
    if (!action) return;
    connect(action, &QAction::changed, this, &ActionButton::follow);
    follow();
}

void ActionButton::follow() {
    setCheckable(m_action->isCheckable());
    setChecked(m_action->isChecked());
    setEnabled(m_action->isEnabled());
    setVisible(m_action->isVisible());
    const QString words = plainText(*m_action);
    const QString key = m_action->shortcut().toString(QKeySequence::NativeText);
    setText(words);
    setAccessibleName(words);
    setAccessibleDescription(m_action->statusTip());
    setToolTip(key.isEmpty() ? words : QStringLiteral("%1  (%2)").arg(words, key));
    updateGeometry();
    update();
}

void ActionButton::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    update();
}

void ActionButton::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

void ActionButton::focusInEvent(QFocusEvent* event) {
    const Qt::FocusReason reason = event->reason();
    m_keyboardFocus = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
    QAbstractButton::focusInEvent(event);
}

void ActionButton::enterEvent(QEnterEvent* event) {
    m_hovered = true;
    update();
    QAbstractButton::enterEvent(event);
}

void ActionButton::leaveEvent(QEvent* event) {
    m_hovered = false;
    update();
    QAbstractButton::leaveEvent(event);
}

QColor ActionButton::restingInk() const {
    if (!isEnabled()) return m_theme.ghost;
    if (isChecked()) return m_theme.accent;
    return hovered() ? m_theme.ink : m_theme.inkSecond;
}

// --- IconButton -------------------------------------------------------------------------------------------

IconButton::IconButton(QAction* action, QWidget* parent, int side, int iconSide)
    : ActionButton(action, parent), m_side(side), m_iconSide(iconSide) {}

void IconButton::setDrawing(Icon icon) {
    m_drawing = icon;
    update();
}

std::optional<Icon> IconButton::drawing() const {
    if (m_drawing) return m_drawing;
    return action() ? iconOf(action()->icon()) : std::nullopt;
}

QSize IconButton::sizeHint() const { return {theme().px(m_side), theme().px(m_side)}; }

void IconButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRectF box = rect();
    const double radius = theme().px(8);
    if (isChecked()) drawPanel(painter, box, radius, theme().accentSoft);
    else if (hovered()) drawPanel(painter, box, radius, isDown() ? theme().track : theme().field);
    QRectF square(0, 0, theme().px(m_iconSide), theme().px(m_iconSide));
    square.moveCenter(box.center());
    if (const auto icon = drawing()) paintIcon(painter, square, *icon, restingInk(), theme());
    if (showsFocus()) drawFocusRing(painter, box, radius, theme());
}

void DiscButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(1, 1, -1, -1);
    QColor fill = isEnabled() ? theme().accent : theme().track;
    if (hovered()) fill = mixed(fill, theme().ink, isDown() ? 0.22 : 0.1);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawEllipse(box);
    QRectF square(0, 0, box.width() * 0.52, box.width() * 0.52);
    square.moveCenter(box.center());
    const auto icon = drawing();
    // The centre of gravity of a triangle stands left of its box.
    if (icon == Icon::Play) square.translate(-box.width() * 0.01, 0);
    if (icon) paintIcon(painter, square, *icon, isEnabled() ? theme().onAccent : theme().inkThird, theme());
    if (!showsFocus()) return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme().surface, 1.5));
    painter.drawEllipse(box.adjusted(2.5, 2.5, -2.5, -2.5));
}

// --- TextButton -------------------------------------------------------------------------------------------

QString TextButton::keyText() const {
    if (!action() || !action()->property("showsKey").toBool()) return {};
    return action()->shortcut().toString(QKeySequence::NativeText);
}

QSize TextButton::sizeHint() const {
    const QString key = keyText();
    double width = textWidth(theme().words(12), text()) + theme().px(32);
    if (!key.isEmpty()) width += textWidth(theme().numbers(11), key) + theme().px(7);
    return {static_cast<int>(std::ceil(width)), theme().px(30)};
}

void TextButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRectF box = rect();
    const double radius = theme().px(8);
    const QColor ground = isChecked() ? theme().accentSoft : isDown() ? theme().field : theme().surface;
    drawPanel(painter, box, radius, ground, hovered() ? theme().ghost : theme().line);
    const QString key = keyText();
    const QFont font = theme().words(12);
    const double gap = key.isEmpty() ? 0 : theme().px(7);
    const double keyWidth = key.isEmpty() ? 0 : textWidth(theme().numbers(11), key);
    double x = (box.width() - textWidth(font, text()) - gap - keyWidth) / 2;
    const QColor ink = !isEnabled() ? theme().inkThird : isChecked() ? theme().accent : theme().ink;
    x += drawElided(painter, box.adjusted(x, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, font, ink, text());
    if (!key.isEmpty())
        drawElided(painter, box.adjusted(x + gap, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                   theme().numbers(11), isEnabled() ? theme().inkSecond : theme().inkThird, key);
    if (showsFocus()) drawFocusRing(painter, box, radius, theme());
}

// --- LinkButton -------------------------------------------------------------------------------------------

LinkButton::LinkButton(const QString& text, QWidget* parent) : ActionButton(nullptr, parent) {
    setText(text);
    setAccessibleName(text);
}

QSize LinkButton::sizeHint() const {
    return {static_cast<int>(std::ceil(textWidth(theme().words(12, QFont::Medium), text()))) + 2, theme().px(20)};
}

void LinkButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    QFont font = theme().words(12, QFont::Medium);
    font.setUnderline(hovered() || showsFocus());
    const QColor ink = isEnabled() ? readable(theme().accent, theme().surface) : theme().inkThird;
    drawElided(painter, rect(), Qt::AlignVCenter | Qt::AlignRight, font, ink, text());
}

} // namespace orrery
