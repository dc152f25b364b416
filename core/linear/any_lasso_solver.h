// Every LASSO solver behind one type, so that a session, a trace and a view are made once. Itself a solver:
// its state is the state of whichever solver it holds.
#pragma once

#include "core/linear/admm.h"
#include "core/linear/coordinate_descent_path.h"
#include "core/linear/lars.h"
#include "core/linear/projected_gradient.h"
#include "core/linear/proximal_gradient.h"

namespace orrery::linear {

/// What a state needs besides itself to be drawn.
struct LassoContext {
    LassoMethod method = LassoMethod::CoordinateDescent;
    std::shared_ptr<const RegressionProblem> problem;
    LassoOptions options; ///< with its λ grid filled in
};

/// At the step that closes a λ the state has moved on to the next one, while objective and gap are still of
/// the last.
[[nodiscard]] LassoFrame frameOf(const LassoContext& context, const CoordinateDescentPath::State& state);
[[nodiscard]] LassoFrame frameOf(const LassoContext& context, const ProximalGradient::State& state);
[[nodiscard]] LassoFrame frameOf(const LassoContext& context, const Admm::State& state);
[[nodiscard]] LassoFrame frameOf(const LassoContext& context, const ProjectedGradient::State& state);
[[nodiscard]] LassoFrame frameOf(const LassoContext& context, const Lars::State& state);

class AnyLassoSolver {
  public:
    using Solver = std::variant<CoordinateDescentPath, ProximalGradient, Admm, ProjectedGradient, Lars>;
    using State = std::variant<CoordinateDescentPath::State, ProximalGradient::State, Admm::State,
                               ProjectedGradient::State, Lars::State>;

    AnyLassoSolver(LassoContext context, std::unique_ptr<Solver> solver);

    [[nodiscard]] StepResult step();
    [[nodiscard]] AdvanceResult advance(std::int64_t limit);
    [[nodiscard]] State state() const;
    /// `state` must come from a solver of the same method and problem.
    void restore(const State& state);

    [[nodiscard]] static std::vector<TraceColumn> traceColumns() { return lassoTraceColumns(); }
    void traceRow(std::span<double> row) const;

    [[nodiscard]] const LassoContext& context() const { return m_context; }
    [[nodiscard]] LassoFrame frame() const;

  private:
    LassoContext m_context;
    std::unique_ptr<Solver> m_solver; ///< never null; by pointer so that a solver need not be movable
};

[[nodiscard]] LassoFrame frameOf(const LassoContext& context, const AnyLassoSolver::State& state);

/// Fails, in one sentence, on options that make no sense and on a problem too large for the method. Without
/// λs it takes the usual grid of 100.
[[nodiscard]] Expected<AnyLassoSolver>
makeLassoSolver(LassoMethod method, std::shared_ptr<const RegressionProblem> problem, LassoOptions options);

static_assert(SteppableSolver<ProximalGradient> && SteppableSolver<Admm> &&
              SteppableSolver<ProjectedGradient> && SteppableSolver<Lars> && SteppableSolver<AnyLassoSolver>);

} // namespace orrery::linear
