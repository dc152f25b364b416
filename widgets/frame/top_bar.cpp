#include "widgets/frame/top_bar.h"

#include "widgets/frame/paint.h"

#include <QAction>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <QtMath>

namespace orrery {

namespace {

constexpr double kLeft = 24;
constexpr double kRight = 24;
constexpr double kTitleGap = 16;
constexpr double kBeforeSearch = 20;

/// The words part by part, as many as fit.
QString wholeParts(QString words, const QFont& font, double width) {
    const QString dots = QStringLiteral(" · …");
    if (textWidth(font, words) <= width) return words;
    for (qsizetype end = words.lastIndexOf(QStringLiteral(" · ")); end > 0;
         end = words.lastIndexOf(QStringLiteral(" · "))) {
        words.truncate(end);
        if (textWidth(font, words + dots) <= width) return words + dots;
    }
    return words;
}

} // namespace

SearchButton::SearchButton(QAction* action, QWidget* parent) : ActionButton(action, parent) {}

QSize SearchButton::sizeHint() const {
    return {theme().px(270), theme().px(28)};
}

QSize SearchButton::minimumSizeHint() const {
    return {theme().px(40), theme().px(28)};
}

void SearchButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRectF box = rect();
    drawPanel(painter, box, theme().px(7), theme().field, hovered() ? theme().ghost : theme().field);
    QRectF glass(theme().px(10), 0, theme().px(15), theme().px(15));
    glass.moveTop((height() - glass.height()) / 2);
    paintIcon(painter, glass, Icon::Search, theme().inkSecond, theme());
    const QString key = action() ? action()->shortcut().toString(QKeySequence::NativeText) : QString();
    const QFont keyFont = theme().numbers(11), font = theme().words(12);
    const double keyWidth = textWidth(keyFont, key) + theme().px(12);
    const QRectF words = box.adjusted(glass.right() + theme().px(8), 0, -keyWidth - theme().px(6), 0);
    if (words.width() > theme().px(60)) {
        drawElided(painter, words, Qt::AlignVCenter | Qt::AlignLeft, font, theme().inkSecond, text());
        drawElided(painter, box.adjusted(box.width() - keyWidth, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                   keyFont, theme().inkSecond, key);
    }
    if (showsFocus()) drawFocusRing(painter, box, theme().px(7), theme());
}

TopBar::TopBar(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Top bar"));
}

void TopBar::setLabTitle(const QString& title) {
    m_title = title;
    place();
    update();
}

void TopBar::setDataWords(const QString& words) {
    m_words = words;
    setAccessibleDescription(words);
    place();
    update();
}

void TopBar::setSearchAction(QAction* action) {
    delete m_search;
    m_search = new SearchButton(action, this);
    m_search->setTheme(m_theme);
    m_search->show();
    place();
}

void TopBar::addAction(QAction* action) {
    auto* button = new TextButton(action, this);
    button->setTheme(m_theme);
    button->show();
    m_buttons.append(button);
    place();
}

void TopBar::setTheme(const Theme& theme) {
    m_theme = theme;
    // Children too: their sizes are asked for in place().
    if (m_search) m_search->setTheme(theme);
    for (TextButton* button : m_buttons)
        button->setTheme(theme);
    updateGeometry();
    place();
    update();
}

void TopBar::place() {
    int right = width() - m_theme.px(kRight);
    for (auto button = m_buttons.rbegin(); button != m_buttons.rend(); ++button) {
        if ((*button)->isHidden()) continue;
        const QSize size = (*button)->sizeHint();
        (*button)->setGeometry(right - size.width(), (height() - size.height()) / 2, size.width(),
                               size.height());
        right -= size.width() + m_theme.px(8);
    }
    if (m_search) {
        right -= m_theme.px(8);
        // A narrow window keeps the words; the search shrinks to its glass.
        const int wanted = m_theme.px(270);
        const int words =
            qCeil(textWidth(m_theme.labTitle(), m_title) + textWidth(m_theme.words(12.5), m_words)) +
            m_theme.px(kTitleGap + kBeforeSearch);
        const int room = right - m_theme.px(kLeft) - std::max(words, m_theme.px(430));
        const int size = room >= m_theme.px(150) ? std::min(wanted, room) : m_theme.px(36);
        m_search->setGeometry(right - size, (height() - m_search->sizeHint().height()) / 2, size,
                              m_search->sizeHint().height());
        right -= size;
    }
    m_textRight = right - m_theme.px(kBeforeSearch);
}

bool TopBar::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const double wanted = m_theme.px(kLeft + kTitleGap) + textWidth(m_theme.labTitle(), m_title) +
                              textWidth(m_theme.words(12.5), m_words);
        if (help->pos().x() < m_textRight && wanted > m_textRight) {
            QToolTip::showText(help->globalPos(), m_words, this);
            return true;
        }
    }
    return QWidget::event(event);
}

void TopBar::resizeEvent(QResizeEvent*) {
    place();
}

void TopBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.surface);
    painter.fillRect(QRectF(0, height() - 1, width(), 1), m_theme.line);
    const QFont titleFont = m_theme.labTitle(), wordsFont = m_theme.words(12.5);
    const QFontMetricsF titleMetrics(titleFont);
    const double baseline = std::round(height() / 2.0 + titleMetrics.capHeight() / 2);
    const auto line = [&](const QFont& font, double x) {
        const QFontMetricsF metrics(font);
        return QRectF(x, baseline - metrics.ascent(), m_textRight - x, metrics.height());
    };
    const double left = m_theme.px(kLeft);
    const double used = drawElided(painter, line(titleFont, left), Qt::AlignLeft | Qt::AlignTop, titleFont,
                                   m_theme.ink, m_title);
    const QRectF words = line(wordsFont, left + used + m_theme.px(kTitleGap));
    drawElided(painter, words, Qt::AlignLeft | Qt::AlignTop, wordsFont, m_theme.inkSecond,
               wholeParts(m_words, wordsFont, words.width()));
}

} // namespace orrery
