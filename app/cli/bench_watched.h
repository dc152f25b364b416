// What it costs a solver to be watched: the same run in a bare loop and in a session that publishes.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace orrery {

/// Rounds of bare, traced (a player: trace and marks, no keyframes, no publishing) and watched runs in turn,
/// each on a fresh solver; the best of each by the clock, and by processor time, which other programs on the
/// machine disturb less. Steps of two sizes: a LASSO path of 2,000 × 400, and steps of some ten nanoseconds.
[[nodiscard]] nlohmann::ordered_json benchWatched();

} // namespace orrery
