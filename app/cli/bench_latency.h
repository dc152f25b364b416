// How long a click waits while a solver plays flat out in the window.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace orrery {

/// 400 clicks, posted by another thread at its own times, each timed from posting to the end of its handling;
/// and the processor time that the UI thread spends a snapshot.
[[nodiscard]] nlohmann::ordered_json benchLatency();

} // namespace orrery
