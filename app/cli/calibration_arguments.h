// The options of `orrery solve calibration`.
#pragma once

#include "core/calibration/calibrators.h"

#include <span>
#include <string>
#include <vector>

namespace orrery::cli {

struct CalibrationArguments {
    std::string data;   ///< a file, or "builtin:<id>"
    std::string score;  ///< a column; empty: logistic regression on the other columns gives the scores
    std::string label;  ///< a column of two levels
    std::string weight; ///< a column; empty: every row weighs 1
    std::string event;  ///< the level that is the event; empty: the larger number, or the last by alphabet
    std::vector<calibration::CalibrationMethod> methods; ///< to compare
    int folds = 5;
    int bins = 10;
    std::uint64_t seed = 0;
    int threads = 1;
    bool json = false;
    std::string help; ///< not empty: it was asked for, and nothing else is set
};

/// Fails with one line that names the option.
[[nodiscard]] Expected<CalibrationArguments>
parseCalibrationArguments(std::span<const std::string> arguments);

} // namespace orrery::cli
