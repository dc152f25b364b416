// Which column is predicted when nobody has said so.
#include "core/data/dataset.h"

#include <algorithm>
#include <array>

namespace orrery::data {

namespace {

std::string lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

bool soundsLikeTarget(const std::string& name) {
    constexpr std::array<std::string_view, 15> kNames = {"y",     "target",   "label",   "class",  "quality",
                                                         "price", "response", "outcome", "output", "diagnosis",
                                                         "species", "digit",  "cultivar", "medv",  "label_"};
    return std::find(kNames.begin(), kNames.end(), lower(name)) != kNames.end();
}

bool soundsLikeIndex(const std::string& name) {
    constexpr std::array<std::string_view, 5> kNames = {"id", "index", "row", "rowid", "unnamed: 0"};
    return std::find(kNames.begin(), kNames.end(), lower(name)) != kNames.end();
}

std::size_t defaultTarget(const Table& table) {
    const auto& columns = table.columns;
    for (std::size_t i = columns.size(); i-- > 0;)
        if (soundsLikeTarget(columns[i].name)) return i;
    for (std::size_t i = columns.size(); i-- > 0;)
        if (columns[i].isNumeric() && !soundsLikeIndex(columns[i].name)) return i;
    return columns.empty() ? 0 : columns.size() - 1;
}

} // namespace

Roles defaultRoles(const Table& table) {
    Roles roles;
    if (table.columns.empty()) return roles;
    const std::size_t target = defaultTarget(table);
    roles.target = table.columns[target].name;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        if (i != target && !soundsLikeIndex(table.columns[i].name)) roles.features.push_back(table.columns[i].name);
    if (table.sparse)
        roles.features.insert(roles.features.end(), table.sparse->names.begin(), table.sparse->names.end());
    return roles;
}

} // namespace orrery::data
