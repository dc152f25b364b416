// What a preview shows of a table, and tables made from tables.
#pragma once

#include "core/data/table.h"

namespace orrery::data {

struct ColumnSummary {
    std::string name;
    bool numeric = true;
    std::size_t missing = 0;
    std::size_t distinct = 0; ///< numeric: counted up to kDistinctCap; categorical: levels in use
    // Numeric columns, over the values that are finite; NaN when there are none.
    double minimum = 0.0;
    double mean = 0.0;
    double maximum = 0.0;
    double standardDeviation = 0.0; ///< n − 1 in the denominator
    std::vector<std::pair<std::string, std::size_t>> levels; ///< categorical: level and count, in level order
};

inline constexpr std::size_t kDistinctCap = 64;

[[nodiscard]] ColumnSummary summarize(const Column& column);
/// One summary a dense column, in order.
[[nodiscard]] std::vector<ColumnSummary> summarize(const Table& table);

/// The given rows in the given order; levels are kept even where no row uses them any more.
[[nodiscard]] std::shared_ptr<const Table> selectRows(const Table& table, const std::vector<std::size_t>& rows);

/// Column as text, for views and for writing: numbers in the shortest form that reads back, missing as "".
[[nodiscard]] std::string cellText(const Column& column, std::size_t row);

/// The dense columns as CSV text: reads back as the same table.
[[nodiscard]] std::string toCsv(const Table& table);

/// Makes names non-empty ("column3") and distinct ("x", "x_2").
void makeNamesUsable(std::vector<std::string>& names);

} // namespace orrery::data
