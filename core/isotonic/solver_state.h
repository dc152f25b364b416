// What the states of all isotonic solvers have in common.
#pragma once

#include "core/isotonic/block.h"
#include "core/solver/step.h"

#include <span>

namespace orrery::isotonic {

struct SolverState {
    StepStatus status = StepStatus::Advanced;
    Move move;
    Counters counters;
    /// L2: Σ w (y − f)² of the fit so far; it rises with every pooling to that of the solution. NaN for L1.
    double loss = 0.0;

    friend bool operator==(const SolverState& a, const SolverState& b) {
        return a.status == b.status && a.move == b.move && a.counters == b.counters &&
               (a.loss == b.loss || (a.loss != a.loss && b.loss != b.loss));
    }
};

/// What pooling two blocks adds to Σ w (y − f)².
[[nodiscard]] inline double poolingLoss(const Block& left, const Block& right) {
    const double apart = left.value - right.value;
    return left.weight / (left.weight + right.weight) * right.weight * apart * apart;
}

/// Blocks, comparisons, pops, writes, loss: the same for every solver.
[[nodiscard]] std::vector<TraceColumn> isotonicTraceColumns();
void writeTraceRow(const SolverState& state, std::size_t blocks, std::span<double> row);

} // namespace orrery::isotonic
