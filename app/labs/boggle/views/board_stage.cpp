#include "app/labs/boggle/views/board_stage.h"

#include "widgets/frame/paint.h"
#include "widgets/theme/contrast.h"

#include <QPainter>
#include <algorithm>

namespace orrery::boggleview {

BoardStage::BoardStage(bool withStack, QWidget* parent) : QWidget(parent), m_board(new BoardView(this)) {
    m_board->setAccessibleName(tr("Board"));
    if (withStack) m_stack = new StackView(this);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void BoardStage::setHeadline(const Headline& headline) {
    if (headline == m_headline) return;
    m_headline = headline;
    place();
    setAccessibleDescription(headline.letters + QStringLiteral(" ") + headline.verdict);
    update();
}

void BoardStage::setTheme(const Theme& theme) {
    m_theme = theme;
    place();
    update();
}

QSize BoardStage::minimumSizeHint() const {
    return {m_theme.px(200), m_theme.px(200)};
}

void BoardStage::resizeEvent(QResizeEvent*) {
    place();
}

// The board is as large as it can be; what is left over is the stack's, and then the words'.
void BoardStage::place() {
    const int head = static_cast<int>(headHeight()), gap = m_theme.px(14);
    const QRect room(0, head, width(), std::max(1, height() - head));
    m_wordRoom = {};
    if (!m_stack) return m_board->setGeometry(room);
    const int beside = m_theme.px(104), below = m_theme.px(112);
    const int wide = std::min(room.width() - beside - gap, room.height());
    const int tall = std::min(room.width(), room.height() - below - gap);
    const bool upright = wide >= tall;
    if (!upright) {
        m_board->setGeometry(room.left(), room.top(), room.width(), room.height() - below - gap);
        m_stack->setGeometry(room.left() + m_theme.px(4), room.bottom() + 1 - below,
                             room.width() - m_theme.px(8), below);
    } else if (const int left = room.width() - room.height() - beside - 2 * gap; left > m_theme.px(96)) {
        m_board->setGeometry(room.left(), room.top(), room.height(), room.height());
        m_stack->setGeometry(room.left() + room.height() + gap, room.top(), beside, room.height());
        m_wordRoom = QRectF(m_stack->geometry().right() + 2 * gap, room.top(), left - gap - m_theme.px(6),
                            room.height());
    } else {
        m_board->setGeometry(room.left(), room.top(), room.width() - beside - gap, room.height());
        m_stack->setGeometry(room.right() + 1 - beside, room.top(), beside, room.height());
    }
    m_stack->setUpright(upright);
}

void BoardStage::setWords(std::vector<ListedWord> words, bool isFresh) {
    m_words = std::move(words);
    m_isFresh = isFresh;
    if (!m_wordRoom.isEmpty()) update();
}

void BoardStage::paintWords(QPainter& painter) const {
    if (m_wordRoom.isEmpty() || m_words.empty()) return;
    const double row = m_theme.px(26);
    QRectF line(m_wordRoom.left(), m_wordRoom.top(), m_wordRoom.width(), row);
    for (std::size_t i = m_words.size(); i-- > 0 && line.bottom() <= m_wordRoom.bottom();
         line.translate(0, row)) {
        const bool fresh = m_isFresh && i + 1 == m_words.size();
        const QColor ink = fresh ? readable(m_theme.brass, m_theme.surface) : m_theme.ink;
        const double tail = m_theme.px(26);
        drawElided(painter, line.adjusted(0, 0, -tail, 0), Qt::AlignLeft | Qt::AlignVCenter,
                   m_theme.words(15, fresh ? QFont::DemiBold : QFont::Normal), ink, m_words[i].text);
        drawElided(painter, line, Qt::AlignRight | Qt::AlignVCenter, m_theme.numbers(13), m_theme.inkSecond,
                   QString::number(m_words[i].points));
    }
}

void BoardStage::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), m_theme.surface); // in the gallery it stands on no card
    paintWords(painter);
    if (m_headline == Headline()) return;
    const QRectF line(m_theme.px(6), 0, width() - m_theme.px(12), headHeight());
    const QFont numbers = m_theme.words(14);
    const double tail = std::min(textWidth(numbers, m_headline.total) + m_theme.px(2), line.width() * 0.5);
    drawElided(painter, QRectF(line.right() - tail, line.top(), tail, line.height()),
               Qt::AlignRight | Qt::AlignVCenter, numbers, m_theme.inkSecond, m_headline.total);
    QRectF left = line.adjusted(0, 0, -tail - m_theme.px(12), 0);
    const QFont large = m_theme.words(24, QFont::DemiBold);
    const QColor ink = m_headline.isGood ? readable(m_theme.brass, m_theme.surface) : m_theme.ink;
    const double used =
        drawElided(painter, left, Qt::AlignLeft | Qt::AlignVCenter, large, ink, m_headline.letters);
    left.setLeft(left.left() + used + (used > 0 ? m_theme.px(12) : 0));
    drawElided(painter, left, Qt::AlignLeft | Qt::AlignVCenter, m_theme.words(14),
               m_headline.isGood ? ink : m_theme.inkSecond, m_headline.verdict);
}

} // namespace orrery::boggleview
