#include "widgets/transport/seed_field.h"

#include "widgets/frame/paint.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>

namespace orrery {

SeedField::SeedField(QWidget* parent) : QWidget(parent) {
    m_fact = new FactLabel(tr("seed"), this);
    m_fact->setPressable(true);
    m_fact->setToolTip(tr("The seed of the run: what it draws at random. Data that are made have a seed of "
                          "their own. Press to type another."));
    m_lockAction = new QAction(plainIcon(Icon::Unlock), tr("Lock the seed"), this);
    m_lockAction->setCheckable(true);
    m_lock = new IconButton(m_lockAction, this, 18, 13);
    m_editor = new QLineEdit(this);
    m_editor->setAccessibleName(tr("Seed"));
    m_editor->setMaxLength(20);
    m_editor->installEventFilter(this);
    m_editor->hide();
    connect(m_fact, &FactLabel::clicked, this, &SeedField::startEditing);
    connect(m_editor, &QLineEdit::returnPressed, this, &SeedField::accept);
    connect(m_editor, &QLineEdit::textEdited, this, [this] { colourEditor(true); });
    connect(m_lockAction, &QAction::toggled, this, [this](bool locked) {
        m_lock->setDrawing(locked ? Icon::Lock : Icon::Unlock);
        m_lockAction->setText(locked ? tr("Unlock the seed") : tr("Lock the seed"));
    });
    connect(m_lockAction, &QAction::triggered, this, &SeedField::lockToggled);
    setSeed(0);
}

void SeedField::setSeed(quint64 seed) {
    m_seed = seed;
    m_fact->setValue(QString::number(seed));
    updateGeometry();
}

void SeedField::setLocked(bool locked) {
    m_lockAction->setChecked(locked);
}

bool SeedField::isLocked() const {
    return m_lockAction->isChecked();
}

QSize SeedField::sizeHint() const {
    const double label = textWidth(m_theme.words(11), m_fact->text()) + m_theme.px(22);
    return {std::max(static_cast<int>(label), m_fact->sizeHint().width()), m_theme.px(44)};
}

void SeedField::resizeEvent(QResizeEvent*) {
    m_fact->setGeometry(rect());
    const int label = static_cast<int>(textWidth(m_theme.words(11), m_fact->text()));
    const int middle = height() / 2 - m_theme.px(10);
    const QSize lock = m_lock->sizeHint();
    m_lock->setGeometry(label + m_theme.px(3), middle - lock.height() / 2, lock.width(), lock.height());
    m_lock->raise();
    const int wide = std::max(width(), m_theme.px(64));
    m_editor->setGeometry(-m_theme.px(4), height() / 2 - m_theme.px(2), wide, m_theme.px(24));
}

void SeedField::startEditing() {
    m_editor->setText(QString::number(m_seed));
    m_editor->setFont(m_theme.numbers(12.5));
    colourEditor(true);
    m_editor->show();
    m_editor->raise();
    m_editor->selectAll();
    m_editor->setFocus();
}

void SeedField::colourEditor(bool valid) {
    m_editor->setStyleSheet(
        QStringLiteral("QLineEdit { padding: 0 3px; color: %1; background: %2; border: 1px solid %3; }")
            .arg((valid ? m_theme.ink : m_theme.failure).name(), m_theme.field.name(),
                 (valid ? m_theme.accent : m_theme.failure).name()));
}

void SeedField::accept() {
    bool valid = false;
    const quint64 seed = m_editor->text().trimmed().toULongLong(&valid);
    if (!valid) return colourEditor(false);
    stopEditing();
    if (seed == m_seed) return;
    setSeed(seed);
    Q_EMIT seedEdited(seed);
}

void SeedField::stopEditing() {
    const bool focused = m_editor->hasFocus();
    m_editor->hide();
    if (focused) m_fact->setFocus();
}

bool SeedField::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        stopEditing();
        return true;
    }
    if (event->type() == QEvent::FocusOut && m_editor->isVisible()) m_editor->hide();
    return QWidget::eventFilter(watched, event);
}

void SeedField::setTheme(const Theme& theme) {
    m_theme = theme;
    m_fact->setTheme(theme);
    m_lock->setTheme(theme);
    updateGeometry();
}

} // namespace orrery
