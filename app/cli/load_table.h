// What --data names: a file, or a built-in set.
#pragma once

#include "core/data/readers.h"

namespace orrery::cli {

inline constexpr std::string_view kBuiltinPrefix = "builtin:";

/// Fails with one line that names the file or the option.
[[nodiscard]] data::TableResult loadTable(const std::string& source);

} // namespace orrery::cli
