// How long a fit takes to follow a point that is dragged: from the pointer's move to the painted fit of the
// moved point.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace orrery {

/// One line's worth of results: isotonic regression of a thousand points.
[[nodiscard]] nlohmann::ordered_json benchDrag();
/// A support vector machine of five hundred.
[[nodiscard]] nlohmann::ordered_json benchSvmDrag();

} // namespace orrery
