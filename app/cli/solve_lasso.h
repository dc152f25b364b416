// `orrery solve lasso`: the path of a data set without the window.
#pragma once

#include <ostream>
#include <span>
#include <string>

namespace orrery::cli {

/// `arguments` are those after "solve lasso". Results go to `out`, one line about what was wrong to `err`.
/// Returns the exit code: 0; 1 when the solver stopped before the end of the path (what it finished is
/// printed); 2 on bad input, with nothing printed to `out`.
[[nodiscard]] int solveLasso(std::span<const std::string> arguments, std::ostream& out, std::ostream& err);

} // namespace orrery::cli
