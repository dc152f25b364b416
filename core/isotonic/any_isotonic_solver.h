// Every isotonic solver behind one type, so that a session, a trace and a view are made once. Itself a
// solver: its state is the state of whichever solver it holds.
#pragma once

#include "core/isotonic/active_set.h"
#include "core/isotonic/stack_pava.h"
#include "core/isotonic/sweep_pava.h"

#include <functional>
#include <variant>

namespace orrery::isotonic {

class AnyIsotonicSolver {
  public:
    using Solver = std::variant<StackPava, SweepPava, ActiveSet>;
    using State = std::variant<StackPava::State, SweepPava::State, ActiveSet::State>;

    AnyIsotonicSolver(IsotonicMethod method, std::shared_ptr<const IsotonicProblem> problem);

    [[nodiscard]] StepResult step();
    [[nodiscard]] AdvanceResult advance(std::int64_t limit);
    [[nodiscard]] State state() const;
    /// `state` must come from a solver of the same method and problem.
    void restore(const State& state);

    [[nodiscard]] static std::vector<TraceColumn> traceColumns() { return isotonicTraceColumns(); }
    void traceRow(std::span<double> row) const;

    [[nodiscard]] IsotonicMethod method() const { return static_cast<IsotonicMethod>(m_solver.index()); }
    [[nodiscard]] const std::shared_ptr<const IsotonicProblem>& problem() const { return m_problem; }

  private:
    std::shared_ptr<const IsotonicProblem> m_problem;
    Solver m_solver;
};

/// Status, last move, counters and loss, whichever solver it is.
[[nodiscard]] const SolverState& commonOf(const AnyIsotonicSolver::State& state);
[[nodiscard]] IsotonicMethod methodOf(const AnyIsotonicSolver::State& state);

/// Blocks of the fit at this moment. Stack: those on the stack; points not taken yet belong to no block.
/// Sweep: plateaus; the run that is being gathered still shows its old values.
[[nodiscard]] std::size_t blockCount(const AnyIsotonicSolver::State& state);
/// Points that the solver has looked at: all but the stack's still untouched ones.
[[nodiscard]] std::size_t pointsTaken(const IsotonicProblem& problem, const AnyIsotonicSolver::State& state);
/// Calls back for each block that has a point in [firstPoint, lastPoint], left to right.
/// Cost: O(log m + blocks visited); for a sweep O(points visited).
void forEachBlock(const IsotonicProblem& problem, const AnyIsotonicSolver::State& state,
                  std::uint32_t firstPoint, std::uint32_t lastPoint,
                  const std::function<void(const Block&)>& visit);
/// All of them.
[[nodiscard]] std::vector<Block> blocksOf(const IsotonicProblem& problem,
                                          const AnyIsotonicSolver::State& state);

/// Bytes that a state owns and does not share with its copies, for the memory budget of keyframes.
[[nodiscard]] std::size_t stateBytes(const AnyIsotonicSolver::State& state);

static_assert(SteppableSolver<AnyIsotonicSolver> && TracedSolver<AnyIsotonicSolver>);

} // namespace orrery::isotonic
