// Sweep PAVA: sweeps over the array of fitted values until one of them pools nothing. This is the algorithm
// of "Speeding up isotonic regression by 5,000x" (2014), called linear PAVA there.
//
// A sweep goes from left to right; each maximal run in which no value is above the one before is replaced,
// in place, by its weighted mean. No memory beside the array, and few sweeps on usual data; but data on which
// each sweep joins only a few points to one block (0 … n−1, −(n−1) … n−1, −(n−1) … 0) take n/4 sweeps of
// O(n), so the worst case is quadratic.
//
// One step takes one plateau (a stretch of equal values: a point, or a block of earlier sweeps, which is read
// value by value) and compares it with the end of the run: it joins the run, or the run ends before it and is
// written. Cost: O(plateau), and O(run) where a run is written. A round is a sweep.
#pragma once

#include "core/isotonic/chunked_array.h"
#include "core/isotonic/isotonic_problem.h"
#include "core/isotonic/solver_state.h"

namespace orrery::isotonic {

class SweepPava {
  public:
    struct State : SolverState {
        ChunkedArray<double> values; ///< m, the fit so far
        Block run;                ///< the run that is being gathered; its value is that of its last plateau
        std::uint32_t joined = 0; ///< plateaus that the run has beside its first
        std::uint32_t next = 0;   ///< points of this sweep read so far
        std::uint32_t blocks = 0; ///< plateaus left after the poolings so far
        bool pooledInSweep = false;

        [[nodiscard]] std::size_t stateBytes() const;
        friend bool operator==(const State&, const State&) = default;
    };

    explicit SweepPava(std::shared_ptr<const IsotonicProblem> problem);

    [[nodiscard]] StepResult step();
    [[nodiscard]] AdvanceResult advance(std::int64_t limit);
    [[nodiscard]] const State& state() const { return m_state; }
    void restore(const State& state) { m_state = state; }

    [[nodiscard]] static std::vector<TraceColumn> traceColumns() { return isotonicTraceColumns(); }
    void traceRow(std::span<double> row) const;
    [[nodiscard]] const std::shared_ptr<const IsotonicProblem>& problem() const { return m_problem; }

  private:
    [[nodiscard]] Block readPlateau() const;
    void beginSweep();
    void takePlateau();
    void writeRun(Block& result);
    [[nodiscard]] StepResult endSweep();

    std::shared_ptr<const IsotonicProblem> m_problem;
    State m_state;
};

static_assert(SteppableSolver<SweepPava> && TracedSolver<SweepPava>);

} // namespace orrery::isotonic
