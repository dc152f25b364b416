// Rows of a kernel matrix, a whole row at a time: k(x, x_1), …, k(x, x_n).
//
// The points are kept feature by feature, so that the values of neighbouring points fill a vector register
// whatever d is. A row is padded to full registers: every value takes the same way through the arithmetic,
// and k(x_i, x_j) = k(x_j, x_i) bit for bit. Cost: O(n d) and one exponential a value of the radial kernels.
#pragma once

#include "core/svm/svm_problem.h"

namespace orrery::svm {

class KernelRows {
  public:
    static constexpr Eigen::Index kPad = 8; ///< doubles

    KernelRows(const Kernel& kernel, const Eigen::Ref<const PointMatrix>& points);
    /// Of the points of a problem, sparse or dense.
    explicit KernelRows(const SvmProblem& problem);

    [[nodiscard]] Eigen::Index points() const { return m_points; }
    [[nodiscard]] Eigen::Index stride() const { return (m_points + kPad - 1) / kPad * kPad; } ///< n, padded
    /// `x`: d values, dense; `row`: stride() values, on an Eigen alignment; those beyond n are of no meaning.
    void evaluate(const double* x, double* row) const;
    /// The same of a point of the problem that this was made of.
    void evaluatePoint(const SvmProblem& problem, Eigen::Index point, double* row) const;

  private:
    Kernel m_kernel;
    Eigen::Index m_points;
    Eigen::MatrixXd m_columns;             ///< stride × d; empty where the points are sparse
    std::optional<SparseColumns> m_sparse; ///< n × d
};

} // namespace orrery::svm
