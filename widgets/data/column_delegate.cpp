#include "widgets/data/column_delegate.h"

#include "widgets/data/table_text.h"
#include "widgets/frame/paint.h"

#include <QAbstractProxyModel>
#include <QPainter>
#include <cmath>

namespace orrery {

namespace {

constexpr int kLineHeight = 38;

/// "Adelie 152, Chinstrap 68, Gentoo 124"
QString levelText(const data::ColumnSummary& summary) {
    QStringList words;
    for (const auto& [level, count] : summary.levels) {
        if (words.size() == 8) break;
        words << QStringLiteral("%1 %2").arg(QString::fromStdString(level), grouped(qint64(count)));
    }
    return words.join(QStringLiteral(", "));
}

void drawTick(QPainter& painter, const QRectF& box, const QColor& color, double width) {
    painter.setPen(QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    const auto at = [&box](double x, double y) {
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
    };
    painter.drawPolyline(QPolygonF{at(0.24, 0.53), at(0.43, 0.72), at(0.77, 0.31)});
}

} // namespace

int columnRow(const QModelIndex& shown) {
    const auto* proxy = qobject_cast<const QAbstractProxyModel*>(shown.model());
    return proxy ? proxy->mapToSource(shown).row() : shown.row();
}

ColumnLine ColumnLine::of(const QRectF& line, const Theme& theme) {
    const auto px = [&theme](double length) { return double(theme.px(length)); };
    ColumnLine parts;
    double left = line.left() + px(14), right = line.right() - px(14);
    const auto fromRight = [&](double width, double gap) {
        const QRectF part(right - width, line.top(), width, line.height());
        right -= width + gap;
        return part;
    };
    parts.box = QRectF(left, line.center().y() - px(8), px(16), px(16));
    // The name goes first: in a narrow list least and greatest are left out, and the bars get less room.
    const bool wide = line.width() >= px(668), narrow = line.width() < px(536);
    parts.histogram = fromRight(px(narrow ? 64 : 84), px(16)).adjusted(0, px(8), 0, -px(8));
    if (wide) parts.maximum = fromRight(px(62), px(6));
    parts.mean = fromRight(px(62), px(wide ? 6 : 10));
    if (wide) parts.minimum = fromRight(px(62), px(10));
    parts.missing = fromRight(px(48), px(12));
    parts.type = fromRight(px(82), px(8));
    left += px(16 + 12);
    parts.target = fromRight(px(52), px(8));
    parts.name = QRectF(left, line.top(), std::max(0.0, right - left), line.height());
    return parts;
}

QSize ColumnDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {m_theme.px(560), m_theme.px(kLineHeight)};
}

void ColumnDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    painter->save();
    const int row = columnRow(index);
    const QRectF line = option.rect;
    const bool hovered = option.state & QStyle::State_MouseOver;
    if (m_columns->isTarget(row))
        painter->fillRect(line, m_theme.accentSoft);
    else if (hovered)
        painter->fillRect(line, m_theme.field);
    painter->fillRect(QRectF(line.left(), line.bottom() - 1, line.width(), 1), m_theme.grid);
    const ColumnLine parts = ColumnLine::of(line, m_theme);
    if (!m_columns->isTarget(row)) paintBox(*painter, parts.box, m_columns->isUsed(row));
    paintName(*painter, parts, row, hovered);
    paintType(*painter, parts.type, row);
    paintValues(*painter, parts, row);
    paintHistogram(*painter, parts.histogram, row);
    if ((option.state & QStyle::State_HasFocus) && option.widget && option.widget->hasFocus())
        drawFocusRing(*painter, line.adjusted(2, 1, -2, -2), m_theme.px(6), m_theme);
    painter->restore();
}

void ColumnDelegate::paintBox(QPainter& painter, const QRectF& where, bool used) const {
    drawPanel(painter, where, m_theme.px(4), used ? m_theme.accent : m_theme.surface,
              used ? m_theme.accent : m_theme.inkThird);
    painter.setRenderHint(QPainter::Antialiasing);
    if (used) drawTick(painter, where, m_theme.onAccent, 1.8 * m_theme.scale);
}

void ColumnDelegate::paintName(QPainter& painter, const ColumnLine& line, int row, bool hovered) const {
    const bool target = m_columns->isTarget(row);
    const QColor ink = target || m_columns->isUsed(row) ? m_theme.ink : m_theme.inkThird;
    const QRectF name = target ? line.name.adjusted(line.box.left() - line.name.left(), 0, 0, 0) : line.name;
    drawElided(painter, name, Qt::AlignVCenter | Qt::AlignLeft,
               m_theme.words(13, target ? QFont::DemiBold : QFont::Medium), ink, m_columns->name(row));
    if (m_columns->facts(row).isSparse() || (!target && !hovered)) return;
    QRectF pill(line.target.left(), line.target.center().y() - m_theme.px(10), line.target.width(),
                m_theme.px(20));
    if (target)
        drawPanel(painter, pill, m_theme.px(10), m_theme.accent);
    else
        drawPanel(painter, pill, m_theme.px(10), m_theme.surface, m_theme.ghost);
    drawElided(painter, pill, Qt::AlignCenter, m_theme.words(11, QFont::Medium),
               target ? m_theme.onAccent : m_theme.inkSecond, QStringLiteral("target"));
}

void ColumnDelegate::paintType(QPainter& painter, const QRectF& where, int row) const {
    const QString word = m_columns->facts(row).isSparse() ? QStringLiteral("number")
                         : m_columns->isCategory(row)     ? QStringLiteral("category")
                                                          : QStringLiteral("number");
    const QFont font = m_theme.words(12);
    const double inset = m_theme.px(8);
    if (m_columns->canChangeType(row)) {
        const QRectF pill(where.left(), where.center().y() - m_theme.px(11), where.width(), m_theme.px(22));
        drawPanel(painter, pill, m_theme.px(6), m_theme.field, m_theme.line);
        const double x = pill.right() - m_theme.px(11), y = pill.center().y(), half = m_theme.px(3);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(
            QPen(m_theme.inkSecond, 1.4 * m_theme.scale, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(QPolygonF{QPointF(x - half, y - half / 2), QPointF(x, y + half / 2),
                                       QPointF(x + half, y - half / 2)});
    }
    drawElided(painter, where.adjusted(inset, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, font,
               m_theme.inkSecond, word);
}

void ColumnDelegate::paintValues(QPainter& painter, const ColumnLine& line, int row) const {
    const ColumnFacts& facts = m_columns->facts(row);
    const auto right = Qt::AlignVCenter | Qt::AlignRight;
    const QFont font = m_theme.numbers(12);
    if (!facts.isSparse())
        drawElided(painter, line.missing, right, font, facts.summary.missing ? m_theme.ink : m_theme.inkThird,
                   facts.summary.missing ? grouped(qint64(facts.summary.missing)) : QStringLiteral("–"));
    const QColor ink = m_theme.inkSecond;
    if (facts.isSparse()) {
        drawElided(painter, line.values(), Qt::AlignVCenter | Qt::AlignRight, m_theme.words(12), ink,
                   counted(qint64(facts.stored), QStringLiteral("entry that is not zero"),
                           QStringLiteral("entries that are not zero")));
    } else if (!facts.summary.numeric) {
        drawElided(painter, line.values(), Qt::AlignVCenter | Qt::AlignLeft, m_theme.words(12), ink,
                   levelText(facts.summary));
    } else {
        drawElided(painter, line.minimum, right, font, ink, spokenNumber(facts.summary.minimum, 4));
        drawElided(painter, line.mean, right, font, ink, spokenNumber(facts.summary.mean, 4));
        drawElided(painter, line.maximum, right, font, ink, spokenNumber(facts.summary.maximum, 4));
    }
}

void ColumnDelegate::paintHistogram(QPainter& painter, const QRectF& where, int row) const {
    const ColumnFacts& facts = m_columns->facts(row);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(QRectF(where.left(), where.bottom() - 1, where.width(), 1), m_theme.line);
    if (facts.bars.empty()) return;
    const bool target = m_columns->isTarget(row);
    const QColor color = target                   ? m_theme.accent
                         : m_columns->isUsed(row) ? m_theme.category(0).color
                                                  : m_theme.ghost;
    // Levels stand apart, bins touch.
    const bool apart = !facts.summary.numeric;
    const double step = std::min(where.width() / double(facts.bars.size()), double(m_theme.px(22)));
    for (std::size_t i = 0; i < facts.bars.size(); ++i) {
        if (facts.bars[i] <= 0) continue;
        const double from = std::round(where.left() + double(i) * step),
                     to = std::round(where.left() + double(i + 1) * step);
        const double height = std::max(1.0, facts.bars[i] * (where.height() - 1));
        painter.fillRect(QRectF(from, where.bottom() - 1 - height,
                                std::max(1.0, to - from -
                                                  (apart && step > 4 ? 2
                                                   : step > 3        ? 1
                                                                     : 0)),
                                height),
                         color);
    }
}

} // namespace orrery
