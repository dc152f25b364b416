// How long a click waits while a solver plays flat out in the window.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace orrery {

/// 400 clicks, each timed from posting to the end of its handling: by the clock, and by the processor time
/// that the UI thread spent meanwhile, which is the wait on a machine with nothing else to do. Also what a
/// painted frame costs the UI thread.
[[nodiscard]] nlohmann::ordered_json benchLatency();

} // namespace orrery
