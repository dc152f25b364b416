#include "widgets/parameters/slim_slider.h"

#include "widgets/frame/paint.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <cmath>

namespace orrery {

namespace {

constexpr double kKnob = 7;
constexpr double kGroove = 4;

} // namespace

SlimSlider::SlimSlider(QWidget* parent) : QAbstractSlider(parent) {
    setOrientation(Qt::Horizontal);
    setRange(0, kPositions);
    setSingleStep(kPositions / 100);
    setPageStep(kPositions / 10);
    setFocusPolicy(Qt::TabFocus); // a drag leaves the keys to the transport
    setCursor(Qt::PointingHandCursor);
    connect(this, &QAbstractSlider::valueChanged, this, [this](int position) {
        if (!m_quiet) Q_EMIT moved(position);
    });
}

void SlimSlider::setPosition(int position) {
    m_quiet = true;
    setValue(position);
    m_quiet = false;
    update();
}

void SlimSlider::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    update();
}

double SlimSlider::knobX() const {
    const double radius = m_theme.px(kKnob);
    return radius + (width() - 2 * radius) * value() / double(kPositions);
}

int SlimSlider::positionAt(double x) const {
    const double radius = m_theme.px(kKnob);
    const double share = (x - radius) / std::max(1.0, width() - 2 * radius);
    return static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * kPositions));
}

void SlimSlider::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double thick = m_theme.px(kGroove), middle = height() / 2.0;
    const QColor accent = isEnabled() ? m_theme.accent : m_theme.ghost;
    const QRectF groove(0, middle - thick / 2, width(), thick);
    drawPanel(painter, groove, thick / 2, m_theme.track);
    drawPanel(painter, QRectF(groove.topLeft(), QPointF(knobX(), groove.bottom())), thick / 2, accent);
    const double pen = m_theme.px(2);
    const double radius = m_theme.px(kKnob) - pen / 2;
    painter.setPen(QPen(accent, pen));
    painter.setBrush(m_theme.kind == ThemeKind::Dark ? m_theme.ink : m_theme.surface);
    painter.drawEllipse(QPointF(knobX(), middle), radius, radius);
    if (!hasFocus()) return;
    // A second ring with the ground between.
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_theme.accent, 1.5));
    painter.drawEllipse(QPointF(knobX(), middle), radius + m_theme.px(3), radius + m_theme.px(3));
}

void SlimSlider::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    setSliderDown(true);
    setValue(positionAt(event->position().x()));
    update();
}

void SlimSlider::mouseMoveEvent(QMouseEvent* event) {
    if (isSliderDown()) setValue(positionAt(event->position().x()));
}

void SlimSlider::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !isSliderDown()) return;
    setSliderDown(false);
    update();
    Q_EMIT settled(value());
}

void SlimSlider::wheelEvent(QWheelEvent* event) {
    // The wheel scrolls the form, unless one asked for this slider.
    if (!hasFocus()) return event->ignore();
    setValue(value() + (event->angleDelta().y() > 0 ? 1 : -1) * singleStep());
    event->accept();
}

bool SlimSlider::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Home:
        case Qt::Key_End:
            event->accept();
            return true;
        default:
            break;
        }
    }
    return QAbstractSlider::event(event);
}

} // namespace orrery
