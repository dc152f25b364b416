// How long a fit takes to follow a point that is dragged: from the pointer's move to the painted fit of the
// moved point.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace orrery {

/// One line's worth of results.
[[nodiscard]] nlohmann::ordered_json benchDrag();

} // namespace orrery
