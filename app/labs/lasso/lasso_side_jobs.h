// What the LASSO lab computes beside the run, each newest-request-wins: cross-validation, residuals, the
// solver race, and the walk of two coefficients for the geometry.
#pragma once

#include "app/lab/side_job_group.h"
#include "app/labs/lasso/lasso_run.h"
#include "core/linear/cross_validation.h"
#include "core/linear/geometry.h"
#include "core/linear/solver_race.h"

#include <array>

namespace orrery {

struct LassoResiduals {
    std::vector<double> fitted;    ///< n, data units
    std::vector<double> residuals; ///< n
    double r2 = 0.0;
};

/// Two coefficients over the steps of a run, the others sliced away.
struct LassoWalk2d {
    std::array<int, 2> columns{0, 1};
    std::vector<std::int64_t> index; ///< step of each point, ascending
    std::vector<Eigen::Vector2d> points;
};

class LassoSideJobs final : public SideJobGroup {
    Q_OBJECT
  public:
    explicit LassoSideJobs(QObject* parent = nullptr);

    using RunPointer = std::shared_ptr<const LassoRun>;
    void validate(const RunPointer& run, int folds, quint64 seed);
    void computeResiduals(const RunPointer& run, Eigen::VectorXd beta);
    void race(const RunPointer& run, double lambda);
    /// The loss as seen by two columns, the others at `beta`.
    void slice(const RunPointer& run, std::array<int, 2> columns, Eigen::VectorXd beta);
    /// Steps a solver of its own through the run, at most a few thousand points.
    void walk(const RunPointer& run, std::array<int, 2> columns);

  Q_SIGNALS:
    void validated(std::shared_ptr<const orrery::linear::CrossValidation> result);
    void residualsComputed(std::shared_ptr<const orrery::LassoResiduals> residuals);
    void raced(std::shared_ptr<const std::vector<orrery::linear::RaceEntry>> entries);
    void sliced(orrery::linear::LossQuadratic loss);
    void walked(std::shared_ptr<const orrery::LassoWalk2d> walk);

  private:
    SideJob m_validation, m_residuals, m_race, m_slice, m_walk;
};

} // namespace orrery
