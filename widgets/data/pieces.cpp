#include "widgets/data/pieces.h"

#include "widgets/frame/paint.h"
#include "widgets/theme/contrast.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QRandomGenerator>
#include <QRegularExpressionValidator>

namespace orrery {

EntryField::EntryField(const QString& placeholder, bool mono, QWidget* parent)
    : QLineEdit(parent), m_mono(mono) {
    setPlaceholderText(placeholder);
    setTheme(Theme::light());
}

void EntryField::setTheme(const Theme& theme) {
    setFont(m_mono ? theme.numbers(12.5) : theme.words());
    setFixedHeight(theme.px(30));
    if (m_width > 0) setFixedWidth(theme.px(m_width));
}

void EntryField::setFieldWidth(int width) {
    m_width = width;
    setFixedWidth(width);
}

void EntryField::keyPressEvent(QKeyEvent* event) {
    QLineEdit::keyPressEvent(event);
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) event->accept();
}

// --- ThemedLabel ------------------------------------------------------------------------------------------

ThemedLabel::ThemedLabel(Style style, const QString& text, QWidget* parent)
    : QLabel(text, parent), m_style(style) {
    setTextFormat(Qt::PlainText);
    setTheme(m_theme);
}

void ThemedLabel::setStyle(Style style) {
    if (style == m_style) return;
    m_style = style;
    setTheme(m_theme);
}

void ThemedLabel::setTheme(const Theme& theme) {
    m_theme = theme;
    QColor ink = theme.ink;
    if (m_style == Style::Muted || m_style == Style::Small) ink = theme.inkSecond;
    if (m_style == Style::Failure) ink = theme.failure;
    QPalette palette;
    palette.setColor(QPalette::WindowText, ink);
    setPalette(palette);
    switch (m_style) {
    case Style::Title:
        return setFont(theme.labTitle());
    case Style::Heading:
        return setFont(theme.cardTitle());
    case Style::Small:
        return setFont(theme.words(11.5));
    case Style::Figure:
        return setFont(theme.numbers());
    default:
        return setFont(theme.words());
    }
}

// --- DialogBand
// -------------------------------------------------------------------------------------------------

DialogBand::DialogBand(Side side, QWidget* parent) : QWidget(parent), m_side(side) {}

void DialogBand::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void DialogBand::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.surface);
    painter.fillRect(QRect(0, m_side == Side::Top ? height() - 1 : 0, width(), 1), m_theme.line);
}

// --- Seed -------------------------------------------------------------------------------------------------

namespace {

void paintSquareButton(QPainter& painter, const QAbstractButton& button, const Theme& theme) {
    const bool hovered = button.isEnabled() && button.underMouse();
    drawPanel(painter, button.rect(), theme.px(7), hovered ? theme.field : theme.surface, theme.line);
    if (button.hasFocus()) drawFocusRing(painter, button.rect(), theme.px(7), theme);
}

} // namespace

DieButton::DieButton(QWidget* parent) : QAbstractButton(parent) {
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setToolTip(QStringLiteral("Throw a new seed"));
    setAccessibleName(toolTip());
}

void DieButton::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    update();
}

void DieButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintSquareButton(painter, *this, m_theme);
    const QColor ink = isEnabled() ? m_theme.inkSecond : m_theme.ghost;
    const double side = m_theme.px(14);
    const QRectF die(rect().center().x() + 0.5 - side / 2, rect().center().y() + 0.5 - side / 2, side, side);
    painter.setPen(QPen(ink, 1.4 * m_theme.scale));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(die, side / 5, side / 5);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    for (const QPointF pip : {QPointF(0.27, 0.27), QPointF(0.73, 0.27), QPointF(0.5, 0.5),
                              QPointF(0.27, 0.73), QPointF(0.73, 0.73)})
        painter.drawEllipse(QPointF(die.left() + pip.x() * side, die.top() + pip.y() * side), side * 0.085,
                            side * 0.085);
}

LockButton::LockButton(QWidget* parent) : QAbstractButton(parent) {
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setToolTip(QStringLiteral("Lock the seed"));
    setAccessibleName(toolTip());
}

void LockButton::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    update();
}

void LockButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintSquareButton(painter, *this, m_theme);
    QRectF square(0, 0, m_theme.px(16), m_theme.px(16));
    square.moveCenter(QRectF(rect()).center());
    paintIcon(painter, square, isChecked() ? Icon::Lock : Icon::Unlock,
              isChecked() ? m_theme.accent : m_theme.inkSecond, m_theme);
}

SeedEntry::SeedEntry(QWidget* parent)
    : QWidget(parent)
    , m_field(new EntryField(QString(), true, this))
    , m_die(new DieButton(this))
    , m_lock(new LockButton(this)) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_field);
    layout->addWidget(m_die);
    layout->addWidget(m_lock);
    m_field->setFieldWidth(76);
    m_field->setAlignment(Qt::AlignRight);
    m_field->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("\\d{1,18}")), m_field));
    m_field->setAccessibleName(QStringLiteral("Seed"));
    m_field->setText(QString::number(m_seed));
    connect(m_field, &QLineEdit::editingFinished, this, [this] { take(m_field->text().toULongLong()); });
    connect(m_die, &QAbstractButton::clicked, this, &SeedEntry::throwDie);
    connect(m_lock, &QAbstractButton::toggled, this, &SeedEntry::follow);
}

void SeedEntry::setSeed(quint64 seed) {
    m_seed = seed;
    m_field->setText(QString::number(seed));
}

bool SeedEntry::isLocked() const {
    return m_lock->isChecked();
}

void SeedEntry::setLocked(bool locked) {
    m_lock->setChecked(locked);
}

void SeedEntry::throwDie() {
    if (!isLocked()) take(QRandomGenerator::global()->bounded(1u, 1'000'000u));
}

void SeedEntry::take(quint64 seed) {
    if (seed == m_seed) return;
    setSeed(seed);
    Q_EMIT seedChanged(seed);
}

void SeedEntry::follow() {
    m_field->setReadOnly(isLocked());
    m_die->setEnabled(!isLocked());
    m_lock->setToolTip(isLocked() ? QStringLiteral("Unlock the seed") : QStringLiteral("Lock the seed"));
}

void SeedEntry::setTheme(const Theme& theme) {
    layout()->setSpacing(theme.px(6));
}

} // namespace orrery
