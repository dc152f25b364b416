// One run of the LASSO lab: the data as a problem, and the solver that the session plays.
#pragma once

#include "app/lab/lab.h"
#include "core/data/dataset.h"
#include "core/linear/lasso_state_bytes.h"

#include <memory>
#include <mutex>
#include <vector>

namespace orrery {

/// All that the views need besides the solver's state. Immutable.
struct LassoRun {
    std::shared_ptr<const data::Dataset> dataset;
    linear::LassoContext context;  ///< method, problem, options with the λ grid
    std::vector<std::size_t> rows; ///< row of the table behind each row of the problem
    std::size_t droppedRows = 0;   ///< left out for missing values

    [[nodiscard]] const linear::RegressionProblem& problem() const { return *context.problem; }
    [[nodiscard]] const std::vector<double>& lambdas() const { return context.options.lambdas; }
};

/// The session's solver: any LASSO solver, with its run.
class LassoRunSolver {
  public:
    using State = linear::AnyLassoSolver::State;

    LassoRunSolver(linear::AnyLassoSolver solver, std::shared_ptr<const LassoRun> run)
        : m_solver(std::move(solver)), m_run(std::move(run)) {}

    [[nodiscard]] StepResult step() { return m_solver.step(); }
    [[nodiscard]] AdvanceResult advance(std::int64_t limit) { return m_solver.advance(limit); }
    [[nodiscard]] State state() const { return m_solver.state(); }
    void restore(const State& state) { m_solver.restore(state); }
    [[nodiscard]] static std::vector<TraceColumn> traceColumns() {
        return linear::AnyLassoSolver::traceColumns();
    }
    void traceRow(std::span<double> row) const { m_solver.traceRow(row); }
    [[nodiscard]] std::shared_ptr<const LassoRun> problem() const { return m_run; }

  private:
    linear::AnyLassoSolver m_solver;
    std::shared_ptr<const LassoRun> m_run;
};

struct LassoRunOptions {
    linear::LassoMethod method = linear::LassoMethod::CoordinateDescent;
    double alpha = 1.0;
    bool standardize = true;
    int lambdas = 100;
    double ratio = 1e-3;
    double gap = 1e-6;

    friend bool operator==(const LassoRunOptions&, const LassoRunOptions&) = default;
};

/// Whether a regression can be made of the data; any thread.
[[nodiscard]] Expected<void> usableForLasso(const data::Dataset& dataset);

/// A number to regress on where the usual target is a category of more than two levels: the last numeric
/// column besides it. Nothing where the target will do, or where no number remains.
[[nodiscard]] std::optional<RoleProposal> regressionRoles(const data::Dataset& dataset);

/// Remembers the last problem, so that a knob that leaves the design alone costs no second pass over the
/// data.
class LassoRunMaker {
  public:
    /// Any thread. One sentence when the data or the options make no problem.
    [[nodiscard]] Expected<LassoRunSolver> make(const std::shared_ptr<const data::Dataset>& dataset,
                                                const LassoRunOptions& options);

  private:
    struct Prepared {
        std::shared_ptr<const data::Dataset> dataset;
        bool standardize = false;
        std::shared_ptr<const linear::RegressionProblem> problem;
        std::vector<std::size_t> rows;
        std::size_t droppedRows = 0;
    };
    [[nodiscard]] Expected<Prepared> prepare(const std::shared_ptr<const data::Dataset>& dataset,
                                             bool standardize);

    std::mutex m_mutex;
    Prepared m_last;
};

} // namespace orrery
