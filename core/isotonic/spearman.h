// Spearman's rank correlation: Pearson's correlation of the ranks, equal values sharing their mean rank.
#pragma once

#include <span>

namespace orrery::isotonic {

/// NaN where all x or all y are equal. Equal lengths, no NaN.
[[nodiscard]] double spearman(std::span<const double> x, std::span<const double> y);

} // namespace orrery::isotonic
