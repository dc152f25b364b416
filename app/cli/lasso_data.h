// From a file or a built-in set to a regression problem.
#pragma once

#include "app/cli/lasso_arguments.h"
#include "core/linear/regression_problem.h"

namespace orrery::cli {

/// Fails with one line that names the file or the column.
[[nodiscard]] Expected<std::shared_ptr<const linear::RegressionProblem>>
loadProblem(const LassoArguments& arguments);

} // namespace orrery::cli
