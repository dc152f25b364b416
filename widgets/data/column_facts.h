// What the import preview shows of each column: its summary and the bars of a tiny histogram. Costs a pass
// over the table; call it on a worker.
#pragma once

#include "core/data/table_tools.h"
#include "core/support/progress.h"

#include <vector>

namespace orrery {

inline constexpr std::size_t kHistogramBars = 24;

struct ColumnFacts {
    data::ColumnSummary summary;
    std::vector<double>
        bars; ///< heights relative to the tallest; a bar a level for a category, the first ones
    std::size_t sparseCount = 0; ///< not 0: this stands for that many columns of the sparse block
    std::size_t stored = 0;      ///< sparse block: entries that are not zero

    [[nodiscard]] bool isSparse() const { return sparseCount > 0; }
};

/// One for each dense column, in order, then one for the whole sparse block. Empty when cancelled.
[[nodiscard]] std::vector<ColumnFacts> columnFacts(const data::Table& table, const Progress& progress);

/// Counts of the finite values in at most `bars` equal bins from the least to the greatest, relative to the
/// tallest. Whole numbers get bins of a whole width, so that no bin holds more of them than its neighbour by
/// its place alone.
[[nodiscard]] std::vector<double> histogramOf(const std::vector<double>& values, double minimum,
                                              double maximum, std::size_t bars = kHistogramBars);

} // namespace orrery
