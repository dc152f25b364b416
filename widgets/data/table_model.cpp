#include "widgets/data/table_model.h"

#include "core/data/table_tools.h"
#include "widgets/data/table_text.h"

#include <cmath>

namespace orrery {

namespace {

// Item views count in int.
int asCount(std::size_t n) {
    return int(std::min<std::size_t>(n, std::size_t(std::numeric_limits<int>::max())));
}

} // namespace

void TableModel::setTable(std::shared_ptr<const data::Table> table,
                          std::shared_ptr<const std::vector<std::size_t>> rows) {
    beginResetModel();
    m_table = std::move(table);
    m_rows = std::move(rows);
    m_highlighted.clear();
    endResetModel();
}

std::size_t TableModel::tableRow(int row) const {
    return m_rows ? (*m_rows)[std::size_t(row)] : std::size_t(row);
}

void TableModel::setHighlightedRows(const std::vector<int>& tableRows) {
    const std::size_t rows = m_table ? m_table->rows() : 0;
    m_highlighted.assign(tableRows.empty() ? 0 : rows, false);
    for (const int row : tableRows)
        if (row >= 0 && std::size_t(row) < rows) m_highlighted[std::size_t(row)] = true;
    if (rowCount() > 0 && columnCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1),
                           {IsHighlightedRole, Qt::BackgroundRole});
}

void TableModel::setTarget(const QString& name) {
    if (name == m_target) return;
    m_target = name;
    if (columnCount() > 0) Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void TableModel::setTheme(const Theme& theme) {
    m_theme = theme;
    if (rowCount() == 0 || columnCount() == 0) return;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1),
                       {Qt::FontRole, Qt::ForegroundRole, Qt::BackgroundRole});
    Q_EMIT headerDataChanged(Qt::Vertical, 0, rowCount() - 1);
}

int TableModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid() || !m_table) return 0;
    return asCount(m_rows ? m_rows->size() : m_table->rows());
}

int TableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_table ? 0 : asCount(m_table->columnCount());
}

bool TableModel::isNumeric(std::size_t column) const {
    return column >= m_table->columns.size() || m_table->columns[column].isNumeric();
}

bool TableModel::isMissing(std::size_t row, std::size_t column) const {
    if (column >= m_table->columns.size()) return false;
    const data::Column& values = m_table->columns[column];
    return values.isNumeric() ? std::isnan(values.numeric().values[row])
                              : values.categorical().codes[row] < 0;
}

QString TableModel::text(std::size_t row, std::size_t column) const {
    if (isMissing(row, column)) return QStringLiteral("–");
    if (column >= m_table->columns.size()) {
        const auto sparseColumn = Eigen::Index(column - m_table->columns.size());
        return spokenNumber(m_table->sparse->values.coeff(Eigen::Index(row), sparseColumn), 10);
    }
    const data::Column& values = m_table->columns[column];
    if (values.isNumeric()) return spokenNumber(values.numeric().values[row], 10);
    return QString::fromStdString(data::cellText(values, row));
}

QVariant TableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const std::size_t row = tableRow(index.row()), column = std::size_t(index.column());
    const bool highlighted = !m_highlighted.empty() && m_highlighted[row];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case Qt::TextAlignmentRole:
        return int((isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::FontRole:
        return isNumeric(column) ? m_theme.numbers() : m_theme.words(12.5);
    case Qt::ForegroundRole:
        return isMissing(row, column) ? m_theme.inkThird : m_theme.ink;
    case Qt::BackgroundRole:
        return highlighted ? QVariant(m_theme.brassSoft) : QVariant();
    case Qt::AccessibleTextRole:
        return isMissing(row, column) ? QStringLiteral("missing") : text(row, column);
    case IsMissingRole:
        return isMissing(row, column);
    case IsHighlightedRole:
        return highlighted;
    default:
        return {};
    }
}

QVariant TableModel::columnHeader(std::size_t column, int role) const {
    const bool sparse = column >= m_table->columns.size();
    const std::string& name =
        sparse ? m_table->sparse->names[column - m_table->columns.size()] : m_table->columns[column].name;
    QString type = sparse ? QStringLiteral("sparse") : typeText(m_table->columns[column]);
    if (!sparse && QString::fromStdString(name) == m_target) type = QStringLiteral("target, %1").arg(type);
    switch (role) {
    case Qt::DisplayRole:
        return QString::fromStdString(name);
    case TypeRole:
        return type;
    case Qt::TextAlignmentRole:
        return int((isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        return QStringLiteral("%1, %2").arg(QString::fromStdString(name), type);
    default:
        return {};
    }
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (!m_table || section < 0) return {};
    if (orientation == Qt::Horizontal)
        return section < columnCount() ? columnHeader(std::size_t(section), role) : QVariant();
    if (section >= rowCount()) return {};
    if (role == Qt::DisplayRole) return qulonglong(tableRow(section) + 1);
    if (role == Qt::TextAlignmentRole) return int(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

} // namespace orrery
