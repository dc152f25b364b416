// Rows of the table behind rows of a problem, both ways: views mark the latter, the data page the former.
#pragma once

#include <cstddef>
#include <vector>

namespace orrery {

/// `tableRows` is ascending: the row of the table of each row of the problem. Rows that are not there are
/// left out.
[[nodiscard]] std::vector<int> toTableRows(const std::vector<std::size_t>& tableRows,
                                           const std::vector<int>& rows);
[[nodiscard]] std::vector<int> fromTableRows(const std::vector<std::size_t>& tableRows,
                                             const std::vector<int>& marked);

} // namespace orrery
