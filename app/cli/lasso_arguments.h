// The options of `orrery solve lasso`.
#pragma once

#include "core/linear/lasso_method.h"
#include "core/support/expected.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace orrery::cli {

struct LassoArguments {
    std::string data;                  ///< a file, or "builtin:<id>"
    std::string target;                ///< empty: a built-in set's own
    std::vector<std::string> features; ///< empty: every column but the target
    int lambdaCount = 100;
    std::optional<double> lambdaRatio; ///< of the smallest λ to the largest
    std::optional<double> lambda;      ///< this one alone
    double alpha = 1.0;
    linear::LassoMethod method = linear::LassoMethod::CoordinateDescent;
    double relativeGap = 1e-6;
    bool standardize = true;
    int threads = 1;
    bool json = false;
    std::string help; ///< not empty: it was asked for, and nothing else is set
};

/// Fails with one line that names the option.
[[nodiscard]] Expected<LassoArguments> parseLassoArguments(std::span<const std::string> arguments);

} // namespace orrery::cli
