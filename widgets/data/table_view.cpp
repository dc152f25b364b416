#include "widgets/data/table_view.h"

#include "widgets/frame/paint.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace orrery {

namespace {

constexpr int kPadding = 12;
constexpr int kRowHeight = 28;
constexpr int kFittedColumns = 200; ///< wider tables keep the standard width behind these
constexpr int kFittedRows = 60;

/// Cells without Qt's focus frame; the brass bar of brushed rows.
class CellDelegate final : public QStyledItemDelegate {
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    Theme theme = Theme::light();

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const bool selected = option.state & QStyle::State_Selected;
        const bool highlighted = index.data(TableModel::IsHighlightedRole).toBool();
        if (selected)
            painter->fillRect(option.rect, theme.accentSoft);
        else if (highlighted)
            painter->fillRect(option.rect, theme.brassSoft);
        if (highlighted && index.column() == 0)
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), theme.px(3), option.rect.height()),
                              theme.brass);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                          theme.grid);
        const QRectF box = QRectF(option.rect).adjusted(theme.px(kPadding), 0, -theme.px(kPadding), 0);
        drawElided(*painter, box, Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()),
                   index.data(Qt::FontRole).value<QFont>(), index.data(Qt::ForegroundRole).value<QColor>(),
                   index.data(Qt::DisplayRole).toString());
        if ((option.state & QStyle::State_HasFocus) && option.widget && option.widget->hasFocus())
            drawFocusRing(*painter, option.rect, theme.px(4), theme);
    }
};

} // namespace

TableHeader::TableHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent) {
    setHighlightSections(false);
    setSectionsClickable(true);
    setAccessibleName(QStringLiteral("Columns"));
}

void TableHeader::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    viewport()->update();
}

QSize TableHeader::sizeHint() const {
    return {QHeaderView::sizeHint().width(), m_theme.px(46)};
}

void TableHeader::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_theme.surface);
    painter.fillRect(QRect(0, viewport()->height() - 1, viewport()->width(), 1), m_theme.line);
    painter.end();
    QHeaderView::paintEvent(event);
}

void TableHeader::paintSection(QPainter* painter, const QRect& rect, int section) const {
    painter->save();
    painter->fillRect(rect, m_theme.surface);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), m_theme.line);
    const auto side =
        Qt::Alignment(model()->headerData(section, Qt::Horizontal, Qt::TextAlignmentRole).toInt()) &
        Qt::AlignHorizontal_Mask;
    const QRectF box =
        QRectF(rect).adjusted(m_theme.px(kPadding), m_theme.px(6), -m_theme.px(kPadding), -m_theme.px(6));
    drawElided(*painter, box, side | Qt::AlignTop, m_theme.words(12.5, QFont::DemiBold), m_theme.ink,
               model()->headerData(section, Qt::Horizontal).toString());
    drawElided(*painter, box, side | Qt::AlignBottom, m_theme.words(11), m_theme.inkSecond,
               model()->headerData(section, Qt::Horizontal, TableModel::TypeRole).toString());
    painter->restore();
}

RowNumbers::RowNumbers(QWidget* parent) : QHeaderView(Qt::Vertical, parent) {
    setHighlightSections(false);
    setSectionsClickable(true);
    setSectionResizeMode(QHeaderView::Fixed);
    setAccessibleName(QStringLiteral("Row numbers"));
}

void RowNumbers::setTheme(const Theme& theme) {
    m_theme = theme;
    setMinimumSectionSize(theme.px(kRowHeight));
    setDefaultSectionSize(theme.px(kRowHeight));
    updateGeometry();
}

QSize RowNumbers::sizeHint() const {
    // Of the largest number, which a subset need not show last: by count of digits.
    qulonglong largest = 0;
    if (model() && model()->rowCount() > 0)
        largest = std::max(model()->headerData(model()->rowCount() - 1, Qt::Vertical).toULongLong(),
                           qulonglong(model()->rowCount()));
    const QString widest(std::max<qsizetype>(3, grouped(qint64(largest)).size()), QLatin1Char('0'));
    return {int(std::ceil(textWidth(m_theme.numbers(11), widest))) + m_theme.px(2 * kPadding),
            QHeaderView::sizeHint().height()};
}

void RowNumbers::paintSection(QPainter* painter, const QRect& rect, int section) const {
    painter->save();
    painter->fillRect(rect, m_theme.surface);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), m_theme.grid);
    drawElided(*painter, QRectF(rect).adjusted(0, 0, -m_theme.px(kPadding), 0),
               Qt::AlignRight | Qt::AlignVCenter, m_theme.numbers(11), m_theme.inkThird,
               grouped(model()->headerData(section, Qt::Vertical).toLongLong()));
    painter->restore();
}

TableView::TableView(QWidget* parent) : QTableView(parent), m_model(new TableModel(this)) {
    setHorizontalHeader(new TableHeader(this));
    setVerticalHeader(new RowNumbers(this));
    setItemDelegate(new CellDelegate(this));
    setModel(m_model);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setStyleSheet(QStringLiteral("QTableView { border: none; background: transparent; } "
                                 "QAbstractScrollArea::corner { background: transparent; border: none; }"));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setWordWrap(false);
    setAccessibleName(QStringLiteral("Rows of the data set"));
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, &TableView::announceSelection);
}

void TableView::setTable(std::shared_ptr<const data::Table> table,
                         std::shared_ptr<const std::vector<std::size_t>> rows) {
    m_model->setTable(std::move(table), std::move(rows));
    fitColumns();
    verticalHeader()->updateGeometry();
    updateGeometries();
    scrollToTop();
}

void TableView::setTarget(const QString& name) {
    m_model->setTarget(name);
    fitColumns();
}

void TableView::setHighlightedRows(const std::vector<int>& tableRows) {
    m_model->setHighlightedRows(tableRows);
    const int first = rowAt(0), last = rowAt(viewport()->height() - 1);
    int nearest = -1;
    for (int row = 0; row < m_model->rowCount() && !tableRows.empty(); ++row) {
        if (!m_model->index(row, 0).data(TableModel::IsHighlightedRole).toBool()) continue;
        if (nearest < 0) nearest = row;
        if (row >= first && (last < 0 || row <= last)) return;
        if (last >= 0 && row > last) break;
    }
    if (nearest >= 0) scrollTo(m_model->index(nearest, 0), QAbstractItemView::PositionAtCenter);
}

void TableView::setSelectable(bool selectable) {
    setSelectionMode(selectable ? QAbstractItemView::ExtendedSelection : QAbstractItemView::NoSelection);
    setFocusPolicy(selectable ? Qt::StrongFocus : Qt::TabFocus);
}

void TableView::setTheme(const Theme& theme) {
    m_theme = theme;
    static_cast<CellDelegate*>(itemDelegate())->theme = theme;
    m_model->setTheme(theme);
    fitColumns();
}

int TableView::fittingWidth(int column) const {
    const double name = textWidth(m_theme.words(12.5, QFont::DemiBold),
                                  m_model->headerData(column, Qt::Horizontal).toString());
    const double type = textWidth(
        m_theme.words(11), m_model->headerData(column, Qt::Horizontal, TableModel::TypeRole).toString());
    double widest = std::max(name, type);
    for (int row = 0; row < std::min(kFittedRows, m_model->rowCount()); ++row) {
        const QModelIndex cell = m_model->index(row, column);
        widest = std::max(widest, textWidth(cell.data(Qt::FontRole).value<QFont>(), cell.data().toString()));
    }
    return std::min(int(std::ceil(widest)) + m_theme.px(2 * kPadding) + 2, m_theme.px(220));
}

void TableView::fitColumns() {
    horizontalHeader()->setDefaultSectionSize(m_theme.px(96));
    for (int column = 0; column < std::min(kFittedColumns, m_model->columnCount()); ++column)
        setColumnWidth(column, fittingWidth(column));
}

void TableView::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    // The lines of the rows go on where there are no more columns.
    const int right = m_model->columnCount() ? columnViewportPosition(m_model->columnCount() - 1) +
                                                   columnWidth(m_model->columnCount() - 1)
                                             : 0;
    if (right >= viewport()->width()) return;
    QPainter painter(viewport());
    for (int row = std::max(0, rowAt(0)); row < m_model->rowCount(); ++row) {
        const int bottom = rowViewportPosition(row) + rowHeight(row) - 1;
        painter.fillRect(QRect(right, bottom, viewport()->width() - right, 1), m_theme.grid);
        if (bottom > viewport()->height()) break;
    }
}

void TableView::announceSelection() {
    std::vector<int> rows;
    for (const QItemSelectionRange& range : selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(int(m_model->tableRow(row)));
    std::ranges::sort(rows);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    Q_EMIT rowsSelected(rows);
}

void TableView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && selectionModel()->hasSelection()) {
        clearSelection();
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace orrery
