#include "app/lab/row_links.h"

#include <algorithm>

namespace orrery {

std::vector<int> toTableRows(const std::vector<std::size_t>& tableRows, const std::vector<int>& rows) {
    std::vector<int> marked;
    for (const int row : rows)
        if (row >= 0 && static_cast<std::size_t>(row) < tableRows.size())
            marked.push_back(static_cast<int>(tableRows[static_cast<std::size_t>(row)]));
    return marked;
}

std::vector<int> fromTableRows(const std::vector<std::size_t>& tableRows, const std::vector<int>& marked) {
    std::vector<int> rows;
    for (const int wanted : marked) {
        if (wanted < 0) continue;
        const auto found =
            std::lower_bound(tableRows.begin(), tableRows.end(), static_cast<std::size_t>(wanted));
        if (found != tableRows.end() && *found == static_cast<std::size_t>(wanted))
            rows.push_back(static_cast<int>(found - tableRows.begin()));
    }
    return rows;
}

} // namespace orrery
