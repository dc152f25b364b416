// Why this step, of the Boggle lab.
#pragma once

#include "app/labs/boggle/boggle_run.h"
#include "widgets/narration/narration.h"

namespace orrery {

[[nodiscard]] Narration narrateBoggle(const BoggleRun& run, const BoggleRunSolver::State& state);

} // namespace orrery
