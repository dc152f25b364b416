// A first look at the rows of an isotonic problem: which can be used, what is wrong with one, what their
// order is. Cost: one pass, in vectors as long as no row is to be left out or refused.
#pragma once

#include "core/support/expected.h"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace orrery::isotonic {

/// x that lie nearer than this are ties, as scikit-learn has them (the decimal resolution of a double).
inline constexpr double kTieWidth = 1e-15;

struct RowSurvey {
    std::vector<std::uint32_t> kept; ///< rows that can be used; empty: every row
    std::size_t keptCount = 0;
    std::size_t missing = 0;    ///< left out: x, y or weight is NaN
    std::size_t weightless = 0; ///< left out: weight 0
    double largest = 0.0;       ///< |y|
    double totalWeight = 0.0;
    double smallestWeight = std::numeric_limits<double>::infinity();
    bool isAscending = true; ///< x of the kept rows, equal ones allowed
};

/// x, y: n rows each; weights: n, or empty. Fails in one sentence on an infinite value and on a negative
/// weight; and where no row is left, or sums of what is left would overflow or drown in rounding.
[[nodiscard]] Expected<RowSurvey> surveyRows(std::span<const double> x, std::span<const double> y,
                                             std::span<const double> weights);

} // namespace orrery::isotonic
