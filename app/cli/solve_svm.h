// `orrery solve svm`: trains a support vector machine, or predicts with one, without the window.
#pragma once

#include <ostream>
#include <span>
#include <string>

namespace orrery::cli {

/// `arguments` are those after "solve svm". Results go to `out`, one line about what was wrong to `err`.
/// Returns the exit code: 0, 1 where the solver stopped before its tolerance, or 2 on bad input, with nothing
/// printed to `out`.
[[nodiscard]] int solveSvm(std::span<const std::string> arguments, std::ostream& out, std::ostream& err);

} // namespace orrery::cli
