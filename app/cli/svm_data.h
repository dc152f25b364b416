// From a file or a built-in set to points and targets.
#pragma once

#include "app/cli/svm_arguments.h"

namespace orrery::cli {

struct SvmData {
    svm::PointMatrix x;              ///< n × d
    svm::SparseRows sparse;          ///< n × d in the place of x, where most values are 0
    std::vector<double> y;           ///< n: numbers, or the place of a level among `levels`; empty: no target
    std::vector<std::string> levels; ///< of a target of levels, in alphabetical order; else empty
    std::string targetName;
    std::vector<std::size_t> rows; ///< n: index in the file
    std::size_t fileRows = 0;

    [[nodiscard]] bool isSparse() const { return sparse.rows() > 0; }
    [[nodiscard]] Eigen::Index points() const { return isSparse() ? sparse.rows() : x.rows(); }
    [[nodiscard]] Eigen::Index features() const { return isSparse() ? sparse.cols() : x.cols(); }
    [[nodiscard]] std::size_t droppedRows() const { return fileRows - rows.size(); }
    /// A class as the file writes it.
    [[nodiscard]] std::string className(double label) const;
    /// The label of a class as the file writes it.
    [[nodiscard]] std::optional<double> labelNamed(const std::string& name) const;
};

/// Categorical features enter as one indicator a level but the first; rows with a missing value are left out.
/// Fails with one line that names the file, or the option, and the column.
[[nodiscard]] Expected<SvmData> loadSvmData(const SvmArguments& arguments);

} // namespace orrery::cli
