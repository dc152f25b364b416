// Coordinate descent on sparse columns that are centred and scaled on the fly: the residual is kept as
// values + shift · 1, so that a move touches only the rows that the column stores.
#pragma once

#include "core/linear/kernels.h"
#include "core/linear/regression_problem.h"

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

/// x_jᵀr / n for the centred, scaled column.
[[nodiscard]] inline double correlation(const SparseColumn& column, const ShiftedResidual& residual) {
    double sum = 0.0;
    for (int k = 0; k < column.count; ++k)
        sum += column.values[k] * residual.values[column.rows[k]];
    return (sum / residual.rows + *residual.shift * column.mean) * column.inverseScale;
}

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
