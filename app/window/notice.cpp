#include "app/window/notice.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>

namespace orrery {

namespace {
constexpr int kPadding = 16;
constexpr int kShownMilliseconds = 9000;
} // namespace

Notice::Notice(QWidget* parent) : QWidget(parent) {
    hide();
    setCursor(Qt::PointingHandCursor);
    m_hide.setSingleShot(true);
    m_hide.setInterval(kShownMilliseconds);
    m_poll.setInterval(100);
    connect(&m_hide, &QTimer::timeout, this, &QWidget::hide);
    connect(&m_poll, &QTimer::timeout, this, qOverload<>(&QWidget::update));
    parent->installEventFilter(this);
}

void Notice::showSentence(const QString& sentence, bool isFailure) {
    m_fraction = {};
    m_poll.stop();
    m_sentence = sentence;
    m_isFailure = isFailure;
    setAccessibleName(sentence);
    place();
    show();
    raise();
    m_hide.start();
}

void Notice::showProgress(const QString& what, std::function<double()> fraction) {
    m_sentence = what;
    m_isFailure = false;
    m_fraction = std::move(fraction);
    setAccessibleName(what);
    m_hide.stop();
    m_poll.start();
    place();
    show();
    raise();
}

void Notice::hideProgress() {
    if (!isProgress()) return;
    m_fraction = {};
    m_poll.stop();
    hide();
}

void Notice::hideFailure() {
    if (m_isFailure && !isProgress()) hide();
}

void Notice::setTop(int top) {
    m_top = top;
    if (isVisible()) place();
}

void Notice::setTheme(const Theme& theme) {
    m_theme = theme;
    place();
}

void Notice::place() {
    const QFontMetrics metrics(m_theme.words(13));
    const int padding = m_theme.px(kPadding);
    const int most = parentWidget()->width() - 2 * m_theme.px(120);
    const QRect text =
        metrics.boundingRect(QRect(0, 0, std::max(most, 200), 1000), Qt::TextWordWrap, m_sentence);
    const int cancel = isProgress() ? metrics.horizontalAdvance(tr("Cancel")) + padding : 0;
    const QSize size(text.width() + 2 * padding + cancel + m_theme.px(8), text.height() + 2 * m_theme.px(10));
    // Over the heads of the cards: below stand the numbers of the axes.
    setGeometry((parentWidget()->width() - size.width()) / 2, m_top + m_theme.px(6), size.width(),
                size.height());
}

void Notice::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const double radius = m_theme.px(10);
    painter.setPen(QPen(m_isFailure ? m_theme.failure : m_theme.line, m_theme.hairline()));
    painter.setBrush(m_theme.surface);
    painter.drawRoundedRect(box, radius, radius);
    const int padding = m_theme.px(kPadding);
    painter.setFont(m_theme.words(13));
    painter.setPen(m_isFailure ? m_theme.failure : m_theme.ink);
    painter.drawText(rect().adjusted(padding, 0, -padding, 0),
                     Qt::AlignVCenter | Qt::AlignLeft | Qt::TextWordWrap, m_sentence);
    if (!isProgress()) return;
    painter.setPen(m_theme.accent);
    painter.drawText(rect().adjusted(padding, 0, -padding, 0), Qt::AlignVCenter | Qt::AlignRight,
                     tr("Cancel"));
    const QRectF bar(padding, height() - m_theme.px(7), (width() - 2.0 * padding), m_theme.px(3));
    painter.fillRect(bar, m_theme.track);
    painter.fillRect(
        QRectF(bar.topLeft(), QSizeF(bar.width() * std::clamp(m_fraction(), 0.0, 1.0), bar.height())),
        m_theme.brass);
}

void Notice::mousePressEvent(QMouseEvent* event) {
    if (isProgress()) Q_EMIT cancelRequested();
    hide();
    event->accept();
}

bool Notice::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) place();
    return QWidget::eventFilter(watched, event);
}

} // namespace orrery
