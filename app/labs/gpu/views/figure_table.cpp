#include "app/labs/gpu/views/figure_table.h"

#include "widgets/frame/paint.h"
#include "widgets/plot/strokes.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <numeric>

namespace orrery::panel {

FigureTable::FigureTable(QWidget* parent) : QAbstractScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    viewport()->setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
}

void FigureTable::setTable(std::vector<FigureColumn> columns, std::vector<FigureRow> rows) {
    m_columns = std::move(columns);
    m_rows = std::move(rows);
    const int last = static_cast<int>(m_rows.size()) - 1;
    m_hovered = std::min(m_hovered, last), m_chosen = std::min(m_chosen, last);
    arrange();
}

void FigureTable::setPlaceholder(const QString& sentence) {
    m_placeholder = sentence;
    viewport()->update();
}

void FigureTable::sortBy(int column, bool descending) {
    m_sorted = column, m_descending = descending;
    arrange();
}

void FigureTable::arrange() {
    m_order.resize(m_rows.size());
    std::iota(m_order.begin(), m_order.end(), 0);
    if (m_sorted >= 0 && m_sorted < static_cast<int>(m_columns.size())) {
        const auto cell = [this](int row) -> const FigureCell& {
            return m_rows[static_cast<std::size_t>(row)].cells[static_cast<std::size_t>(m_sorted)];
        };
        const bool words = m_columns[static_cast<std::size_t>(m_sorted)].isWords;
        std::ranges::stable_sort(m_order, [&](int a, int b) {
            if (m_descending) std::swap(a, b);
            return words ? cell(a).text < cell(b).text : cell(a).value < cell(b).value;
        });
    }
    placeColumns();
    const int room = std::max(0, viewport()->height() - headHeight());
    verticalScrollBar()->setPageStep(room);
    verticalScrollBar()->setSingleStep(rowHeight());
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(m_rows.size()) * rowHeight() - room));
    viewport()->update();
}

void FigureTable::setHovered(int row) {
    if (std::exchange(m_hovered, row) != row) viewport()->update();
}

void FigureTable::setChosen(int row) {
    if (std::exchange(m_chosen, row) == row) return;
    viewport()->update();
    const auto place = std::ranges::find(m_order, row);
    if (place == m_order.end()) return;
    const int top = static_cast<int>(place - m_order.begin()) * rowHeight(),
              now = verticalScrollBar()->value();
    const int room = viewport()->height() - headHeight() - rowHeight();
    if (top < now || top > now + room) verticalScrollBar()->setValue(top - room / 2);
}

void FigureTable::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    arrange();
}

QSize FigureTable::minimumSizeHint() const {
    return {m_theme.px(240), m_theme.px(120)};
}

void FigureTable::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    arrange();
}

QString FigureTable::headOf(std::size_t column) const {
    const QString& title = m_columns[column].title;
    if (static_cast<int>(column) != m_sorted) return title;
    return title + (m_descending ? QStringLiteral(" ↓") : QStringLiteral(" ↑"));
}

QStringList FigureTable::shownColumns() const {
    QStringList heads;
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        if (!isLeftOut(i)) heads << m_columns[i].title;
    return heads;
}

double FigureTable::naturalWidth(std::size_t column) const {
    const bool words = m_columns[column].isWords;
    const QFont font = words ? m_theme.words(12.5) : m_theme.numbers(12);
    const double mark = m_theme.px(words ? 20 : 0);
    // Room for the arrow, whichever column it is sorted by.
    double width = textWidth(m_theme.words(12, QFont::DemiBold), m_columns[column].title + u'↓');
    for (const FigureRow& row : m_rows)
        if (column < row.cells.size())
            width = std::max(width, textWidth(font, row.cells[column].text) + mark);
    return std::ceil(width) + 1;
}

// Figures get what they need, names the rest; what is left over goes between the figures.
void FigureTable::placeColumns() {
    const double edge = m_theme.px(8), gap = m_theme.px(12), all = viewport()->width() - 2 * edge;
    m_lefts.assign(m_columns.size(), 0.0), m_widths.assign(m_columns.size(), 0.0);
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        m_widths[i] = naturalWidth(i);
    const auto wanted = [&](double least) {
        double sum = -gap;
        for (std::size_t i = 0; i < m_columns.size(); ++i)
            if (!isLeftOut(i))
                sum += gap + (m_columns[i].isWords ? std::min(m_widths[i], least) : m_widths[i]);
        return sum;
    };
    const double least = m_theme.px(118);
    while (wanted(least) > all) {
        std::size_t victim = m_columns.size();
        for (std::size_t i = 0; i < m_columns.size(); ++i)
            if (!isLeftOut(i) && m_columns[i].spare > 0 &&
                (victim == m_columns.size() || m_columns[i].spare > m_columns[victim].spare))
                victim = i;
        if (victim == m_columns.size()) break;
        m_widths[victim] = 0;
    }
    const double over = all - wanted(1e9);
    const auto figures = std::ranges::count_if(m_widths, [](double w) { return w > 0; }) - 1;
    const double more = over > 0 && figures > 0 ? over / double(figures) : 0;
    double left = edge;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        if (isLeftOut(i)) continue;
        m_widths[i] += m_columns[i].isWords ? std::min(over, 0.0) : more;
        m_lefts[i] = left, left += m_widths[i] + gap;
    }
}

QRectF FigureTable::cellRect(std::size_t column, const QRectF& row) const {
    return {row.left() + m_lefts[column], row.top(), std::max(0.0, m_widths[column]), row.height()};
}

int FigureTable::rowAt(QPointF pixel) const {
    if (pixel.y() < headHeight()) return -1;
    const int place =
        (static_cast<int>(pixel.y()) - headHeight() + verticalScrollBar()->value()) / rowHeight();
    return place >= 0 && place < static_cast<int>(m_order.size()) ? m_order[static_cast<std::size_t>(place)]
                                                                  : -1;
}

int FigureTable::columnAt(double x) const {
    const QRectF row(0, 0, viewport()->width(), 1);
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        if (const QRectF cell = cellRect(i, row); !isLeftOut(i) && x >= cell.left() && x <= cell.right())
            return static_cast<int>(i);
    return -1;
}

// --- painting ---

void FigureTable::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_rows.empty()) {
        painter.setFont(m_theme.words(13));
        painter.setPen(m_theme.inkSecond);
        painter.drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
        return;
    }
    painter.save();
    painter.setClipRect(QRect(0, headHeight(), viewport()->width(), viewport()->height() - headHeight()));
    const int first = verticalScrollBar()->value() / rowHeight();
    for (int place = first; place < static_cast<int>(m_order.size()); ++place) {
        const QRectF where(0, headHeight() + place * rowHeight() - verticalScrollBar()->value(),
                           viewport()->width(), rowHeight());
        if (where.top() > viewport()->height()) break;
        paintRow(painter, m_order[static_cast<std::size_t>(place)], where);
    }
    painter.restore();
    paintHead(painter);
    if (hasFocus()) drawFocusRing(painter, viewport()->rect(), m_theme.px(4), m_theme);
}

void FigureTable::paintHead(QPainter& painter) const {
    const QRectF head(0, 0, viewport()->width(), headHeight());
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        if (isLeftOut(i)) continue;
        const bool sorted = static_cast<int>(i) == m_sorted;
        drawElided(painter, cellRect(i, head),
                   (m_columns[i].isWords ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter,
                   m_theme.words(12, QFont::DemiBold), sorted ? m_theme.ink : m_theme.inkSecond, headOf(i));
    }
    painter.setPen(QPen(m_theme.line, m_theme.hairline()));
    painter.drawLine(QPointF(0, head.bottom() - 0.5), QPointF(head.right(), head.bottom() - 0.5));
}

void FigureTable::paintRow(QPainter& painter, int index, const QRectF& where) const {
    const FigureRow& row = m_rows[static_cast<std::size_t>(index)];
    if (index == m_chosen || index == m_hovered) {
        painter.fillRect(where, index == m_chosen ? m_theme.brassSoft : m_theme.accentSoft);
        if (index == m_chosen)
            painter.fillRect(QRectF(0, where.top(), m_theme.px(3), where.height()), m_theme.brass);
    }
    for (std::size_t i = 0; i < std::min(row.cells.size(), m_columns.size()); ++i) {
        if (isLeftOut(i)) continue;
        const FigureCell& cell = row.cells[i];
        QRectF box = cellRect(i, where);
        if (i == 0 && row.category >= 0) {
            const CategoryStyle& style = m_theme.category(row.category);
            drawMark(painter, {box.left() + m_theme.px(8), box.center().y()}, style.shape, m_theme.px(4.5),
                     style.color, m_theme.surface);
            box.setLeft(box.left() + m_theme.px(20));
        }
        const bool words = m_columns[i].isWords;
        const QRectF text = cell.bar >= 0 ? box.adjusted(0, 0, 0, -m_theme.px(5)) : box;
        const QFont font = words ? m_theme.words(12.5) : m_theme.numbers(12);
        // Names differ at their ends: cut in the middle.
        drawElided(
            painter, text, (words ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter, font, m_theme.ink,
            words ? QFontMetricsF(font).elidedText(cell.text, Qt::ElideMiddle, text.width()) : cell.text);
        if (cell.bar < 0) continue;
        const double height = m_theme.px(3), width = std::max(1.0, box.width() * std::min(1.0, cell.bar));
        painter.fillRect(QRectF(box.right() - width, where.bottom() - m_theme.px(6), width, height),
                         row.category >= 0 ? m_theme.category(row.category).color : m_theme.accent);
    }
    painter.setPen(QPen(m_theme.grid, m_theme.hairline()));
    painter.drawLine(QPointF(0, where.bottom() - 0.5), QPointF(where.right(), where.bottom() - 0.5));
}

// --- pointer and keys ---

void FigureTable::mouseMoveEvent(QMouseEvent* event) {
    if (const int row = rowAt(event->position()); row != m_hovered) Q_EMIT rowHovered(row);
}

void FigureTable::mousePressEvent(QMouseEvent* event) {
    if (const int row = rowAt(event->position()); row >= 0) return Q_EMIT rowChosen(row);
    const int column = columnAt(event->position().x());
    if (event->position().y() < headHeight() && column >= 0)
        sortBy(column,
               column == m_sorted ? !m_descending : !m_columns[static_cast<std::size_t>(column)].isWords);
}

bool FigureTable::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave) Q_EMIT rowHovered(-1);
    return QAbstractScrollArea::viewportEvent(event);
}

void FigureTable::keyPressEvent(QKeyEvent* event) {
    const int by = event->key() == Qt::Key_Down || event->key() == Qt::Key_Period ? 1
                   : event->key() == Qt::Key_Up || event->key() == Qt::Key_Comma  ? -1
                                                                                  : 0;
    if (by == 0 || m_rows.empty()) return QAbstractScrollArea::keyPressEvent(event);
    const auto at = std::ranges::find(m_order, m_chosen);
    const int place = at == m_order.end() ? 0 : static_cast<int>(at - m_order.begin()) + by;
    Q_EMIT rowChosen(
        m_order[static_cast<std::size_t>(std::clamp(place, 0, static_cast<int>(m_order.size()) - 1))]);
}

} // namespace orrery::panel
