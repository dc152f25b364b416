#include "widgets/frame/status_facts.h"

#include "widgets/frame/paint.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <cmath>

namespace orrery {

FactLabel::FactLabel(const QString& label, QWidget* parent) : QAbstractButton(parent) {
    setText(label);
    setAccessibleName(label);
    setPressable(false);
}

bool FactLabel::setValue(const QString& value) {
    if (value == m_value) return false;
    m_value = value;
    setAccessibleName(text() + QLatin1Char(' ') + value);
    const bool wider = value.size() > m_widest.size();
    if (wider) setWidest(value);
    update();
    return wider;
}

void FactLabel::setWidest(const QString& widest) {
    m_widest = widest;
    updateGeometry();
}

void FactLabel::setPressable(bool pressable) {
    m_pressable = pressable;
    setFocusPolicy(pressable ? Qt::TabFocus : Qt::NoFocus);
    setCursor(pressable ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setAttribute(Qt::WA_TransparentForMouseEvents, !pressable);
    setAttribute(Qt::WA_Hover, pressable);
}

void FactLabel::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    update();
}

QSize FactLabel::sizeHint() const {
    const double width =
        std::max(textWidth(m_theme.words(11), text()), textWidth(m_theme.numbers(12.5), m_widest));
    return {static_cast<int>(std::ceil(width)) + 2, m_theme.px(40)};
}

void FactLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const double middle = height() / 2.0;
    drawElided(painter, QRectF(0, middle - m_theme.px(19), width(), m_theme.px(18)),
               Qt::AlignLeft | Qt::AlignVCenter, m_theme.words(11), m_theme.inkSecond, text());
    const QRectF line(0, middle - m_theme.px(1), width(), m_theme.px(20));
    const bool lit = m_pressable && (underMouse() || hasFocus());
    drawElided(painter, line, Qt::AlignLeft | Qt::AlignVCenter, m_theme.numbers(12.5, QFont::Medium),
               lit ? m_theme.accent : m_theme.ink, m_value);
    if (hasFocus()) painter.fillRect(QRectF(0, line.bottom(), width(), 2), m_theme.accent);
}

void FactLabel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

StatusFacts::StatusFacts(QWidget* parent) : QWidget(parent), m_layout(new QHBoxLayout(this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(24);
    m_layout->addStretch(1);
}

void StatusFacts::setFacts(const std::vector<Fact>& facts) {
    for (auto& [id, label] : m_labels)
        delete label;
    m_labels.clear();
    int at = 0;
    for (const Fact& fact : facts) {
        auto* label = new FactLabel(fact.label, this);
        label->setTheme(m_theme);
        label->setWidest(fact.widest);
        label->setValue(fact.value);
        m_layout->insertWidget(at++, label);
        m_labels.emplace_back(fact.id, label);
    }
}

void StatusFacts::setValue(const QString& id, const QString& value) {
    for (auto& [name, label] : m_labels)
        if (name == id) label->setValue(value);
}

void StatusFacts::setTheme(const Theme& theme) {
    m_theme = theme;
    m_layout->setSpacing(theme.px(24));
    for (auto& [id, label] : m_labels)
        label->setTheme(theme);
}

} // namespace orrery
