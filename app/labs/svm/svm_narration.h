// The why panel of the SVM lab: the pair, and its move with this step's numbers.
#pragma once

#include "app/labs/svm/svm_run.h"
#include "widgets/narration/narration.h"

namespace orrery {

[[nodiscard]] Narration narrateSvm(const SvmRun& run, const SvmRunSolver::State& state);

} // namespace orrery
