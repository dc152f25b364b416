#include "widgets/graph/token_strip.h"

#include "widgets/frame/paint.h"
#include "widgets/theme/contrast.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace orrery {

namespace {
constexpr double kGap = 6.0;
constexpr double kPad = 6.0; ///< between the pipe and its tokens
constexpr double kSmallest = 20.0;
constexpr double kInset = 10.0;        ///< so that captions stand below a card's title
constexpr double kSmallestLabel = 8.5; ///< pixels, before scaling
} // namespace

TokenStrip::TokenStrip(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void TokenStrip::setTokens(StripKind kind, std::vector<Token> tokens, std::optional<Token> taken) {
    m_kind = kind;
    m_tokens = std::move(tokens);
    m_taken = std::move(taken);
    m_hovered = -1;
    if (m_marked >= static_cast<int>(m_tokens.size())) m_marked = -1;
    QStringList words;
    for (std::size_t i = 0; i < std::min<std::size_t>(m_tokens.size(), 40); ++i)
        words << m_tokens[i].label;
    setAccessibleDescription(m_caption + QStringLiteral(": ") + words.join(QStringLiteral(", ")));
    place();
    update();
}

void TokenStrip::setCaption(const QString& caption) {
    if (std::exchange(m_caption, caption) == caption) return;
    place();
    update();
}

void TokenStrip::setPlaceholder(const QString& text) {
    m_placeholder = text;
    update();
}

void TokenStrip::setMarked(int token) {
    if (std::exchange(m_marked, token) != token) update();
}

void TokenStrip::setLargest(double pixels) {
    m_largest = pixels;
    place();
    updateGeometry();
    update();
}

void TokenStrip::setFocused(int token) {
    m_focused = token;
    place();
    update();
}

void TokenStrip::setTheme(const Theme& theme) {
    m_theme = theme;
    place();
    updateGeometry();
    update();
}

double TokenStrip::captionHeight() const {
    return m_caption.isEmpty() ? 0.0 : m_theme.px(24);
}
double TokenStrip::noteHeight() const {
    const bool any = std::ranges::any_of(m_tokens, [](const Token& token) { return !token.note.isEmpty(); });
    return any || (m_taken && !m_taken->note.isEmpty()) ? m_theme.px(16) : 0.0;
}
double TokenStrip::side() const {
    return m_theme.px(m_largest);
}

/// All labels stay readable.
double TokenStrip::smallest() const {
    qsizetype letters = 1;
    for (const Token& token : m_tokens)
        letters = std::max(letters, token.label.size());
    QFont font = m_theme.numbers(12, QFont::DemiBold);
    font.setPixelSize(static_cast<int>(std::ceil(kSmallestLabel * m_theme.scale)));
    const double wide = textWidth(font, QString(letters, u'0')) / 0.72;
    return std::min(side(), std::max<double>(m_theme.px(kSmallest), wide));
}

/// One size for all of them.
double TokenStrip::labelSize() const {
    double size = 15.0 * m_theme.scale;
    QFont font = m_theme.numbers(12, QFont::DemiBold);
    font.setPixelSize(100);
    for (const Place& at : m_places) {
        if (at.token < 0) continue;
        const Token& token = m_tokens[static_cast<std::size_t>(at.token)];
        const double room =
            at.where.width() * (token.state == NodeState::Frontier ? 0.8 : 0.7); // a disc is narrower
        const double wide = textWidth(font, token.label) / 100.0;
        size = std::min({size, room * 0.78, wide > 0 ? room / wide : size});
    }
    return size / m_theme.scale;
}

QSize TokenStrip::minimumSizeHint() const {
    const double pad = m_kind == StripKind::Row ? 4.0 : 2 * kPad + 4.0;
    return {m_theme.px(180), static_cast<int>(captionHeight() + m_theme.px(kSmallest + pad) + noteHeight())};
}
QSize TokenStrip::sizeHint() const {
    const double pad = m_kind == StripKind::Row ? 4.0 : 2 * kPad + 4.0;
    return {m_theme.px(420), static_cast<int>(captionHeight() + side() + m_theme.px(pad) + noteHeight())};
}

/// Which tokens stand in a row of `capacity`: the end where they leave, and the one where they come in.
std::vector<TokenStrip::Place> TokenStrip::chosenFor(int capacity) const {
    if (m_kind == StripKind::Row) return rowAround(capacity);
    std::vector<Place> places;
    const int count = static_cast<int>(m_tokens.size());
    const auto add = [&](int first, int last) {
        for (int i = first; i < last; ++i)
            places.push_back({i, 0, {}});
    };
    if (count <= capacity) {
        add(0, count);
        return places;
    }
    const int shown = std::max(0, capacity - 1); // one place says how many there are besides
    const int early = m_kind == StripKind::Queue ? std::max(shown - 2, std::min(shown, 1)) : 0;
    const int late = shown - early;
    add(0, early);
    places.push_back({-1, count - shown, {}});
    add(count - late, count);
    return places;
}

/// What is left out is counted at the end where it is.
std::vector<TokenStrip::Place> TokenStrip::rowAround(int capacity) const {
    const int count = static_cast<int>(m_tokens.size());
    const int focused = m_focused < 0 || m_focused >= count ? count - 1 : m_focused;
    int first = 0, last = count;
    if (count > capacity) {
        last = std::clamp(focused + capacity / 3, std::min(capacity - 1, count), count);
        first = last - (capacity - (last < count ? 1 : 0));
        if (first > 0) ++first;
        first = std::clamp(first, 0, focused);
    }
    std::vector<Place> places;
    if (first > 0) places.push_back({-1, first, {}});
    for (int i = first; i < last; ++i)
        places.push_back({i, 0, {}});
    if (last < count) places.push_back({-1, count - last, {}});
    return places;
}

void TokenStrip::place() {
    m_places.clear();
    m_pipe = m_takenRect = {};
    const double inset = m_theme.px(kInset);
    const QRectF room =
        QRectF(rect()).adjusted(inset, captionHeight() + m_theme.px(2), -inset, -m_theme.px(2));
    if (room.width() < m_theme.px(40) || room.height() < 4) return;
    if (m_kind == StripKind::Row)
        placeRows(room);
    else
        placePipe(room);
}

void TokenStrip::placePipe(const QRectF& room) {
    const double pad = m_theme.px(kPad), gap = m_theme.px(kGap);
    double each = std::min(side(), room.height() - 2 * pad - noteHeight());
    const double words = textWidth(m_theme.words(12), tr("out")) + m_theme.px(16);
    const double outside = each + m_theme.px(10);
    QRectF pipe(room.left(), room.top(), room.width(), each + 2 * pad);
    if (m_kind == StripKind::Queue)
        pipe.adjust(outside + words, 0, -words, 0);
    else
        pipe.adjust(0, 0, -outside - words, 0);
    m_pipe = pipe;
    const double high = each, top = room.top() + pad;
    m_takenRect = {m_kind == StripKind::Queue ? room.left() : room.right() - each, top, each, each};
    // Smaller tokens before some are only counted.
    const auto count = static_cast<double>(std::max<std::size_t>(m_tokens.size(), 1));
    each = std::min(each, std::max(smallest(), (pipe.width() - 2 * pad + gap) / count - gap));
    const int capacity = static_cast<int>((pipe.width() - 2 * pad + gap + 0.01) / (each + gap));
    double left = pipe.left() + pad;
    for (Place& at : m_places = chosenFor(std::max(capacity, 1))) {
        at.where = {left, top + (high - each) / 2, each, each};
        left += each + gap;
    }
}

// As large as lets all of them in; the earliest are left out where even the smallest do not fit.
void TokenStrip::placeRows(const QRectF& room) {
    const double gap = m_theme.px(kGap), note = noteHeight();
    const auto columnsOf = [&](double each) {
        return std::max(1, static_cast<int>((room.width() + gap) / (each + gap)));
    };
    const auto rowsOf = [&](double each) {
        return std::max(1, static_cast<int>((room.height() + gap) / (each + gap + note)));
    };
    double each = std::min(side(), room.height() - note);
    const int count = static_cast<int>(m_tokens.size());
    while (each > smallest() && columnsOf(each) * rowsOf(each) < count)
        each -= 1.0;
    const int columns = columnsOf(each);
    int i = 0;
    for (Place& at : m_places = chosenFor(columns * rowsOf(each))) {
        at.where = {room.left() + (i % columns) * (each + gap),
                    room.top() + (i / columns) * (each + gap + note), each, each};
        ++i;
    }
}

QRectF TokenStrip::rectOf(int token) const {
    const auto at = std::ranges::find_if(m_places, [&](const Place& place) { return place.token == token; });
    return token < 0 || at == m_places.end() ? QRectF() : at->where;
}

int TokenStrip::tokenAt(QPointF pixel) const {
    for (const Place& at : m_places)
        if (at.token >= 0 && at.where.adjusted(-2, -2, 2, 2).contains(pixel)) return at.token;
    return -1;
}

void TokenStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!m_caption.isEmpty())
        drawElided(painter, QRectF(m_theme.px(kInset), 0, width() - 2 * m_theme.px(kInset), captionHeight()),
                   Qt::AlignLeft | Qt::AlignVCenter, m_theme.words(12.5, QFont::DemiBold), m_theme.ink,
                   m_caption);
    if (m_kind != StripKind::Row) paintPipe(painter);
    if (m_tokens.empty() && !m_placeholder.isEmpty()) {
        const QRectF where =
            m_kind == StripKind::Row
                ? QRectF(m_theme.px(kInset), captionHeight(), width(), height() - captionHeight())
                : m_pipe.adjusted(m_theme.px(10), 0, -m_theme.px(10), 0);
        drawElided(painter, where,
                   Qt::AlignLeft | (m_kind == StripKind::Row ? Qt::AlignTop : Qt::AlignVCenter),
                   m_theme.words(12), m_theme.inkSecond, m_placeholder);
    }
    const double labels = labelSize();
    for (const Place& at : m_places) {
        if (at.token >= 0) {
            paintToken(painter, m_tokens[static_cast<std::size_t>(at.token)], at.where, labels);
            if (at.token != m_marked && at.token != m_hovered) continue;
            painter.setPen(
                QPen(at.token == m_marked ? m_theme.brass : m_theme.inkThird, m_theme.contextWidth()));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(at.where.adjusted(-3, -3, 3, 3), 6, 6);
        } else {
            painter.setFont(m_theme.numbers(12));
            painter.setPen(m_theme.inkSecond);
            painter.drawText(at.where.adjusted(-8, 0, 8, 0), Qt::AlignCenter | Qt::TextSingleLine,
                             QStringLiteral("+%1").arg(grouped(at.leftOut)));
        }
    }
    if (m_taken && m_kind != StripKind::Row) paintToken(painter, *m_taken, m_takenRect, 15.0);
}

// Open at both ends, or closed at the bottom of a stack; an arrow where tokens pass.
void TokenStrip::paintPipe(QPainter& painter) const {
    painter.setPen(
        QPen(m_theme.inkThird, m_theme.contextWidth(), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawLine(m_pipe.topLeft(), m_pipe.topRight());
    painter.drawLine(m_pipe.bottomLeft(), m_pipe.bottomRight());
    if (m_kind == StripKind::Stack) painter.drawLine(m_pipe.topLeft(), m_pipe.bottomLeft());
    const double reach = m_theme.px(5), gap = m_theme.px(6);
    const auto way = [&](QPointF from, QPointF to, const QString& word) {
        painter.setPen(
            QPen(m_theme.inkSecond, m_theme.contextWidth(), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawLine(from, to);
        const double back = to.x() > from.x() ? -reach : reach;
        painter.drawPolyline(QPolygonF({to + QPointF(back, -reach), to, to + QPointF(back, reach)}));
        drawElided(painter,
                   QRectF(std::min(from.x(), to.x()) - gap, from.y() - m_theme.px(22), m_theme.px(60),
                          m_theme.px(16)),
                   Qt::AlignLeft | Qt::AlignVCenter, m_theme.words(11), m_theme.inkSecond, word);
    };
    const double middle = m_pipe.center().y(), length = m_theme.px(20);
    if (m_kind == StripKind::Queue) {
        way({m_pipe.left() - gap, middle + reach}, {m_pipe.left() - gap - length, middle + reach}, tr("out"));
        way({m_pipe.right() + gap + length, middle + reach}, {m_pipe.right() + gap, middle + reach},
            tr("in"));
    } else {
        way({m_pipe.right() + gap, middle + reach}, {m_pipe.right() + gap + length, middle + reach},
            tr("out"));
    }
}

void TokenStrip::paintToken(QPainter& painter, const Token& token, const QRectF& where,
                            double labelSize) const {
    const double radius = where.width() / 2 - 1;
    const StateInk ink = inkOf(token.state, m_theme);
    QColor text = ink.text;
    if (token.isNew && token.state == NodeState::Frontier) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink.line);
        painter.drawRoundedRect(where.adjusted(1, 1, -1, -1), radius * 0.35, radius * 0.35);
        text = readable(m_theme.surface, ink.line);
    } else {
        drawNodeShape(painter, where.center(),
                      token.state == NodeState::Frontier ? radius / 0.9 : radius * 0.94, token.state,
                      m_theme);
    }
    const double inset = where.width() * 0.1;
    drawFitted(painter, where.adjusted(inset, inset, -inset, -inset), token.label, text, m_theme, labelSize);
    if (token.isTarget)
        drawTarget(painter, where.topRight() + QPointF(-radius * 0.15, radius * 0.15), radius * 0.36,
                   m_theme);
    if (token.note.isEmpty()) return;
    drawElided(painter, QRectF(where.left() - 3, where.bottom() + 1, where.width() + 6, noteHeight()),
               Qt::AlignHCenter | Qt::AlignTop, m_theme.words(10.5), m_theme.inkSecond, token.note);
}

void TokenStrip::resizeEvent(QResizeEvent*) {
    place();
}

void TokenStrip::mousePressEvent(QMouseEvent* event) {
    const int token = tokenAt(event->position());
    if (token >= 0 && event->button() == Qt::LeftButton) Q_EMIT tokenClicked(token);
}

void TokenStrip::mouseMoveEvent(QMouseEvent* event) {
    hover(tokenAt(event->position()));
}

void TokenStrip::leaveEvent(QEvent*) {
    hover(-1);
}

void TokenStrip::hover(int token) {
    if (std::exchange(m_hovered, token) == token) return;
    update();
    Q_EMIT tokenHovered(token);
}

} // namespace orrery
