// The columns of a table with their roles, as a list: which is predicted, which are used, which numbers are
// codes.
#pragma once

#include "core/data/dataset.h"
#include "widgets/data/column_facts.h"

#include <QAbstractListModel>

namespace orrery {

class ColumnModel final : public QAbstractListModel {
    Q_OBJECT
  public:
    explicit ColumnModel(QObject* parent = nullptr) : QAbstractListModel(parent) {}

    /// Takes the default roles of the table, or those of `kept`, codes included, where its target is still
    /// there.
    void setColumns(std::shared_ptr<const data::Table> table, std::vector<ColumnFacts> facts,
                    const data::Dataset& kept = {});
    [[nodiscard]] const ColumnFacts& facts(int row) const { return m_entries[std::size_t(row)].facts; }
    [[nodiscard]] QString name(int row) const;
    [[nodiscard]] bool isUsed(int row) const { return m_entries[std::size_t(row)].used; }
    [[nodiscard]] bool isTarget(int row) const { return row == m_target; }
    [[nodiscard]] bool isCategory(int row) const;
    /// Numbers may be read as codes; what is not a number stays a category.
    [[nodiscard]] bool canChangeType(int row) const;
    [[nodiscard]] int target() const { return m_target; }
    [[nodiscard]] int usedCount() const;    ///< features; the sparse block counts with all its columns
    [[nodiscard]] int featureCount() const; ///< that could be used: all but the target

    void setUsed(int row, bool used);
    void setAllUsed(bool used);
    void setTarget(int row);
    void setCategory(int row, bool category);

    /// Roles and codes into `dataset`. Features stay empty, meaning "the others", where they are the default.
    void writeTo(data::Dataset& dataset) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

  Q_SIGNALS:
    void rolesChanged();

  private:
    struct Entry {
        ColumnFacts facts;
        bool used = true;
        bool asCategory = false;
    };
    void changed(int row);
    void takeRoles(const data::Roles& roles);
    [[nodiscard]] QString spoken(int row) const;
    [[nodiscard]] std::vector<std::string> usedNames() const;

    std::shared_ptr<const data::Table> m_table;
    std::vector<Entry> m_entries;
    int m_target = -1;
};

} // namespace orrery
