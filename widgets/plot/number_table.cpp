#include "widgets/plot/number_table.h"

#include "widgets/frame/paint.h"
#include "widgets/plot/strokes.h"
#include "widgets/theme/contrast.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace orrery {

namespace {
constexpr double kHead = 30.0;
constexpr double kRow = 44.0;      ///< tallest
constexpr double kLeastRow = 18.0; ///< below, extra rows are left out
constexpr double kLowHead = 24.0;  ///< where the card is low
constexpr double kBar = 4.0;
constexpr double kFigure = 12.5, kLeastFigure = 9.5; ///< type
constexpr double kGap = 8.0;                         ///< between figures
} // namespace

NumberTable::NumberTable(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void NumberTable::setTable(std::vector<FigureColumn> columns, std::vector<FigureRow> rows) {
    m_columns = std::move(columns);
    m_rows = std::move(rows);
    QStringList words;
    for (const FigureRow& row : m_rows) {
        QStringList cells;
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            cells << m_columns[i].name + QLatin1Char(' ') + row.cells[i].text;
        words << row.label + QStringLiteral(": ") + cells.join(QStringLiteral(", "));
    }
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    update();
}

void NumberTable::setPlaceholder(const QString& sentence) {
    m_placeholder = sentence;
    update();
}

void NumberTable::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    update();
}

QSize NumberTable::minimumSizeHint() const {
    return {m_theme.px(240), m_theme.px(150)};
}
QSize NumberTable::sizeHint() const {
    return {m_theme.px(420), m_theme.px(260)};
}

double NumberTable::labelWidth() const {
    double width = 0.0;
    for (const FigureRow& row : m_rows) {
        const double hint = row.hint.isEmpty() ? 0.0 : textWidth(m_theme.words(11), row.hint) + m_theme.px(6);
        width = std::max(width, textWidth(m_theme.words(12.5), row.label) + hint);
    }
    return std::min(width + m_theme.px(10), this->width() * 0.42);
}

QRectF NumberTable::cellRect(std::size_t column, const QRectF& row) const {
    const double left = row.left() + labelWidth(),
                 width = (row.right() - left) / static_cast<double>(m_columns.size());
    return {left + width * static_cast<double>(column), row.top(), width - m_theme.px(kGap), row.height()};
}

std::vector<const FigureRow*> NumberTable::shownRows(double room) const {
    std::vector<const FigureRow*> shown;
    const bool isLow = room < m_theme.px(kLeastRow) * static_cast<double>(m_rows.size());
    for (const FigureRow& row : m_rows)
        if (!isLow || !row.isExtra) shown.push_back(&row);
    return shown;
}

// As large as the longest figure and the rows allow: one that is cut says nothing.
double NumberTable::figureSize(double rowHeight) const {
    const double room = cellRect(0, QRectF(m_theme.px(2), 0, width() - m_theme.px(4), 1)).width();
    double size = std::clamp(std::floor(rowHeight / m_theme.scale * 0.72 * 2) / 2, kLeastFigure, kFigure);
    const auto fits = [&](const FigureCell& cell) {
        const auto weight = cell.isBest ? QFont::Bold : QFont::Normal;
        return textWidth(m_theme.numbers(size, weight), cell.text) <= room;
    };
    for (const FigureRow& row : m_rows)
        for (const FigureCell& cell : row.cells)
            while (size > kLeastFigure && !fits(cell))
                size -= 0.5;
    return size;
}

void NumberTable::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_rows.empty() || m_columns.empty()) {
        painter.setFont(m_theme.words(13));
        painter.setPen(m_theme.inkSecond);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
        return;
    }
    const bool isLow = height() < m_theme.px(kHead + kLeastRow * 1.4 * static_cast<double>(m_rows.size()));
    const double head = m_theme.px(isLow ? kLowHead : kHead), room = height() - head - m_theme.px(4);
    const std::vector<const FigureRow*> shown = shownRows(room);
    const double each = std::min<double>(m_theme.px(kRow), room / static_cast<double>(shown.size()));
    m_figureSize = figureSize(each);
    paintHead(painter, head);
    QRectF where(m_theme.px(2), head, width() - m_theme.px(4), each);
    for (const FigureRow* row : shown) {
        paintRow(painter, *row, where);
        where.translate(0, each);
    }
}

void NumberTable::paintHead(QPainter& painter, double height) const {
    const QRectF row(m_theme.px(2), 0, width() - m_theme.px(4), height);
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const FigureColumn& column = m_columns[i];
        const QRectF cell = cellRect(i, row);
        double size = 12.0; // a long name in a narrow column is set smaller
        while (size > kLeastFigure &&
               textWidth(m_theme.words(size, QFont::DemiBold), column.name) > cell.width())
            size -= 0.5;
        const QFont font = m_theme.words(size, QFont::DemiBold);
        const double name = textWidth(font, column.name);
        // Where name and mark do not fit side by side the name takes the colour of the mark.
        const bool marked = column.category >= 0 && name + m_theme.px(14) <= cell.width() + m_theme.px(6);
        const double mark = marked ? m_theme.px(14) : 0.0,
                     text = std::min(name, cell.width() + m_theme.px(6));
        const double left = cell.right() - text - mark;
        QColor ink = column.isNow ? readable(m_theme.brass, m_theme.surface) : m_theme.ink;
        if (marked) {
            const CategoryStyle& style = m_theme.category(column.category);
            drawMark(painter, {left + mark * 0.35, cell.center().y()}, style.shape, m_theme.markSize() * 0.8,
                     style.color, m_theme.surface);
        } else if (column.category >= 0 && !column.isNow) {
            ink = readable(m_theme.category(column.category).color, m_theme.surface);
        }
        drawElided(painter, {left + mark, cell.top(), text + 1, cell.height()},
                   Qt::AlignLeft | Qt::AlignVCenter, font, ink, column.name);
    }
    painter.setPen(QPen(m_theme.line, m_theme.hairline()));
    painter.drawLine(QPointF(0, height - 0.5), QPointF(width(), height - 0.5));
}

void NumberTable::paintRow(QPainter& painter, const FigureRow& row, QRectF where) const {
    const double label = labelWidth() - m_theme.px(8);
    const QFont font = m_theme.words(std::min(row.isLight ? 12.0 : 12.5, std::max(m_figureSize, 11.0)));
    const double drawn = drawElided(
        painter, {where.left() + (row.isLight ? m_theme.px(10) : 0), where.top(), label, where.height()},
        Qt::AlignLeft | Qt::AlignVCenter, font, row.isLight ? m_theme.inkSecond : m_theme.ink, row.label);
    if (!row.hint.isEmpty() && !row.isLight)
        drawElided(painter,
                   {where.left() + drawn + m_theme.px(6), where.top(), label - drawn - m_theme.px(6),
                    where.height()},
                   Qt::AlignLeft | Qt::AlignVCenter, m_theme.words(11), m_theme.inkSecond, row.hint);
    for (std::size_t i = 0; i < std::min(row.cells.size(), m_columns.size()); ++i)
        paintCell(painter, row.cells[i], m_columns[i], cellRect(i, where), row.isLight);
    painter.setPen(QPen(m_theme.grid, m_theme.hairline()));
    painter.drawLine(QPointF(0, where.bottom() - 0.5), QPointF(width(), where.bottom() - 0.5));
}

void NumberTable::paintCell(QPainter& painter, const FigureCell& cell, const FigureColumn& column,
                            QRectF where, bool light) const {
    const bool bar = cell.share >= 0.0 && where.height() >= m_theme.px(24);
    const QRectF text = bar ? where.adjusted(0, 0, 0, -m_theme.px(kBar + 5)) : where;
    drawElided(painter, text, Qt::AlignRight | Qt::AlignVCenter,
               m_theme.numbers(light ? std::min(m_figureSize, kFigure - 1.0) : m_figureSize,
                               cell.isBest ? QFont::Bold : QFont::Normal),
               cell.text.isEmpty() || light ? m_theme.inkSecond : m_theme.ink,
               cell.text.isEmpty() ? QStringLiteral("–") : cell.text);
    if (!bar) return;
    const double height = m_theme.px(kBar), full = where.width() - m_theme.px(14);
    const QRectF track(where.right() - full, where.bottom() - m_theme.px(9), full, height);
    const auto fill = [&](double share, const QColor& color) {
        if (share <= 0.0) return;
        QRectF part = track;
        part.setWidth(std::max(height, full * std::clamp(share, 0.0, 1.0)));
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawRoundedRect(part, height / 2, height / 2);
    };
    fill(cell.reach, m_theme.track);
    fill(cell.share, column.isNow          ? m_theme.brass
                     : column.category < 0 ? m_theme.inkThird
                                           : m_theme.category(column.category).color);
}

} // namespace orrery
