// Where knots, λ and coefficients lie on the axis that a path is drawn over. Pure functions of PathData.
#pragma once

#include "app/labs/lasso/views/path_data.h"

#include <span>

namespace orrery::lasso {

/// x of every computed knot: λ, ‖β‖₁ or deviance explained. λ = 0 stands one grid step beyond the last
/// positive λ, since a log axis has no place for it.
[[nodiscard]] std::vector<double> knotPositions(const PathData& data, PathAxis axis);

/// λ as a fractional knot, interpolated in log λ and clamped to the computed knots; and back.
[[nodiscard]] double knotOf(const PathData& data, double lambda);
[[nodiscard]] double lambdaAt(const PathData& data, double knot);

/// Linear interpolation of `values` at a fractional index.
[[nodiscard]] double valueAt(std::span<const double> values, double index);
/// Fractional index of `value` in a monotone sequence, clamped.
[[nodiscard]] double indexOf(std::span<const double> sorted, double value);

/// β of a column at a fractional knot.
[[nodiscard]] double coefficientAt(const PathColumn& column, double knot);

/// Knots and values with the zero before the entry and after an exit, so that a drawn path leaves the axis.
struct DrawnColumn {
    std::vector<double> x, y; ///< NaN parts two stays in the model
};
[[nodiscard]] DrawnColumn drawnColumn(const PathColumn& column, std::span<const double> positions);

} // namespace orrery::lasso
