// The fit at one step as a table of points, written piece by piece: ten million rows are 600 MB of text.
#pragma once

#include "app/lab/lab.h"
#include "app/labs/isotonic/isotonic_run.h"

namespace orrery {

/// Columns x, y, weight, fit, block; a row a point. Numbers with 17 digits come back bit for bit.
[[nodiscard]] TableWriter fitWriter(std::shared_ptr<const isotonic::IsotonicProblem> problem,
                                    std::shared_ptr<const IsotonicRunSolver::State> state);

} // namespace orrery
