// Moves labels apart so that none touches another, as little as possible.
//
//   min Σ (c_i − p_i)²   subject to   c_{i+1} − c_i ≥ (h_i + h_{i+1})/2,   all inside [lower, upper]
//
// With the gaps taken out of the positions this is isotonic regression with equal weights; pool adjacent
// violators solves it exactly, and clamping its solution answers the bounds. O(n log n).
#pragma once

#include <span>
#include <vector>

namespace orrery {

/// `positions` are wanted centres in any order, `heights` include the gap that is to stay free. Returns the
/// centres, in the order of the input. When the labels do not fit, the bound `lower` holds and the last ones
/// stand beyond `upper`: leave some out first (see labelsThatFit).
[[nodiscard]] std::vector<double> spreadLabels(std::span<const double> positions,
                                               std::span<const double> heights, double lower, double upper);

/// How many labels of this height fit.
[[nodiscard]] int labelsThatFit(double height, double lower, double upper);

} // namespace orrery
