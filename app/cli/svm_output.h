// What `orrery solve svm` prints and writes.
#pragma once

#include "app/cli/svm_data.h"
#include "core/svm/libsvm_model.h"

#include <ostream>

namespace orrery::cli {

struct SvmReport {
    svm::AnyModel model;
    bool trained = true;            ///< else read from a file
    std::string solver = "smo";     ///< "smo" or "fast"
    double objective = 0.0;         ///< ½ αᵀQα + pᵀα, summed over pairs
    std::int64_t iterations = 0;    ///< pairs of variables moved, summed over pairs
    std::int64_t bounded = 0;       ///< α = C, summed over pairs
    std::size_t supportVectors = 0; ///< points, each counted once
    bool converged = true;
    double seconds = 0.0;          ///< from the points to the model
    double loadSeconds = 0.0;      ///< reading the file
    double predictSeconds = 0.0;   ///< of the points of the file
    Eigen::VectorXd predicted;     ///< n: label; number of a regression; ±1 of one class
    Eigen::MatrixXd decisions;     ///< n × machines
    Eigen::MatrixXd probabilities; ///< n × classes; empty: the model has none
    double quality = 0.0; ///< part classified rightly, mean squared error, part inside; NaN: no target
};

/// The kind of a model.
[[nodiscard]] svm::ProblemKind kindOf(const svm::AnyModel& model);
[[nodiscard]] const svm::Kernel& kernelOf(const svm::AnyModel& model);

/// One JSON object; of several classes, "pairs" has one object a pair and "bias" is null.
void writeJson(std::ostream& out, const SvmReport& report, const SvmData& data);
/// The same in words, one line a pair.
void writeTable(std::ostream& out, const SvmReport& report, const SvmData& data);
/// "row" (1-based), "predicted", the decision values, and the probabilities where there are any; a row for
/// every row of the file, empty for one left out.
[[nodiscard]] Expected<void> writePredictions(const SvmReport& report, const SvmData& data,
                                              const std::string& path);

} // namespace orrery::cli
