// The options of `orrery solve isotonic`.
#pragma once

#include "core/isotonic/isotonic_problem.h"

#include <optional>
#include <span>
#include <string>

namespace orrery::cli {

struct IsotonicArguments {
    std::string data;                               ///< a file, or "builtin:<id>"
    std::string x, y;                               ///< columns
    std::string weight;                             ///< a column; empty: every row weighs 1
    std::optional<isotonic::IsotonicMethod> method; ///< none: the fast twin
    isotonic::ProblemOptions options;
    std::string out; ///< a CSV file to write; empty: none
    bool json = false;
    std::string help; ///< not empty: it was asked for, and nothing else is set
};

/// Fails with one line that names the option.
[[nodiscard]] Expected<IsotonicArguments> parseIsotonicArguments(std::span<const std::string> arguments);

} // namespace orrery::cli
