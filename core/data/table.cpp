#include "core/data/table.h"

#include <algorithm>

namespace orrery::data {

std::size_t Column::rows() const {
    return isNumeric() ? numeric().values.size() : categorical().codes.size();
}

std::size_t Column::missingCount() const {
    if (isNumeric()) {
        const auto& v = numeric().values;
        return static_cast<std::size_t>(std::count_if(v.begin(), v.end(), [](double x) { return std::isnan(x); }));
    }
    const auto& codes = categorical().codes;
    return static_cast<std::size_t>(std::count(codes.begin(), codes.end(), CategoricalColumn::kMissingLevel));
}

std::optional<std::size_t> Table::find(std::string_view columnName) const {
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].name == columnName) return i;
    return std::nullopt;
}

} // namespace orrery::data
