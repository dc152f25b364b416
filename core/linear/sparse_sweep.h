// Coordinate descent on sparse columns that are centred and scaled on the fly: the residual is kept as
// values + shift · 1, so that a move touches only the rows that the column stores.
#pragma once

#include "core/linear/kernels.h"
#include "core/linear/regression_problem.h"

#include <cmath>

namespace orrery::linear {

/// Stored entries of one column, and its place in the centred, scaled design: (x − mean · 1) / scale.
struct SparseColumn {
    const int* rows = nullptr;
    const double* values = nullptr;
    int count = 0;
    double mean = 0.0;
    double inverseScale = 1.0;
};

[[nodiscard]] SparseColumn sparseColumn(const RegressionProblem& problem, int column);

/// r = values + shift · 1, n. The sum of r is zero because every column and the response are centred.
struct ShiftedResidual {
    double* values = nullptr;
    double* shift = nullptr;
    double rows = 0.0;
};

/// Σ values_k · r[rows_k]: four chains, because one would wait for its own additions.
[[nodiscard]] inline double gatheredDot(const int* rows, const double* values, int count, const double* r) {
    double s0 = 0.0, s1 = 0.0, s2 = 0.0, s3 = 0.0;
    int k = 0;
    for (; k + 4 <= count; k += 4) {
        s0 += values[k] * r[rows[k]];
        s1 += values[k + 1] * r[rows[k + 1]];
        s2 += values[k + 2] * r[rows[k + 2]];
        s3 += values[k + 3] * r[rows[k + 3]];
    }
    for (; k < count; ++k)
        s0 += values[k] * r[rows[k]];
    return (s0 + s1) + (s2 + s3);
}

/// Σ|x_ij| of the stored entries, scaled: bounds |x_jᵀe| / ‖e‖_∞ for every e that sums to zero.
[[nodiscard]] inline double absoluteSum(const SparseColumn& column) {
    double sum = 0.0;
    for (int k = 0; k < column.count; ++k)
        sum += std::abs(column.values[k]);
    return sum * column.inverseScale;
}

/// x_jᵀr / n for the centred, scaled column.
[[nodiscard]] inline double correlation(const SparseColumn& column, const ShiftedResidual& residual) {
    const double sum = gatheredDot(column.rows, column.values, column.count, residual.values);
    return (sum / residual.rows + *residual.shift * column.mean) * column.inverseScale;
}

/// The same for columns[0 … count) of the design.
void correlations(const RegressionProblem& problem, const int* columns, std::size_t count,
                  const ShiftedResidual& residual, double* out);

/// r += factor · x_j.
inline void addColumn(double factor, const SparseColumn& column, const ShiftedResidual& residual) {
    const double scaled = factor * column.inverseScale;
    for (int k = 0; k < column.count; ++k)
        residual.values[column.rows[k]] += scaled * column.values[k];
    *residual.shift -= scaled * column.mean;
}

/// Coordinate updates of slots [from, to): 2·count flops to look, 2·count to move.
[[nodiscard]] kernels::SweepResult sweepSparse(const kernels::SweepData& data, const SparseColumn* columns,
                                               const ShiftedResidual& residual, std::size_t from,
                                               std::size_t to);

} // namespace orrery::linear
