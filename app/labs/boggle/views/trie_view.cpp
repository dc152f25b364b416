#include "app/labs/boggle/views/trie_view.h"

#include "widgets/theme/contrast.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace orrery::boggleview {

namespace {
constexpr std::size_t kColumns = 4; ///< levels in sight: the newest
constexpr double kRootRoom = 34.0;
constexpr double kNodeStep = 19.0;   ///< room for a letter
constexpr double kLetterStep = 0.86; ///< of that, where it is close
constexpr double kLeastStep = 2.0;   ///< pixels, of a dim dot
} // namespace

TrieView::TrieView(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void TrieView::setPicture(TriePicture picture) {
    if (picture == m_picture) return;
    m_picture = std::move(picture);
    setAccessibleDescription(m_picture.sentence.isEmpty() ? summary() : m_picture.sentence);
    update();
}

void TrieView::setHighlightsChildren(bool on) {
    if (std::exchange(m_highlightsChildren, on) != on) update();
}

QString TrieView::summary() const {
    if (!m_picture.sentence.isEmpty() || m_picture.levels.empty()) return {};
    const auto& children = m_picture.levels.back();
    const auto live =
        std::count_if(children.begin(), children.end(), [](const TrieChild& c) { return c.isReachable; });
    return tr("%1 of %2 letters go on here").arg(live).arg(children.size());
}

void TrieView::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

QSize TrieView::minimumSizeHint() const {
    return {m_theme.px(200), m_theme.px(110)};
}

std::vector<TrieView::Column> TrieView::columns() const {
    const std::size_t levels = m_picture.levels.size();
    const std::size_t shown = std::min(levels, kColumns), first = levels - shown;
    std::vector<Column> columns;
    const double left = m_theme.px(kRootRoom),
                 wide = (width() - left) / static_cast<double>(std::max<std::size_t>(shown, 2));
    for (std::size_t i = 0; i < shown; ++i) {
        Column column;
        column.children = &m_picture.levels[first + i];
        placeChildren(column);
        column.x = left + wide * (static_cast<double>(i) + 0.5);
        columns.push_back(column);
    }
    return columns;
}

// Evenly; where that is too close for letters, those on the path or on the board have room for theirs and the
// others share the rest.
void TrieView::placeChildren(Column& column) const {
    const auto isStrong = [](const TrieChild& child) { return child.isOnPath || child.isReachable; };
    const auto& children = *column.children;
    const auto count = static_cast<double>(std::max<std::size_t>(children.size(), 1));
    const auto strong = static_cast<double>(std::count_if(children.begin(), children.end(), isStrong));
    const double room = height() - m_theme.px(kNodeStep) * 0.6; // half a node above and below
    const double letter = m_theme.px(kNodeStep) * kLetterStep;
    column.step = std::min<double>(room / count, m_theme.px(kNodeStep) * 1.6);
    double wide = column.step;
    if (wide < letter && strong > 0 && strong < count) {
        wide = std::min(letter, std::max(wide, (room - (count - strong) * kLeastStep) / strong));
        column.step = (room - strong * wide) / (count - strong);
    }
    double at = (height() - strong * wide - (count - strong) * column.step) / 2;
    for (const TrieChild& child : children) {
        const double step = isStrong(child) ? wide : column.step;
        column.y.push_back(at + step / 2);
        at += step;
    }
}

void TrieView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!m_picture.sentence.isEmpty()) {
        painter.setFont(m_theme.words(13));
        painter.setPen(m_theme.inkSecond);
        painter.drawText(rect().adjusted(m_theme.px(16), 0, -m_theme.px(16), 0),
                         Qt::AlignCenter | Qt::TextWordWrap, m_picture.sentence);
        return;
    }
    const std::vector<Column> shown = columns();
    if (shown.empty()) return;
    const std::size_t hidden = m_picture.levels.size() - shown.size();
    QPointF from(m_theme.px(kRootRoom) * 0.4, height() / 2.0);
    std::vector<QPointF> origins{from};
    for (const Column& column : shown) {
        for (std::size_t i = 0; i < column.children->size(); ++i)
            if ((*column.children)[i].isOnPath) from = column.at(i);
        origins.push_back(from);
    }
    for (std::size_t c = 0; c < shown.size(); ++c)
        paintEdges(painter, shown[c], origins[c]);
    const QString before =
        QStringList(m_picture.path.begin(), m_picture.path.begin() + static_cast<qsizetype>(hidden))
            .join(QString());
    painter.setFont(m_theme.words(12, QFont::DemiBold));
    painter.setPen(readable(m_theme.brass, m_theme.surface));
    painter.drawText(QRectF(0, height() / 2.0 - m_theme.px(26), m_theme.px(kRootRoom) * 1.6, m_theme.px(18)),
                     Qt::AlignLeft | Qt::AlignVCenter, before);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.brass);
    painter.drawEllipse(origins.front(), m_theme.px(4), m_theme.px(4));
    for (const bool path : {false, true})
        for (std::size_t c = 0; c < shown.size(); ++c)
            for (std::size_t i = 0; i < shown[c].children->size(); ++i)
                if ((*shown[c].children)[i].isOnPath == path)
                    paintNode(painter, (*shown[c].children)[i], shown[c].at(i), shown[c].step,
                              c + 2 == shown.size() || (shown.size() == 1));
}

void TrieView::paintEdges(QPainter& painter, const Column& column, QPointF from) const {
    const double reach = column.x - from.x();
    // What is dim first, so that nothing dim lies over the path.
    for (const int pass : {0, 1, 2})
        for (std::size_t i = 0; i < column.children->size(); ++i) {
            const TrieChild& child = (*column.children)[i];
            if ((child.isOnPath ? 2 : child.isReachable ? 1 : 0) != pass) continue;
            const QPointF to = column.at(i);
            QPainterPath path(from);
            path.cubicTo(from + QPointF(reach * 0.5, 0), to - QPointF(reach * 0.5, 0), to);
            painter.setBrush(Qt::NoBrush);
            painter.setPen(child.isOnPath      ? QPen(m_theme.brass, m_theme.focusWidth())
                           : child.isReachable ? QPen(m_theme.accent, m_theme.contextWidth())
                                               : QPen(m_theme.track, m_theme.hairline()));
            painter.drawPath(path);
        }
}

void TrieView::paintNode(QPainter& painter, const TrieChild& child, QPointF at, double step,
                         bool isHead) const {
    const bool isStrong = child.isOnPath || child.isReachable;
    const double most = m_theme.px(kNodeStep) / 2.0;
    const double radius = child.isOnPath      ? most
                          : child.isReachable ? std::clamp(step * 0.46, most * 0.72, most)
                                              : std::min(step * 0.42, most * 0.9);
    QColor fill = m_theme.surface, edge = m_theme.ghost, ink = m_theme.inkThird;
    if (child.isOnPath)
        fill = isHead ? m_theme.brass : m_theme.brassSoft, edge = m_theme.brass,
        ink = isHead ? m_theme.onBrass : m_theme.ink;
    else if (child.isReachable)
        fill = m_theme.accentSoft, edge = m_theme.accent, ink = m_theme.ink;
    const bool hasLetter = isStrong || radius >= m_theme.px(5.5);
    painter.setPen(QPen(edge, isStrong ? m_theme.contextWidth() : m_theme.hairline()));
    painter.setBrush(hasLetter ? fill : edge);
    painter.drawEllipse(at, hasLetter ? radius : m_theme.px(1.5), hasLetter ? radius : m_theme.px(1.5));
    if (hasLetter && child.endsWord) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(edge, m_theme.hairline()));
        painter.drawEllipse(at, radius + m_theme.px(2.5), radius + m_theme.px(2.5));
    }
    if (m_highlightsChildren && child.isReachable) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_theme.accent, m_theme.focusWidth()));
        painter.drawEllipse(at, radius + m_theme.px(3), radius + m_theme.px(3));
    }
    if (!hasLetter) return;
    QFont font = m_theme.words(12, QFont::Medium);
    font.setPixelSize(std::max(6, static_cast<int>(radius * (child.letter.size() > 1 ? 1.0 : 1.25))));
    painter.setFont(font);
    painter.setPen(ink);
    painter.drawText(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius), Qt::AlignCenter,
                     child.letter);
}

} // namespace orrery::boggleview
