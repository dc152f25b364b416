// From a run and its states to what the views draw: plain data, no arithmetic over rows.
#pragma once

#include "app/labs/lasso/lasso_run.h"
#include "app/labs/lasso/views/path_data.h"

#include <memory>

namespace orrery {

/// `factor` turns the solver's λ into the scale that is shown; `names` are columnNames() of the run, made
/// once.
[[nodiscard]] std::shared_ptr<const lasso::PathData> pathDataOf(const LassoRun& run, const linear::Path& path,
                                                                double factor, const QList<QString>& names);

/// Index in the λ grid that is nearest to `lambda` on the log scale.
[[nodiscard]] int nearestLambda(const std::vector<double>& lambdas, double lambda);

[[nodiscard]] QList<QString> columnNames(const linear::RegressionProblem& problem);

} // namespace orrery
