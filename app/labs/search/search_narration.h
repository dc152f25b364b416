// Why this step, in words: what came out of the frontier and why it was next, what went in; in a hunt, why a
// case fails and a candidate is kept.
#pragma once

#include "app/labs/search/search_run.h"
#include "core/session/transport.h"
#include "widgets/narration/narration.h"

namespace orrery {

[[nodiscard]] Narration narrateSearch(const SearchRun& run, const SearchRunSolver::State& state,
                                      const TransportState& transport);

} // namespace orrery
