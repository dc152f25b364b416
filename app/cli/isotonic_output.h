// What `orrery solve isotonic` prints and writes.
#pragma once

#include "app/cli/isotonic_arguments.h"
#include "core/isotonic/isotonic_fit.h"

#include <ostream>

namespace orrery::cli {

struct IsotonicReport {
    isotonic::IsotonicFit fit;
    double seconds = 0.0;     ///< from the columns to the blocks: ordering, merging ties, solving
    double loadSeconds = 0.0; ///< reading the file
    std::optional<isotonic::Counters> counters; ///< of a steppable solver
};

/// The columns as they were read, n each; weights may be empty.
struct IsotonicColumns {
    std::vector<double> x, y, weights;
};

/// One JSON object: seconds, load_seconds, solver, increasing, rows, rows_left_out, points, blocks, loss, and
/// the solver's counters.
void writeJson(std::ostream& out, const IsotonicReport& report, const IsotonicArguments& arguments);

/// One line a block, at most 40 of them, then the totals.
void writeTable(std::ostream& out, const IsotonicReport& report);

/// Columns x, y, the weight if there is one, and "fitted", a row for every row that was read; the fit of a
/// row that was left out is empty. Fails with one line that names the file.
[[nodiscard]] Expected<void> writeFitted(const IsotonicReport& report, const IsotonicColumns& columns,
                                         const IsotonicArguments& arguments);

} // namespace orrery::cli
