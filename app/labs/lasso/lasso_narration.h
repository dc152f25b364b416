// The why panel of the LASSO lab: what this step did, with this step's numbers in the formula.
#pragma once

#include "app/labs/lasso/lasso_run.h"
#include "widgets/narration/narration.h"

namespace orrery {

[[nodiscard]] Narration narrateLasso(const LassoRun& run, const linear::LassoFrame& frame,
                                     double lambdaFactor);

/// A column's name, or “column 3” where the data has none.
[[nodiscard]] QString columnName(const linear::RegressionProblem& problem, int column);

} // namespace orrery
