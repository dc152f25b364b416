// The options of `orrery solve svm`.
#pragma once

#include "core/svm/svm_problem.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace orrery::cli {

enum class SvmEngine : std::uint8_t { Automatic, Smo, Fast };

struct SvmArguments {
    std::string data;                  ///< a file, or "builtin:<id>"
    std::string target;                ///< empty: a built-in set's own, or the label of an SVMlight file
    std::vector<std::string> features; ///< empty: every column but the target
    svm::ProblemKind kind = svm::ProblemKind::Classification;
    svm::Kernel kernel;
    std::optional<double> gamma; ///< none: 1/d
    double c = 1.0;
    double epsilon = 0.1;
    double nu = 0.5;
    std::vector<std::pair<std::string, double>> classWeights; ///< label or level, weight of C
    double tolerance = 1e-3;
    std::optional<double> cacheMegabytes; ///< none: 200 (smo), what the fast solver takes by itself
    int threads = 1;
    bool standardize = false;
    bool probability = false;
    SvmEngine engine = SvmEngine::Automatic;
    std::string modelOut; ///< a LIBSVM model file to write; empty: none
    std::string modelIn;  ///< … to read and predict with, in place of training
    std::string out;      ///< a CSV file of predictions; empty: none
    bool json = false;
    std::string help; ///< not empty: it was asked for, and nothing else is set
};

/// Fails with one line that names the option.
[[nodiscard]] Expected<SvmArguments> parseSvmArguments(std::span<const std::string> arguments);

} // namespace orrery::cli
