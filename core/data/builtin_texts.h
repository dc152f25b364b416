// The files of resources/data as they are, in the program. The source is written at configure time.
#pragma once

#include <string_view>

namespace orrery::data {

/// Empty for an id that is not there.
[[nodiscard]] std::string_view builtinText(std::string_view id);

} // namespace orrery::data
