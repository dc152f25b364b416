// The why panel of the isotonic lab: what this step compared, with its means and weights in the formula.
#pragma once

#include "app/labs/isotonic/isotonic_run.h"
#include "widgets/narration/narration.h"

namespace orrery {

/// Marks: "left", "right", "result".
[[nodiscard]] Narration narrateIsotonic(const IsotonicRun& run, const IsotonicRunSolver::State& state);

} // namespace orrery
