// The finished fit, by the fast twin of the steppable solvers: what the command line, calibration and the
// benchmarks use. One pass over memory that keeps blocks only; see pool_blocks.h for how.
//
// It agrees with the steppable solvers to rounding: sums are added up in another order.
#pragma once

#include "core/isotonic/isotonic_problem.h"

namespace orrery::isotonic {

struct IsotonicFit {
    std::shared_ptr<const IsotonicProblem> problem;
    std::vector<Block> blocks; ///< of all points, left to right; values before y_min and y_max

    /// Σ w (y − f)² or Σ w |y − f| over all rows, with y_min and y_max applied. One pass.
    [[nodiscard]] double loss() const;
    /// The block of a point. O(log blocks).
    [[nodiscard]] const Block& blockOf(std::size_t point) const;
    /// The fit at a point, bounds applied.
    [[nodiscard]] double at(std::size_t point) const { return problem->bounded(blockOf(point).value); }
    /// The fit at any x as scikit-learn predicts: straight lines between points, constant outside. NaN for
    /// NaN.
    [[nodiscard]] double predict(double x) const;
    /// At every point, m.
    [[nodiscard]] std::vector<double> values() const;
    /// For every row of the input in its own order; NaN for rows that were left out.
    [[nodiscard]] std::vector<double> fittedRows() const;
    /// The same. out: as many as rows came in.
    void writeRows(std::span<double> out) const;
};

/// `threads` changes no answer beyond rounding: each takes a stretch of points, and the stretches' blocks are
/// pooled after.
[[nodiscard]] IsotonicFit fitIsotonic(std::shared_ptr<const IsotonicProblem> problem, int threads = 1);

/// Fails as makeProblem does.
[[nodiscard]] Expected<IsotonicFit> fitIsotonic(std::span<const double> x, std::span<const double> y,
                                                std::span<const double> weights = {},
                                                const ProblemOptions& options = {});

} // namespace orrery::isotonic
