#include "widgets/parameters/parameter_row.h"

#include "widgets/frame/paint.h"
#include "widgets/parameters/controls.h"
#include "widgets/parameters/number_row.h"
#include "widgets/parameters/plain_rows.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPainter>

namespace orrery {

ParameterRow::ParameterRow(const ParameterSpec& spec, QWidget* parent)
    : QWidget(parent), m_spec(spec), m_value(spec.defaultValue), m_error(new QLabel(this)) {
    m_error->setWordWrap(true);
    m_error->hide();
    setToolTip(QString::fromStdString(spec.tooltip));
    // Height follows width only through the error's wrapping.
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setSizePolicy(policy);
}

void ParameterRow::describe(QWidget* control) const {
    QString name = QString::fromStdString(m_spec.label);
    if (!m_spec.unit.empty()) name += QStringLiteral(", ") + QString::fromStdString(m_spec.unit);
    control->setAccessibleName(name);
    control->setAccessibleDescription(toolTip());
    control->setToolTip(toolTip());
}

void ParameterRow::setSpec(const ParameterSpec& spec) {
    m_spec = spec;
    showValue();
}

void ParameterRow::setValue(const ParameterValue& value) {
    if (value == m_value && error().isEmpty()) return;
    m_value = value;
    // A run that plays moves λ on: what is wrong with the typed one is still to be read.
    if (!holdsTyping()) showError({});
    showValue();
}

void ParameterRow::take(const ParameterValue& value, bool stillDragging) {
    showError({});
    const bool same = value == m_value;
    m_value = value;
    // The end of a drag is told even where its last value is the same.
    if (!same || !stillDragging) Q_EMIT valueChanged(m_value, stillDragging);
}

// A field takes the keys of undoing for its own text, also where that text has long been handed on.
bool ParameterRow::isForTheWindow(const QEvent& event, bool holdsTyping) {
    if (event.type() != QEvent::ShortcutOverride || holdsTyping) return false;
    const auto& key = static_cast<const QKeyEvent&>(event);
    return key.matches(QKeySequence::Undo) || key.matches(QKeySequence::Redo);
}

QString ParameterRow::error() const {
    return m_error->isHidden() ? QString() : m_error->text();
}

void ParameterRow::showError(const QString& sentence) {
    if (sentence == error()) return;
    m_error->setText(sentence);
    m_error->setVisible(!sentence.isEmpty());
    setTheme(m_theme);
    updateGeometry();
}

QString ParameterRow::fieldStyle() const {
    const bool wrong = !error().isEmpty();
    return QStringLiteral("QLineEdit { background: %1; color: %2; border: 1px solid %3; border-radius: %4px; "
                          "padding: 0 %5px; }"
                          "QLineEdit:focus { border-color: %6; }")
        .arg(m_theme.field.name(), (wrong ? m_theme.failure : m_theme.ink).name(),
             (wrong ? m_theme.failure : m_theme.field).name(), QString::number(m_theme.px(6)),
             QString::number(m_theme.px(7)), (wrong ? m_theme.failure : m_theme.accent).name());
}

void ParameterRow::setTheme(const Theme& theme) {
    m_theme = theme;
    m_error->setFont(theme.words(12));
    m_error->setStyleSheet(QStringLiteral("color: %1; background: transparent;").arg(theme.failure.name()));
    updateGeometry();
    resizeEvent(nullptr);
    update();
}

int ParameterRow::bodyHeight() const {
    return m_theme.px(30);
}

QSize ParameterRow::sizeHint() const {
    int height = bodyHeight();
    if (!m_error->isHidden())
        height += m_error->heightForWidth(std::max(width(), m_theme.px(200))) + m_theme.px(6);
    return {m_theme.px(280), height};
}

QSize ParameterRow::minimumSizeHint() const {
    return {m_theme.px(180), sizeHint().height()};
}

void ParameterRow::resizeEvent(QResizeEvent*) {
    place(QRect(0, 0, width(), m_theme.px(30)));
    const int top = bodyHeight();
    m_error->setGeometry(0, top, width(), std::max(0, height() - top - m_theme.px(4)));
}

void ParameterRow::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const double right = controlLeft() - m_theme.px(8);
    const QFont font = m_theme.words(12.5), symbolFont = m_theme.formula(14);
    QFont italic = symbolFont;
    italic.setItalic(true);
    const QString symbol = QString::fromStdString(m_spec.symbol);
    const double symbolWidth = symbol.isEmpty() ? 0 : textWidth(italic, symbol) + m_theme.px(10);
    // Words and symbol on one baseline.
    const double baseline = std::round(m_theme.px(30) / 2.0 + QFontMetricsF(font).capHeight() / 2);
    const auto line = [&](const QFont& f, double x) {
        const QFontMetricsF metrics(f);
        return QRectF(x, baseline - metrics.ascent(), right - x, metrics.height());
    };
    const QColor ink = isEnabled() ? m_theme.inkSecond : m_theme.inkThird;
    double x = drawElided(painter, line(font, 0).adjusted(0, 0, -symbolWidth, 0),
                          Qt::AlignLeft | Qt::AlignTop, font, ink, QString::fromStdString(m_spec.label));
    if (!symbol.isEmpty())
        x += m_theme.px(10) + drawElided(painter, line(italic, x + m_theme.px(10)),
                                         Qt::AlignLeft | Qt::AlignTop, italic, ink, symbol);
    const QString unit = QString::fromStdString(m_spec.unit);
    const QFont small = m_theme.words(11.5);
    if (!unit.isEmpty() && right - x > textWidth(small, unit))
        drawElided(painter, line(small, right - textWidth(small, unit)), Qt::AlignLeft | Qt::AlignTop, small,
                   ink, unit);
}

ParameterRow* makeParameterRow(const ParameterSpec& spec, QWidget* parent) {
    switch (spec.kind) {
    case ParameterKind::Toggle:
        return new ToggleRow(spec, parent);
    case ParameterKind::Choice:
        return new ChoiceRow(spec, parent);
    case ParameterKind::Text:
        return new TextRow(spec, parent);
    case ParameterKind::Integer:
    case ParameterKind::Real:
        return new NumberRow(spec, parent);
    }
    return nullptr;
}

} // namespace orrery
