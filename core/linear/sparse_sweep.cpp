#include "core/linear/sparse_sweep.h"

#include <algorithm>
#include <cmath>

namespace orrery::linear {

SparseColumn sparseColumn(const RegressionProblem& problem, int column) {
    const auto& design = std::get<SparseDesign>(problem.design);
    const int begin = design.outerIndexPtr()[column];
    return {.rows = design.innerIndexPtr() + begin,
            .values = design.valuePtr() + begin,
            .count = design.outerIndexPtr()[column + 1] - begin,
            .mean = problem.columnMean[column],
            .inverseScale = problem.columnNorm2[column] > 0.0 ? 1.0 / problem.columnScale[column] : 0.0};
}

void correlations(const RegressionProblem& problem, const int* columns, std::size_t count,
                  const ShiftedResidual& residual, double* out) {
    const auto& design = std::get<SparseDesign>(problem.design);
    const int *outer = design.outerIndexPtr(), *inner = design.innerIndexPtr();
    const double *values = design.valuePtr(), *mean = problem.columnMean.data();
    const double *scale = problem.columnScale.data(), *norm = problem.columnNorm2.data();
    const double inverseRows = 1.0 / residual.rows, shift = *residual.shift;
    for (std::size_t k = 0; k < count; ++k) {
        const int j = columns[k], begin = outer[j];
        const double sum = gatheredDot(inner + begin, values + begin, outer[j + 1] - begin, residual.values);
        out[k] = norm[j] > 0.0 ? (sum * inverseRows + shift * mean[j]) / scale[j] : 0.0;
    }
}

kernels::SweepResult sweepSparse(const kernels::SweepData& data, const SparseColumn* columns,
                                 const ShiftedResidual& residual, std::size_t from, std::size_t to) {
    kernels::SweepResult result;
    for (std::size_t j = from; j < to; ++j) {
        const double before = data.value[j];
        const double rho = correlation(columns[j], residual) + data.norm[j] * before;
        const double after = softThreshold(rho, data.threshold) * data.inverseDenominator[j];
        result.rho = rho;
        result.before = before;
        if (after == before || (after != 0.0 && std::abs(after - before) * data.norm[j] <= data.deadZone))
            continue;
        data.value[j] = after;
        addColumn(before - after, columns[j], residual);
        result.largestMove = std::max(result.largestMove, data.norm[j] * std::abs(after - before));
        ++result.moved;
    }
    return result;
}

} // namespace orrery::linear
