#include "widgets/parameters/number_row.h"

#include "widgets/frame/paint.h"
#include "widgets/parameters/parameter_scale.h"
#include "widgets/parameters/slim_slider.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QtMath>
#include <algorithm>

namespace orrery {

NumberRow::NumberRow(const ParameterSpec& spec, QWidget* parent)
    : ParameterRow(spec, parent), m_field(new QLineEdit(this)), m_slider(new SlimSlider(this)) {
    m_field->setAlignment(Qt::AlignRight);
    m_field->installEventFilter(this);
    describe(m_field);
    describe(m_slider);
    connect(m_field, &QLineEdit::editingFinished, this, &NumberRow::takeTyped);
    connect(m_field, &QLineEdit::returnPressed, this, [this] {
        takeTyped();                                  // editingFinished() comes later
        if (error().isEmpty()) m_field->clearFocus(); // the keys are the transport's again
    });
    connect(m_slider, &SlimSlider::moved, this, &NumberRow::slid);
    connect(m_slider, &SlimSlider::settled, this, [this] { take(value()); });
    setTheme(theme());
    showValue();
}

void NumberRow::slid(int position) {
    take(valueOfNumber(spec(), numberAt(spec(), position, SlimSlider::kPositions)), m_slider->isSliderDown());
    m_field->setText(fieldText(spec(), value()));
}

void NumberRow::takeTyped() {
    if (!m_field->isModified()) return showValue(); // what stands there may be of a moment ago
    const QString text = m_field->text();
    if (text == fieldText(spec(), value())) return showError({});
    const auto parsed = parseParameter(spec(), text.trimmed().toStdString());
    // The old value stays in force until there is a good one.
    if (!parsed) return showError(QString::fromStdString(parsed.error().message));
    m_field->setModified(false);
    if (*parsed != value()) take(*parsed);
    showError({});
    showValue();
    Q_EMIT typed(*parsed);
}

// A selection is the beginning of typing.
bool NumberRow::holdsTyping() const {
    return m_field->hasFocus() && (m_field->isModified() || m_field->hasSelectedText());
}

// What the hand is on stays as the hand has it: a run that plays must not type over what is being typed.
void NumberRow::showValue() {
    if (!holdsTyping()) {
        m_field->setText(fieldText(spec(), value()));
        m_field->setCursorPosition(0);
    }
    if (!m_slider->isSliderDown())
        m_slider->setPosition(positionOf(spec(), numberOf(value()), SlimSlider::kPositions));
}

void NumberRow::setTheme(const Theme& theme) {
    ParameterRow::setTheme(theme);
    m_field->setFont(theme.numbers(12.5));
    m_field->setStyleSheet(fieldStyle());
    m_slider->setTheme(theme);
}

int NumberRow::bodyHeight() const {
    return theme().px(52);
}

int NumberRow::controlLeft() const {
    return m_field->x();
}

// The longest count that may be typed is seen whole.
int NumberRow::fieldWidth() const {
    const double longest = std::min(spec().hardMaximum.value_or(spec().maximum), 1e9);
    const bool counts = spec().kind == ParameterKind::Integer && longest > 1e6;
    const double text =
        counts ? textWidth(theme().numbers(12.5), fieldText(spec(), static_cast<std::int64_t>(longest)))
               : 0.0;
    return std::max(theme().px(76), qCeil(text) + theme().px(20));
}

void NumberRow::place(const QRect& line) {
    const int wide = fieldWidth(), tall = theme().px(24);
    m_field->setGeometry(line.right() + 1 - wide, line.top() + (line.height() - tall) / 2, wide, tall);
    m_slider->setGeometry(line.left(), line.bottom() - theme().px(2), line.width(), theme().px(20));
}

bool NumberRow::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_field && isForTheWindow(*event, m_field->isModified())) {
        event->ignore();
        return true;
    }
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape) {
            m_field->setModified(false);
            showError({});
            showValue();
            m_field->clearFocus();
            return true;
        }
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            m_slider->setValue(m_slider->value() + (key == Qt::Key_Up ? 1 : -1) * m_slider->singleStep());
            return true;
        }
    }
    return ParameterRow::eventFilter(watched, event);
}

} // namespace orrery
