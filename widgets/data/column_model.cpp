#include "widgets/data/column_model.h"

#include "widgets/data/table_text.h"

#include <algorithm>
#include <unordered_set>

namespace orrery {

void ColumnModel::setColumns(std::shared_ptr<const data::Table> table, std::vector<ColumnFacts> facts,
                             const data::Dataset& kept) {
    beginResetModel();
    m_table = std::move(table);
    m_entries.clear();
    for (ColumnFacts& one : facts)
        m_entries.push_back({std::move(one)});
    const bool keeps = !kept.roles.target.empty() && m_table && m_table->find(kept.roles.target);
    takeRoles(keeps ? kept.roles : m_table ? data::defaultRoles(*m_table) : data::Roles{});
    for (int row = 0; row < rowCount(); ++row)
        if (keeps && canChangeType(row))
            m_entries[std::size_t(row)].asCategory =
                std::ranges::find(kept.asCategory, this->facts(row).summary.name) != kept.asCategory.end();
    endResetModel();
    Q_EMIT rolesChanged();
}

void ColumnModel::takeRoles(const data::Roles& roles) {
    std::unordered_set<std::string> features(roles.features.begin(), roles.features.end());
    if (features.empty() && m_table) { // those that go without saying
        const data::Roles usual = data::defaultRoles(*m_table);
        features.insert(usual.features.begin(), usual.features.end());
        features.insert(usual.target);
    }
    m_target = -1;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        Entry& entry = m_entries[i];
        const std::string& name =
            entry.facts.isSparse() ? m_table->sparse->names.front() : entry.facts.summary.name;
        if (!entry.facts.isSparse() && name == roles.target) m_target = int(i);
        entry.used = features.contains(name) || int(i) == m_target;
    }
}

QString ColumnModel::name(int row) const {
    const ColumnFacts& one = facts(row);
    if (!one.isSparse()) return QString::fromStdString(one.summary.name);
    return counted(qint64(one.sparseCount), QStringLiteral("sparse feature"),
                   QStringLiteral("sparse features"));
}

bool ColumnModel::isCategory(int row) const {
    const Entry& entry = m_entries[std::size_t(row)];
    return !entry.facts.isSparse() && (entry.asCategory || !entry.facts.summary.numeric);
}

bool ColumnModel::canChangeType(int row) const {
    return !facts(row).isSparse() && facts(row).summary.numeric;
}

int ColumnModel::usedCount() const {
    int count = 0;
    for (int row = 0; row < rowCount(); ++row)
        if (isUsed(row) && !isTarget(row)) count += facts(row).isSparse() ? int(facts(row).sparseCount) : 1;
    return count;
}

int ColumnModel::featureCount() const {
    int count = 0;
    for (int row = 0; row < rowCount(); ++row)
        if (!isTarget(row)) count += facts(row).isSparse() ? int(facts(row).sparseCount) : 1;
    return count;
}

void ColumnModel::changed(int row) {
    Q_EMIT dataChanged(index(row), index(row));
    Q_EMIT rolesChanged();
}

void ColumnModel::setUsed(int row, bool used) {
    if (row < 0 || row >= rowCount() || isUsed(row) == used) return;
    m_entries[std::size_t(row)].used = used;
    changed(row);
}

void ColumnModel::setAllUsed(bool used) {
    if (m_entries.empty()) return;
    for (Entry& entry : m_entries)
        entry.used = used;
    Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    Q_EMIT rolesChanged();
}

void ColumnModel::setTarget(int row) {
    if (row < 0 || row >= rowCount() || row == m_target || facts(row).isSparse()) return;
    const int before = std::exchange(m_target, row);
    if (before >= 0) Q_EMIT dataChanged(index(before), index(before));
    changed(row);
}

void ColumnModel::setCategory(int row, bool category) {
    if (row < 0 || row >= rowCount() || !canChangeType(row) || isCategory(row) == category) return;
    m_entries[std::size_t(row)].asCategory = category;
    changed(row);
}

std::vector<std::string> ColumnModel::usedNames() const {
    std::vector<std::string> names;
    for (int row = 0; row < rowCount(); ++row) {
        if (!isUsed(row) || isTarget(row)) continue;
        if (facts(row).isSparse())
            names.insert(names.end(), m_table->sparse->names.begin(), m_table->sparse->names.end());
        else
            names.push_back(facts(row).summary.name);
    }
    return names;
}

void ColumnModel::writeTo(data::Dataset& dataset) const {
    dataset.table = m_table;
    dataset.roles = {};
    dataset.asCategory.clear();
    if (m_target < 0) return;
    const data::Roles defaults = data::defaultRoles(*m_table);
    dataset.roles.target = facts(m_target).summary.name;
    std::vector<std::string> used = usedNames();
    const bool isDefault = dataset.roles.target == defaults.target && used == defaults.features;
    if (!isDefault) dataset.roles.features = std::move(used);
    for (const Entry& entry : m_entries)
        if (entry.asCategory) dataset.asCategory.push_back(entry.facts.summary.name);
}

int ColumnModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_entries.size());
}

QString ColumnModel::spoken(int row) const {
    const QString role = isTarget(row) ? QStringLiteral("target")
                         : isUsed(row) ? QStringLiteral("used")
                                       : QStringLiteral("not used");
    return QStringLiteral("%1, %2, %3, %4 missing")
        .arg(name(row), isCategory(row) ? QStringLiteral("category") : QStringLiteral("number"), role)
        .arg(facts(row).summary.missing);
}

QVariant ColumnModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    switch (role) {
    case Qt::DisplayRole:
        return name(index.row());
    case Qt::AccessibleTextRole:
        return spoken(index.row());
    default:
        return {};
    }
}

} // namespace orrery
