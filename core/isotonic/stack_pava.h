// Stack PAVA: the pool-adjacent-violators algorithm in one pass, in O(n).
//
// Points are taken from left to right; a stack holds the blocks of the best fit to the points so far. Ayer,
// Brunk, Ewing, Reid & Silverman, Ann. Math. Stat. 26 (1955), arranged as a stack as in Best & Chakravarti,
// Math. Program. 47 (1990). The cumulative sums of the stack's blocks are the greatest convex minorant of
// those of the points so far.
//
// One step is one comparison, of the two blocks on top: out of order, they are pooled; in order, the next
// point is pushed. At most 2m steps of O(1), for L1 O(log m). A round ends where the fit to all points so far
// is optimal: after every point where m ≤ 1024, otherwise about 1024 times. The run is one phase.
#pragma once

#include "core/isotonic/chunked_array.h"
#include "core/isotonic/isotonic_problem.h"
#include "core/isotonic/solver_state.h"

namespace orrery::isotonic {

class StackPava {
  public:
    struct State : SolverState {
        ChunkedArray<Block> blocks; ///< left to right; the last one is the top of the stack
        std::uint32_t next = 0;     ///< points taken so far

        [[nodiscard]] std::size_t stateBytes() const;
        friend bool operator==(const State&, const State&) = default;
    };

    explicit StackPava(std::shared_ptr<const IsotonicProblem> problem);

    [[nodiscard]] StepResult step();
    [[nodiscard]] AdvanceResult advance(std::int64_t limit);
    [[nodiscard]] const State& state() const { return m_state; }
    void restore(const State& state) { m_state = state; }

    [[nodiscard]] static std::vector<TraceColumn> traceColumns() { return isotonicTraceColumns(); }
    void traceRow(std::span<double> row) const;
    [[nodiscard]] const std::shared_ptr<const IsotonicProblem>& problem() const { return m_problem; }

  private:
    [[nodiscard]] StepResult takeNext();

    std::shared_ptr<const IsotonicProblem> m_problem;
    std::uint32_t m_roundLength; ///< points
    State m_state;
};

static_assert(SteppableSolver<StackPava> && TracedSolver<StackPava>);

} // namespace orrery::isotonic
