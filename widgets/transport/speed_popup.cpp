#include "widgets/transport/speed_popup.h"

#include "widgets/frame/paint.h"
#include "widgets/transport/transport_actions.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <cmath>

namespace orrery {

namespace {

constexpr double kDecades = 6;

double speedAt(int position) {
    const double speed = std::pow(10.0, kDecades * position / SlimSlider::kPositions);
    // Two digits are all that a hand can mean.
    const double unit = std::pow(10.0, std::floor(std::log10(speed)) - 1);
    return std::max(1.0, std::round(speed / unit) * unit);
}

int positionOf(double speed) {
    return static_cast<int>(std::lround(std::log10(std::clamp(speed, 1.0, 1e6)) / kDecades * SlimSlider::kPositions));
}

} // namespace

SpeedPopup::SpeedPopup(QWidget* parent) : QWidget(parent, Qt::Popup) {
    setAccessibleName(tr("Speed"));
    m_title = new QLabel(tr("Speed"), this);
    m_field = new QLineEdit(this);
    m_field->setAccessibleName(tr("Steps a second"));
    m_field->setAlignment(Qt::AlignRight);
    m_slider = new SlimSlider(this);
    m_slider->setAccessibleName(tr("Steps a second, in decades"));
    m_unlimited = new QCheckBox(tr("As fast as it goes"), this);
    auto* grid = new QGridLayout(this);
    grid->addWidget(m_title, 0, 0);
    grid->addWidget(m_field, 0, 1);
    grid->addWidget(m_slider, 1, 0, 1, 2);
    grid->addWidget(m_unlimited, 2, 0, 1, 2);
    connect(m_slider, &SlimSlider::moved, this, [this](int position) { choose(speedAt(position)); });
    connect(m_unlimited, &QCheckBox::clicked, this,
            [this](bool on) { choose(on ? kUnlimitedSpeed : speedAt(m_slider->value())); });
    connect(m_field, &QLineEdit::returnPressed, this, &SpeedPopup::typed);
    connect(m_field, &QLineEdit::textEdited, this, [this] { restyle(true); });
    setTheme(m_theme);
}

void SpeedPopup::setSpeed(double speed) {
    m_speed = speed;
    m_field->setText(speedText(speed));
    m_unlimited->setChecked(std::isinf(speed));
    if (!std::isinf(speed)) m_slider->setPosition(positionOf(speed));
    restyle(true);
}

void SpeedPopup::choose(double speed) {
    setSpeed(speed);
    Q_EMIT speedChosen(speed);
}

void SpeedPopup::typed() {
    if (const auto speed = parseSpeed(m_field->text())) choose(*speed);
    else restyle(false);
}

void SpeedPopup::restyle(bool valid) {
    m_field->setStyleSheet(QStringLiteral("QLineEdit { color: %1; }").arg((valid ? m_theme.ink : m_theme.failure).name()));
}

void SpeedPopup::openAbove(QWidget* widget) {
    adjustSize();
    resize(m_theme.px(268), sizeHint().height());
    const QPoint corner = widget->mapToGlobal(QPoint(0, 0));
    const QWidget* window = widget->window();
    const int right = window->mapToGlobal(QPoint(window->width(), 0)).x() - m_theme.px(12);
    move(std::min(corner.x() - m_theme.px(20), right - width()), corner.y() - height() - m_theme.px(12));
    show();
    m_slider->setFocus();
}

void SpeedPopup::setTheme(const Theme& theme) {
    m_theme = theme;
    const int m = theme.px(16);
    layout()->setContentsMargins(m, m - 2, m, m - 2);
    static_cast<QGridLayout*>(layout())->setVerticalSpacing(theme.px(10));
    // A popup is a window: it inherits style sheets, but no palette.
    m_title->setStyleSheet(QStringLiteral("color: %1; background: transparent;").arg(theme.ink.name()));
    m_title->setFont(theme.words(13, QFont::DemiBold));
    m_field->setFont(theme.numbers(12.5));
    m_field->setFixedWidth(theme.px(104));
    m_unlimited->setFont(theme.words(12.5));
    m_slider->setTheme(theme);
    restyle(true);
    update();
}

void SpeedPopup::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.surface);
    drawPanel(painter, rect(), 1, m_theme.surface, m_theme.ghost);
}

} // namespace orrery
