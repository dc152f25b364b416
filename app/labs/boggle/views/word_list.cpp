#include "app/labs/boggle/views/word_list.h"

#include "widgets/frame/paint.h"
#include "widgets/theme/contrast.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

namespace orrery::boggleview {

namespace {
constexpr double kColumn = 116.0; ///< least width
} // namespace

WordList::WordList(QWidget* parent) : QAbstractScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void WordList::setWords(std::vector<ListedWord> words, bool isFresh) {
    if (words == m_words && isFresh == m_isFresh) return;
    // A chosen word stays chosen while it is there.
    const QString chosen = m_chosen >= 0 ? m_words[static_cast<std::size_t>(m_chosen)].text : QString();
    m_words = std::move(words);
    m_isFresh = isFresh;
    const auto found =
        std::find_if(m_words.begin(), m_words.end(), [&](const ListedWord& w) { return w.text == chosen; });
    m_chosen = chosen.isEmpty() || found == m_words.end() ? -1 : static_cast<int>(found - m_words.begin());
    QStringList spoken;
    for (const ListedWord& word : m_words)
        spoken << word.text;
    setAccessibleDescription(spoken.join(QStringLiteral(", ")));
    fitScrollBar();
    viewport()->update();
}

void WordList::setPlaceholder(const QString& sentence) {
    m_placeholder = sentence;
    viewport()->update();
}

void WordList::choose(int word) {
    m_chosen = word;
    viewport()->update();
}

void WordList::chooseByHand(int word) {
    choose(word);
    if (word >= 0) {
        const QRectF where = wordRect(word);
        QScrollBar* bar = verticalScrollBar();
        if (where.top() < 0) bar->setValue(bar->value() + static_cast<int>(std::floor(where.top())));
        if (where.bottom() > viewport()->height())
            bar->setValue(bar->value() + static_cast<int>(std::ceil(where.bottom() - viewport()->height())));
    }
    Q_EMIT wordChosen(word);
}

void WordList::setTheme(const Theme& theme) {
    m_theme = theme;
    fitScrollBar();
    viewport()->update();
}

QSize WordList::minimumSizeHint() const {
    return {m_theme.px(160), m_theme.px(90)};
}

int WordList::columnCount() const {
    return std::max(1, viewport()->width() / m_theme.px(kColumn));
}

void WordList::fitScrollBar() {
    const int count = static_cast<int>(m_words.size()), rows = (count + columnCount() - 1) / columnCount();
    const int tall = static_cast<int>(std::ceil(rows * rowHeight()));
    verticalScrollBar()->setRange(0, std::max(0, tall - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(static_cast<int>(rowHeight()));
}

QRectF WordList::wordRect(int word) const {
    const int place = static_cast<int>(m_words.size()) - 1 - word, columns = columnCount();
    const double wide = static_cast<double>(viewport()->width()) / columns;
    return {wide * (place % columns), rowHeight() * (place / columns) - verticalScrollBar()->value(), wide,
            rowHeight()};
}

int WordList::wordAt(QPointF position) const {
    for (int word = 0; word < static_cast<int>(m_words.size()); ++word)
        if (wordRect(word).contains(position)) return word;
    return -1;
}

void WordList::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF all(viewport()->rect());
    if (m_words.empty()) {
        painter.setFont(m_theme.words(13));
        painter.setPen(m_theme.inkSecond);
        painter.drawText(all, Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
    }
    for (int i = 0; i < static_cast<int>(m_words.size()); ++i) {
        const QRectF where = wordRect(i);
        if (where.bottom() <= 0 || where.top() >= all.height()) continue;
        const ListedWord& word = m_words[static_cast<std::size_t>(i)];
        const bool fresh = m_isFresh && i + 1 == static_cast<int>(m_words.size());
        const QRectF box = where.adjusted(1, 1, -m_theme.px(6), -1);
        const QColor ground = i == m_chosen ? m_theme.accentSoft
                              : fresh       ? m_theme.brassSoft
                                            : m_theme.surface;
        if (i == m_chosen || fresh)
            drawPanel(painter, box, m_theme.px(5), ground, i == m_chosen ? m_theme.accent : m_theme.brass);
        const double inset = m_theme.px(8);
        const QString points = QString::number(word.points);
        const QFont numbers = m_theme.numbers(12);
        const double tail = textWidth(numbers, points) + m_theme.px(6);
        drawElided(painter, box.adjusted(inset, 0, -inset - tail, 0), Qt::AlignLeft | Qt::AlignVCenter,
                   m_theme.words(13, fresh ? QFont::DemiBold : QFont::Normal), m_theme.ink, word.text);
        drawElided(painter, box.adjusted(inset, 0, -inset, 0), Qt::AlignRight | Qt::AlignVCenter, numbers,
                   readable(m_theme.inkSecond, ground), points);
    }
    if (hasFocus() && m_keyboardFocus) drawFocusRing(painter, all, m_theme.px(6), m_theme);
}

void WordList::resizeEvent(QResizeEvent*) {
    fitScrollBar();
}

void WordList::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const int word = wordAt(event->position());
    chooseByHand(word == m_chosen ? -1 : word);
}

bool WordList::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down || (key == Qt::Key_Escape && m_chosen >= 0)) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

// Down goes to the older ones, as on the screen.
void WordList::keyPressEvent(QKeyEvent* event) {
    const int count = static_cast<int>(m_words.size());
    if (count > 0 && event->key() == Qt::Key_Down)
        return chooseByHand(m_chosen < 0 ? count - 1 : std::max(0, m_chosen - 1));
    if (count > 0 && event->key() == Qt::Key_Up)
        return chooseByHand(m_chosen < 0 ? 0 : std::min(count - 1, m_chosen + 1));
    if (event->key() == Qt::Key_Escape && m_chosen >= 0) return chooseByHand(-1);
    event->ignore();
}

// A focus that came because its widget was hidden is reported as Tab too: the key itself is waited for.
void WordList::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Tab || event->key() == Qt::Key_Backtab) {
        m_keyboardFocus = true;
        viewport()->update();
    }
    event->ignore();
}

void WordList::focusOutEvent(QFocusEvent* event) {
    m_keyboardFocus = false;
    viewport()->update();
    QAbstractScrollArea::focusOutEvent(event);
}

} // namespace orrery::boggleview
