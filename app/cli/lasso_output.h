// What `orrery solve lasso` prints.
#pragma once

#include "core/linear/lasso_result.h"

#include <ostream>

namespace orrery::cli {

struct LassoTimes {
    double loadSeconds = 0.0;   ///< reading, centring and scaling
    double solverSeconds = 0.0; ///< making the solver and running it
};

/// One JSON object: seconds, load_seconds, and one entry a λ in each of lambdas, coefficients (non-zero ones
/// by name, in the scale of the data), intercepts, df, deviance_ratio and gap (in units of the null
/// deviance).
void writeJson(std::ostream& out, const linear::LassoResult& result, const LassoTimes& times);

/// One line a λ, then the coefficients at the last.
void writeTable(std::ostream& out, const linear::LassoResult& result, const LassoTimes& times);

} // namespace orrery::cli
