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
