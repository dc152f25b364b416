#include "core/isotonic/solver_state.h"

#include <cassert>

namespace orrery::isotonic {

std::vector<TraceColumn> isotonicTraceColumns() {
    return {{"blocks", "", false},
            {"comparisons", "", false},
            {"pops", "", false},
            {"writes", "", false},
            {"loss", "", false}};
}

void writeTraceRow(const SolverState& state, std::size_t blocks, std::span<double> row) {
    assert(row.size() == 5);
    row[0] = static_cast<double>(blocks);
    row[1] = static_cast<double>(state.counters.comparisons);
    row[2] = static_cast<double>(state.counters.pops);
    row[3] = static_cast<double>(state.counters.writes);
    row[4] = state.loss;
}

} // namespace orrery::isotonic
