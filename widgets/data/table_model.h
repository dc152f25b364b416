// A data::Table, or some of its rows, as a model: nothing is copied and a cell is written when it is asked
// for, so a million rows cost nothing.
//
// The vertical header counts rows as the file does, from 1, also where only some rows are shown.
#pragma once

#include "core/data/table.h"
#include "widgets/theme/theme.h"

#include <QAbstractTableModel>
#include <memory>
#include <vector>

namespace orrery {

class TableModel final : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Role {
        IsMissingRole = Qt::UserRole, ///< bool
        IsHighlightedRole,            ///< bool: in the rows of another view's brush
        TypeRole,                     ///< of a column, in the horizontal header: "number", "3 levels"
    };

    explicit TableModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

    /// `rows`: indices into the table, in the order to show; empty pointer for all of them.
    void setTable(std::shared_ptr<const data::Table> table,
                  std::shared_ptr<const std::vector<std::size_t>> rows = {});
    [[nodiscard]] const std::shared_ptr<const data::Table>& table() const { return m_table; }
    /// Index in the table of what is shown in model row `row`.
    [[nodiscard]] std::size_t tableRow(int row) const;

    /// Table rows; those that are not there are left out.
    void setHighlightedRows(const std::vector<int>& tableRows);
    /// The header says which column is predicted.
    void setTarget(const QString& name);
    void setTheme(const Theme& theme);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

  private:
    [[nodiscard]] QString text(std::size_t row, std::size_t column) const;
    [[nodiscard]] bool isMissing(std::size_t row, std::size_t column) const;
    [[nodiscard]] bool isNumeric(std::size_t column) const;
    [[nodiscard]] QVariant columnHeader(std::size_t column, int role) const;

    std::shared_ptr<const data::Table> m_table;
    std::shared_ptr<const std::vector<std::size_t>> m_rows;
    QString m_target;
    std::vector<bool> m_highlighted; ///< by table row; empty when none
    Theme m_theme = Theme::light();
};

} // namespace orrery
