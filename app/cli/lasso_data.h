// From a file or a built-in set to a regression problem.
#pragma once

#include "app/cli/lasso_arguments.h"
#include "core/linear/regression_problem.h"

namespace orrery::cli {

struct LoadedProblem {
    std::shared_ptr<const linear::RegressionProblem> problem;
    std::size_t droppedRows = 0; ///< left out because a value is missing
};

/// Categorical columns enter as one indicator a level but the first. Fails with one line that names the file,
/// or the option, and the column.
[[nodiscard]] Expected<LoadedProblem> loadProblem(const LassoArguments& arguments);

} // namespace orrery::cli
