#include "widgets/parameters/plain_rows.h"

#include "widgets/parameters/controls.h"

#include <QAbstractItemView>
#include <QLineEdit>
#include <QMouseEvent>
#include <algorithm>

namespace orrery {

// --- ToggleRow --------------------------------------------------------------------------------------------

ToggleRow::ToggleRow(const ParameterSpec& spec, QWidget* parent)
    : ParameterRow(spec, parent), m_switch(new ToggleSwitch(this)) {
    describe(m_switch);
    connect(m_switch, &ToggleSwitch::clicked, this, [this](bool on) { take(on); });
    setTheme(theme());
    showValue();
}

void ToggleRow::showValue() {
    const bool* on = std::get_if<bool>(&value());
    m_switch->setChecked(on && *on);
}

void ToggleRow::setTheme(const Theme& theme) {
    ParameterRow::setTheme(theme);
    m_switch->setTheme(theme);
}

void ToggleRow::place(const QRect& line) {
    const QSize size = m_switch->sizeHint();
    m_switch->setGeometry(line.right() + 1 - size.width(), line.top() + (line.height() - size.height()) / 2,
                          size.width(), size.height());
}

int ToggleRow::controlLeft() const {
    return m_switch->x();
}

void ToggleRow::mousePressEvent(QMouseEvent* event) {
    // The whole row is the target: a label belongs to its switch.
    if (event->button() == Qt::LeftButton) m_switch->click();
}

// --- ChoiceRow --------------------------------------------------------------------------------------------

ChoiceRow::ChoiceRow(const ParameterSpec& spec, QWidget* parent)
    : ParameterRow(spec, parent), m_combo(new SoftCombo(this)) {
    for (const ParameterOption& option : spec.options)
        m_combo->addItem(QString::fromStdString(option.label), QString::fromStdString(option.id));
    describe(m_combo);
    describe(m_combo->view());
    connect(m_combo, &QComboBox::activated, this,
            [this](int at) { take(m_combo->itemData(at).toString().toStdString()); });
    setTheme(theme());
    showValue();
}

void ChoiceRow::showValue() {
    const auto* id = std::get_if<std::string>(&value());
    m_combo->setCurrentIndex(id ? m_combo->findData(QString::fromStdString(*id)) : -1);
}

void ChoiceRow::setTheme(const Theme& theme) {
    ParameterRow::setTheme(theme);
    m_combo->setTheme(theme);
    resizeEvent(nullptr);
}

void ChoiceRow::place(const QRect& line) {
    // The label keeps a third of the row.
    const int wide = std::min(m_combo->sizeHint().width(), line.width() * 2 / 3), tall = theme().px(26);
    m_combo->setGeometry(line.right() + 1 - wide, line.top() + (line.height() - tall) / 2, wide, tall);
}

int ChoiceRow::controlLeft() const {
    return m_combo->x();
}

// --- TextRow ----------------------------------------------------------------------------------------------

TextRow::TextRow(const ParameterSpec& spec, QWidget* parent)
    : ParameterRow(spec, parent), m_field(new QLineEdit(this)) {
    describe(m_field);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::editingFinished, this, &TextRow::typed);
    setTheme(theme());
    showValue();
}

void TextRow::typed() {
    const auto parsed = parseParameter(spec(), m_field->text().toStdString());
    if (!parsed) return showError(QString::fromStdString(parsed.error().message));
    m_field->setModified(false);
    if (*parsed != value()) take(*parsed);
}

bool TextRow::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_field && isForTheWindow(*event, m_field->isModified())) {
        event->ignore();
        return true;
    }
    return ParameterRow::eventFilter(watched, event);
}

void TextRow::showValue() {
    const auto* text = std::get_if<std::string>(&value());
    m_field->setText(text ? QString::fromStdString(*text) : QString());
}

void TextRow::setTheme(const Theme& theme) {
    ParameterRow::setTheme(theme);
    m_field->setFont(theme.words(12.5));
    m_field->setStyleSheet(fieldStyle());
}

void TextRow::place(const QRect& line) {
    const int wide = line.width() * 6 / 10, tall = theme().px(26);
    m_field->setGeometry(line.right() + 1 - wide, line.top() + (line.height() - tall) / 2, wide, tall);
}

int TextRow::controlLeft() const {
    return m_field->x();
}

} // namespace orrery
