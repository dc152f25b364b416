#include "widgets/frame/frame.h"

#include <QApplication>
#include <QCursor>
#include <QEvent>
#include <QPainter>

namespace orrery {

namespace {

constexpr double kDrawerBelow = 1180;
constexpr int kPointerMilliseconds = 150;

} // namespace

Frame::Frame(QWidget* parent)
    : QWidget(parent), m_rail(new Rail(this)), m_topBar(new TopBar(this)), m_inspector(new Inspector(this)) {
    connect(m_inspector, &Inspector::foldedChanged, this, &Frame::place);
    m_pointer.setInterval(kPointerMilliseconds);
    connect(&m_pointer, &QTimer::timeout, this, &Frame::followPointer);
}

// A press beside the drawer closes it, and does what it would have done.
bool Frame::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::MouseButtonPress && m_watching && m_stage)
        if (const auto* pressed = qobject_cast<QWidget*>(watched);
            pressed && (pressed == m_stage || m_stage->isAncestorOf(pressed)))
            m_inspector->setFolded(true);
    return QWidget::eventFilter(watched, event);
}

void Frame::setStage(QWidget* stage) {
    delete m_stage;
    m_stage = stage;
    if (stage) {
        stage->setParent(this);
        stage->lower();
        stage->show();
    }
    place();
}

void Frame::setTransport(QWidget* transport) {
    delete m_transport;
    m_transport = transport;
    if (transport) {
        transport->setParent(this);
        transport->show();
    }
    place();
}

void Frame::setPresenting(bool presenting) {
    m_presenting = presenting;
    m_transportAsked = false;
    presenting ? m_pointer.start() : m_pointer.stop();
    place();
}

void Frame::followPointer() {
    const QPoint at = mapFromGlobal(QCursor::pos());
    const int edge = m_transport && m_transportAsked ? m_transport->height() : m_theme.px(8);
    const bool asked = rect().contains(at) && at.y() >= height() - edge;
    if (asked == m_transportAsked) return;
    m_transportAsked = asked;
    place();
}

void Frame::setPlain(bool plain) {
    m_plain = plain;
    place();
}

void Frame::setTheme(const Theme& theme) {
    m_theme = theme;
    place();
    update();
}

void Frame::resizeEvent(QResizeEvent*) {
    place();
}

bool Frame::event(QEvent* event) {
    // A child wants another size: the transport after a change of type.
    if (event->type() == QEvent::LayoutRequest) place();
    return QWidget::event(event);
}

void Frame::place() {
    // Presentation has larger type and no inspector: it is no reason to fold the one that comes back.
    const bool narrow = m_presenting ? m_narrow : width() < m_theme.px(kDrawerBelow);
    if (narrow != m_narrow) {
        m_narrow = narrow;
        m_inspector->setDrawer(narrow);
        // A window that grows narrow closes it, one that grows wide opens it.
        m_inspector->setFolded(narrow);
    }
    m_rail->setVisible(!m_presenting);
    m_topBar->setVisible(!m_presenting);
    m_inspector->setVisible(!m_presenting && !m_plain && !m_inspector->isFolded());
    const int left = m_presenting ? 0 : m_theme.px(64);
    const int top = m_presenting ? 0 : m_theme.px(52);
    const bool transported = m_transport && !m_plain && (!m_presenting || m_transportAsked);
    const int barTop = transported ? height() - m_transport->sizeHint().height() : height();
    const int bottom = m_presenting ? height() : barTop; // in presentation the bar lies over the stage
    const int column = std::min(m_theme.px(336), width() - left);
    const bool open = m_inspector->isDrawer() && m_inspector->isVisibleTo(this);
    if (open != std::exchange(m_watching, open))
        open ? qApp->installEventFilter(this) : qApp->removeEventFilter(this);
    m_rail->setGeometry(0, 0, left, height());
    m_topBar->setGeometry(left, 0, width() - left, top);
    if (m_transport) {
        m_transport->setVisible(transported);
        m_transport->setGeometry(left, barTop, width() - left, height() - barTop);
    }
    m_inspector->setGeometry(width() - column, top, column, bottom - top);
    const bool beside = m_inspector->isVisibleTo(this) && !m_inspector->isDrawer();
    if (m_stage) m_stage->setGeometry(left, top, width() - left - (beside ? column : 0), bottom - top);
    m_inspector->raise();
    if (m_transport && m_presenting) m_transport->raise();
}

void Frame::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), m_theme.window);
}

} // namespace orrery
