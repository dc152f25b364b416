// One run of the isotonic lab: the points as a problem, and the solver that the session plays.
#pragma once

#include "app/labs/isotonic/cumulative_sums.h"
#include "app/labs/isotonic/isotonic_parameters.h"
#include "core/calibration/scored_sample.h"
#include "core/isotonic/any_isotonic_solver.h"

#include <mutex>

namespace orrery::isotone {
struct FitPoints;
} // namespace orrery::isotone

namespace orrery {

/// Rows as they were before sorting and pooling of ties: what is drawn as points and dragged. Empty where
/// each row is the point of the same index.
struct IsotonicRows {
    std::vector<double> x, y, weight;   ///< weight empty: all 1
    std::vector<std::size_t> tableRows; ///< row of the table behind each row; ascending, empty for a shape
};

/// All that the views need besides the solver's state. Immutable.
struct IsotonicRun {
    std::shared_ptr<const data::Dataset> dataset; ///< that was loaded
    std::string name;                             ///< of the points: the table's, or the shape's
    std::string xName, yName, weightName;         ///< weightName empty: none
    std::shared_ptr<const isotonic::IsotonicProblem> problem;
    std::shared_ptr<const IsotonicRows> rows;
    std::shared_ptr<const isotone::CumulativeSums> sums;
    std::shared_ptr<const isotone::FitPoints> points; ///< the rows as marks
    calibration::SamplePtr sample;                    ///< where the points are scores and outcomes
    isotonic::IsotonicMethod method = isotonic::IsotonicMethod::Stack;

    [[nodiscard]] std::size_t rowCount() const {
        return rows->y.empty() ? problem->points() : rows->y.size();
    }
    [[nodiscard]] double rowX(std::size_t row) const {
        return rows->x.empty() ? problem->x[row] : rows->x[row];
    }
    [[nodiscard]] double rowY(std::size_t row) const {
        return rows->y.empty() ? problem->y[row] : rows->y[row];
    }
    [[nodiscard]] double rowWeight(std::size_t row) const {
        if (!rows->y.empty()) return rows->weight.empty() ? 1.0 : rows->weight[row];
        return problem->weight(row);
    }
};

/// The session's solver: any of the three, with its run.
class IsotonicRunSolver {
  public:
    using State = isotonic::AnyIsotonicSolver::State;

    explicit IsotonicRunSolver(std::shared_ptr<const IsotonicRun> run)
        : m_solver(run->method, run->problem), m_run(std::move(run)) {}

    [[nodiscard]] StepResult step() { return m_solver.step(); }
    [[nodiscard]] AdvanceResult advance(std::int64_t limit) { return m_solver.advance(limit); }
    [[nodiscard]] State state() const { return m_solver.state(); }
    void restore(const State& state) { m_solver.restore(state); }
    [[nodiscard]] static std::vector<TraceColumn> traceColumns() {
        return isotonic::AnyIsotonicSolver::traceColumns();
    }
    void traceRow(std::span<double> row) const { m_solver.traceRow(row); }
    [[nodiscard]] std::shared_ptr<const IsotonicRun> problem() const { return m_run; }

  private:
    isotonic::AnyIsotonicSolver m_solver;
    std::shared_ptr<const IsotonicRun> m_run;
};

/// Beyond this the active set, which is quadratic, is refused: it would not come to its end.
inline constexpr std::size_t kMostActiveSetPoints = 100'000;

/// Whether the lab has a use for the data; any thread.
[[nodiscard]] Expected<void> usableForIsotonic(const data::Dataset& dataset);

/// Remembers the last points, so that a knob that leaves them alone costs no second look at the data.
class IsotonicRunMaker {
  public:
    /// Any thread. One sentence when there is nothing to fit.
    [[nodiscard]] Expected<IsotonicRunSolver> make(const std::shared_ptr<const data::Dataset>& dataset,
                                                   const IsotonicKnobs& knobs, quint64 seed,
                                                   Progress& progress);

  private:
    struct Points {
        std::string name, xName, yName, weightName;
        std::vector<double> x, y, weight;
        std::vector<std::size_t> tableRows;
        calibration::SamplePtr sample;
    };
    using PointsPointer = std::shared_ptr<const Points>;
    using Key =
        std::tuple<std::shared_ptr<const data::Dataset>, decltype(IsotonicKnobs().pointsKey()), quint64>;

    [[nodiscard]] Expected<PointsPointer> pointsOf(const std::shared_ptr<const data::Dataset>& dataset,
                                                   const IsotonicKnobs& knobs, quint64 seed,
                                                   Progress& progress);
    [[nodiscard]] static Expected<Points> shapePoints(const IsotonicKnobs& knobs, quint64 seed);
    [[nodiscard]] static Expected<Points> columnPoints(const data::Dataset& dataset,
                                                       const IsotonicKnobs& knobs);
    [[nodiscard]] static Expected<Points>
    scorePoints(const data::Dataset& dataset, const IsotonicKnobs& knobs, quint64 seed, Progress& progress);
    [[nodiscard]] static Expected<std::shared_ptr<const isotonic::IsotonicProblem>>
    problemOf(const Points& points, const IsotonicKnobs& knobs);

    std::mutex m_mutex;
    std::optional<Key> m_key;
    PointsPointer m_points;
};

/// Scores out of sample of the loaded data, or its score column; any thread.
[[nodiscard]] Expected<calibration::SamplePtr>
scoredSampleOf(const data::Dataset& dataset, const IsotonicKnobs& knobs, quint64 seed, Progress& progress);

} // namespace orrery
