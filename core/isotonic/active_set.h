// The active-set algorithm as scikit-learn had it before 2014: a list of blocks, one a point to begin with.
//
// A cursor goes right while neighbours are in order. Two that are not are pooled into the left one and the
// right one is deleted from the list, which moves all later blocks up by one place; then the cursor steps
// back as long as the pooled block is out of order with the one before it. Best & Chakravarti, Math. Program.
// 47 (1990), whose active constraints f_i = f_{i+1} are the joints within blocks.
//
// One step is one comparison: in order, the cursor moves on (or, when stepping back, stays to go right
// again); out of order, the two are pooled. At most 3m steps, but a pooling costs O(blocks to the right): the
// deletions make it quadratic. That cost is what the lesson is about, so it is paid here as well. A round
// ends where the cursor moves on: at every block where m ≤ 1024, otherwise about 1024 times. The run is one
// phase.
#pragma once

#include "core/isotonic/isotonic_problem.h"
#include "core/isotonic/solver_state.h"

namespace orrery::isotonic {

class ActiveSet {
  public:
    struct State : SolverState {
        std::vector<Block> blocks; ///< of all points, left to right
        std::uint32_t cursor = 0;  ///< the next comparison is with the right neighbour
        bool steppingBack = false; ///< … with the left one instead

        [[nodiscard]] std::size_t stateBytes() const { return sizeof(State) + blocks.size() * sizeof(Block); }
        friend bool operator==(const State&, const State&) = default;
    };

    explicit ActiveSet(std::shared_ptr<const IsotonicProblem> problem);

    [[nodiscard]] StepResult step();
    [[nodiscard]] const State& state() const { return m_state; }
    void restore(const State& state) { m_state = state; }

    [[nodiscard]] static std::vector<TraceColumn> traceColumns() { return isotonicTraceColumns(); }
    void traceRow(std::span<double> row) const;
    [[nodiscard]] const std::shared_ptr<const IsotonicProblem>& problem() const { return m_problem; }

  private:
    void compareLeft();
    [[nodiscard]] StepResult compareRight();
    void pool(std::uint32_t left);

    std::shared_ptr<const IsotonicProblem> m_problem;
    std::uint32_t m_roundLength; ///< points
    State m_state;
};

static_assert(SteppableSolver<ActiveSet> && TracedSolver<ActiveSet>);

} // namespace orrery::isotonic
