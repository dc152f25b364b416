// A 16-bit copy of a dense design that tells which columns cannot violate the KKT conditions, at a quarter of
// the memory traffic of the design itself.
//
// Column j is kept as whole multiples of a quantum, x̂_j, with e_j = ‖x_j − x̂_j‖ known; so by Cauchy-Schwarz
//     |x_jᵀr − x̂_jᵀr| ≤ e_j ‖r‖,
// plus the rounding of a single-precision sum of n terms, κ ‖x_j‖ ‖r‖. A column whose estimate plus that
// margin stays below the threshold needs no exact look; the few others get one.
#pragma once

#include "core/linear/parallel_ranges.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace orrery::linear {

class ScreeningCopy {
  public:
    /// design: column-major, rows × columns. Cost: one pass.
    ScreeningCopy(const double* design, std::size_t rows, std::size_t columns, ParallelRanges& threads);

    /// Rounds r, n, for the estimates that follow.
    void setResidual(const double* residual);
    /// estimate[k] ≈ x_jᵀr for j = columns[k]; margin(j) bounds the error.
    void estimate(const int* columns, std::size_t count, double* out) const;
    /// The bound of the error a unit of ‖r‖.
    [[nodiscard]] double relativeError(std::size_t column) const { return m_error[column]; }
    [[nodiscard]] double margin(std::size_t column) const { return m_error[column] * m_residualNorm; }

  private:
    struct Free {
        void operator()(std::int16_t* p) const;
    };

    std::size_t m_rows;
    std::size_t m_stride; ///< rows rounded up, the rest zero
    std::unique_ptr<std::int16_t[], Free> m_values;
    std::vector<float> m_quantum;  ///< of each column
    std::vector<double> m_error;   ///< e_j + κ‖x_j‖ of each column
    std::vector<float> m_residual; ///< m_stride long
    double m_residualNorm = 0.0;
};

} // namespace orrery::linear
