// Maximum likelihood for a logistic model of one or two columns, for Platt and beta calibration:
//
//   min over θ of  Σ_i w_i [ ln(1 + e^{z_i}) − t_i z_i ],  z = θ₀ x₀ + θ₁ x₁ + θ₂.
//
// Newton's method with step halving, in columns of mean 0 and variance 1. The targets t take one value a
// label, so their side of the gradient is computed once. Large samples start from the fit of every k-th row,
// which leaves three passes over all rows. Rows are summed in chunks of fixed size and the chunks in order,
// so the number of threads cannot change the answer. Cost: one exponential a row and pass.
#pragma once

#include "core/calibration/kernels.h"

#include <array>
#include <cstdint>
#include <span>

namespace orrery::calibration {

struct LogisticColumns {
    std::array<const double*, 2> x{};     ///< rows each; the second null: one column
    const std::uint8_t* labels = nullptr; ///< rows
    const double* weights = nullptr;      ///< null: every row counts 1
    std::size_t rows = 0;
    std::array<double, 2> target{0.0, 1.0}; ///< t of labels 0 and 1

    [[nodiscard]] int columns() const { return x[1] ? 2 : 1; }
};

struct LogisticFit {
    std::array<double, 3> theta{}; ///< of x₀, x₁ and 1; of x₀ and x₁ 0 where the column is constant or absent
    double loss = 0.0;             ///< at the last pass
    int iterations = 0;
    bool converged = false;
};

[[nodiscard]] LogisticFit fitLogistic(const LogisticColumns& columns, int threads);

} // namespace orrery::calibration
