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

    [[nodiscard]] Eigen::Index points() const { return m_points; }
    [[nodiscard]] Eigen::Index stride() const { return m_columns.rows(); } ///< n, padded
    /// `x`: d values; `row`: stride() values, on an Eigen alignment; those beyond n are of no meaning.
    void evaluate(const double* x, double* row) const;

  private:
    Kernel m_kernel;
    Eigen::Index m_points;
    Eigen::MatrixXd m_columns; ///< stride × d
};

} // namespace orrery::svm
