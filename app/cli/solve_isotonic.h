// `orrery solve isotonic`: the isotonic regression of one column on another, without the window.
#pragma once

#include <ostream>
#include <span>
#include <string>

namespace orrery::cli {

/// `arguments` are those after "solve isotonic". Results go to `out`, one line about what was wrong to `err`.
/// Returns the exit code: 0, or 2 on bad input, with nothing printed to `out`.
[[nodiscard]] int solveIsotonic(std::span<const std::string> arguments, std::ostream& out, std::ostream& err);

} // namespace orrery::cli
