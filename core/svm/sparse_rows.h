// Points most of whose features are 0, as rows of (feature, value) pairs, and kernel values among them.
//
// Inner products of one point with many are taken feature by feature: only points that have a feature are
// visited for it. Cost: Σ over the point's features of how many points have each, where merging two lists of
// features for each of n points costs O(n · features of a point).
#pragma once

#include "core/svm/kernel.h"

#include <Eigen/SparseCore>
#include <vector>

namespace orrery::svm {

using SparseRows = Eigen::SparseMatrix<double, Eigen::RowMajor, std::int32_t>; ///< n × d

/// Dense kernels run in vectors: rows are kept sparse below this part of values that are not 0.
inline constexpr double kSparseBelow = 0.1;

[[nodiscard]] SparseRows selectedRows(const SparseRows& from, const std::vector<Eigen::Index>& rows);
/// ‖x_i‖²: n.
[[nodiscard]] Eigen::VectorXd squaredNorms(const SparseRows& points);
/// ⟨x, z⟩ of two rows.
[[nodiscard]] double product(const SparseRows& a, Eigen::Index row, const SparseRows& b, Eigen::Index other);

/// One side of a kernel matrix.
class SparseColumns {
  public:
    explicit SparseColumns(const SparseRows& points);
    [[nodiscard]] Eigen::Index points() const { return m_columns.rows(); }
    /// values[i − first] = k(row of `from`, x_i) for first ≤ i < last. Each is one sum over the features in
    /// their order, whatever the range.
    void kernelValues(const Kernel& kernel, const SparseRows& from, Eigen::Index row, Eigen::Index first,
                      Eigen::Index last, double* values) const;

  private:
    Eigen::SparseMatrix<double, Eigen::ColMajor, std::int32_t> m_columns; ///< n × d
    Eigen::VectorXd m_squares;                                            ///< n
};

} // namespace orrery::svm
