#include "widgets/frame/card.h"

#include "widgets/frame/buttons.h"
#include "widgets/frame/paint.h"

#include <QHBoxLayout>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace orrery {

namespace {

constexpr double kRadius = 12;
constexpr double kPadding = 20;
constexpr double kHeader = 48;
constexpr double kTitleGap = 14;

} // namespace

Card::Card(const QString& title, QWidget* parent) : QWidget(parent), m_title(title) {
    m_corner = new QWidget(this);
    m_cornerLayout = new QHBoxLayout(m_corner);
    m_cornerLayout->setContentsMargins(0, 0, 0, 0);
    m_cornerLayout->setSpacing(2);
    m_corner->hide();
    setAccessibleName(title);
}

void Card::setTitle(const QString& title) {
    m_title = title;
    setAccessibleName(title);
    update();
}

void Card::setSubtitle(const QString& sentence) {
    if (sentence == m_subtitle) return;
    m_subtitle = sentence;
    setAccessibleDescription(longestForm(sentence));
    update(headerRect().toAlignedRect());
}

void Card::setContent(QWidget* content) {
    delete m_content;
    m_content = content;
    if (!content) return;
    content->setParent(this);
    place();
    content->show();
}

void Card::addCornerAction(QAction* action) {
    auto* button = new IconButton(action, m_corner, 28, 18);
    button->setTheme(m_theme);
    m_cornerLayout->addWidget(button);
    m_corner->show();
    place();
}

void Card::setCornerShown(bool shown) {
    m_corner->setVisible(shown);
    place();
}

void Card::setTheme(const Theme& theme) {
    m_theme = theme;
    place();
    update();
}

QSize Card::minimumSizeHint() const {
    return {m_theme.px(220), m_theme.px(160)};
}

QRectF Card::headerRect() const {
    return {0, 0, double(width()), double(m_theme.px(kHeader))};
}

void Card::place() {
    const QSize corner = m_corner->isHidden() ? QSize() : m_cornerLayout->sizeHint();
    m_corner->setGeometry(width() - m_theme.px(10) - corner.width(),
                          (m_theme.px(kHeader) - corner.height()) / 2 + m_theme.px(1), corner.width(),
                          corner.height());
    if (!m_content) return;
    const int top = m_theme.px(kHeader), side = m_theme.px(8);
    m_content->setGeometry(side, top, std::max(0, width() - 2 * side), std::max(0, height() - top - side));
}

void Card::resizeEvent(QResizeEvent*) {
    place();
}

void Card::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    drawPanel(painter, rect(), m_theme.px(kRadius), m_theme.surface, m_theme.line);
    const double left = m_theme.px(kPadding);
    const double right = m_corner->isHidden() ? width() - left : m_corner->x() - m_theme.px(8);
    // Title and sentence stand on one baseline, whatever their sizes.
    const QFont titleFont = m_theme.cardTitle(), sentenceFont = m_theme.words(12.5);
    const QFontMetricsF titleMetrics(titleFont);
    const double baseline =
        std::round(m_theme.px(kHeader) / 2.0 + titleMetrics.capHeight() / 2 + m_theme.px(1));
    const auto line = [&](const QFont& font, double x) {
        const QFontMetricsF metrics(font);
        return QRectF(x, baseline - metrics.ascent(), right - x, metrics.height());
    };
    const double used = drawElided(painter, line(titleFont, left), Qt::AlignLeft | Qt::AlignTop, titleFont,
                                   m_theme.ink, m_title);
    const double x = left + used + m_theme.px(kTitleGap);
    if (!m_subtitle.isEmpty() && right - x > m_theme.px(40))
        drawElided(painter, line(sentenceFont, x), Qt::AlignLeft | Qt::AlignTop, sentenceFont,
                   m_theme.inkSecond, longestThatFits(m_subtitle, sentenceFont, right - x));
}

bool Card::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        // The whole sentence where it had to be cut.
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString sentence = longestForm(m_subtitle);
        const double corner = m_corner->isHidden() ? m_theme.px(kPadding) : width() - m_corner->x();
        const double wanted = m_theme.px(kPadding + kTitleGap) + corner +
                              textWidth(m_theme.cardTitle(), m_title) +
                              textWidth(m_theme.words(12.5), sentence);
        if (headerRect().contains(help->pos()) && wanted > width()) {
            QToolTip::showText(help->globalPos(), sentence, this);
            return true;
        }
    }
    return QWidget::event(event);
}

} // namespace orrery
