// One run of the SVM lab: the points as one problem, or one a pair of classes, and the solver that the
// session plays.
#pragma once

#include "app/labs/svm/svm_points.h"
#include "core/svm/smo_solver.h"
#include "core/svm/svm_model.h"

#include <mutex>
#include <optional>

namespace orrery {

/// One machine: class `first` is +1, class `second` −1. Regression and one class have one machine.
struct SvmMachine {
    int first = 0, second = 1;
    svm::ProblemPtr problem;
    std::vector<int> rows; ///< of the run's points, one a point of the problem
};

/// All that the views need besides the solver's state. Immutable.
struct SvmRun {
    std::shared_ptr<const data::Dataset> dataset; ///< that was loaded
    std::shared_ptr<const SvmPoints> points;
    SvmKnobs knobs;
    std::vector<SvmMachine> machines; ///< one, or one a pair of classes: one against one
    bool startsWarm = false;          ///< from the fit before an edit

    [[nodiscard]] svm::ProblemKind kind() const { return knobs.kind; }
    [[nodiscard]] bool hasPairs() const { return machines.size() > 1; }
    [[nodiscard]] svm::BiasRule biasRule() const {
        return knobs.published ? svm::BiasRule::AsPublished : svm::BiasRule::Kkt;
    }
};
using SvmRunPointer = std::shared_ptr<const SvmRun>;

/// The session's solver: SMO on the machines, one after the other. A phase is the end of one.
class SvmRunSolver {
  public:
    struct Finished {
        std::vector<double> alpha, gradient;
        friend bool operator==(const Finished&, const Finished&) = default;
    };
    struct State {
        std::size_t machine = 0; ///< that is being trained
        svm::SmoSolver::State smo;
        std::vector<std::shared_ptr<const Finished>> done; ///< of the machines before it

        [[nodiscard]] std::size_t stateBytes() const;
        friend bool operator==(const State& a, const State& b);
    };

    SvmRunSolver(SvmRunPointer run, const std::vector<std::vector<double>>& starts);

    [[nodiscard]] StepResult step();
    [[nodiscard]] State state() const { return {m_machine, m_solver.state(), m_done}; }
    void restore(const State& state);
    [[nodiscard]] static std::vector<TraceColumn> traceColumns() { return svm::SmoSolver::traceColumns(); }
    void traceRow(std::span<double> row) const { m_solver.traceRow(row); }
    [[nodiscard]] SvmRunPointer problem() const { return m_run; }

  private:
    [[nodiscard]] svm::SmoSolver solverOf(std::size_t machine) const;

    SvmRunPointer m_run;
    std::vector<std::vector<double>> m_starts; ///< of each machine; empty: from nothing
    svm::SmoSolver m_solver;
    std::size_t m_machine = 0;
    std::vector<std::shared_ptr<const Finished>> m_done;
};

/// α and gradient of a machine in a state; null before its turn.
[[nodiscard]] const std::vector<double>* alphaOf(const SvmRunSolver::State& state, std::size_t machine);
/// The model of a machine as far as it has come. Must have begun.
[[nodiscard]] svm::SvmModel modelOf(const SvmRun& run, const SvmRunSolver::State& state, std::size_t machine);

/// A finished fit from which the next one may go on.
struct WarmStart {
    SvmRunPointer run;
    std::shared_ptr<const SvmRunSolver::State> state;
};

/// Remembers the last points, so that a knob that leaves them alone costs no second look at the data.
class SvmRunMaker {
  public:
    /// Any thread. One sentence when there is nothing to fit.
    [[nodiscard]] Expected<SvmRunSolver> make(const std::shared_ptr<const data::Dataset>& dataset,
                                              const SvmKnobs& knobs, quint64 seed,
                                              const std::optional<WarmStart>& warm);

  private:
    using Key = std::tuple<std::shared_ptr<const data::Dataset>, decltype(SvmKnobs().pointsKey()), quint64>;
    [[nodiscard]] Expected<std::shared_ptr<const SvmPoints>>
    pointsOf(const std::shared_ptr<const data::Dataset>& dataset, const SvmKnobs& knobs, quint64 seed);

    std::mutex m_mutex;
    std::optional<Key> m_key;
    std::shared_ptr<const SvmPoints> m_points;
};

} // namespace orrery
