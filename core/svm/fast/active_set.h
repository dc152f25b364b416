// Shrinking by compaction: the variables that a bound holds are left out, and the programme of the others, in
// δ = β − β_now, stands packed by itself:
//
//   max over δ   Σ g_t δ_t − ½ Σ_tu δ_t δ_u k(x_t, x_u)   subject to   Σ δ_t = 0,   lower_t ≤ β_t + δ_t ≤
//   upper_t.
//
// As in LIBSVM a bound holds a variable whose g lies beyond that of every one that could change with it.
#pragma once

#include "core/svm/fast/box_dual.h"

#include <span>

namespace orrery::svm::fast {

struct ActiveSet {
    BoxDual dual;                        ///< in δ; points as places in `points`
    std::vector<std::int32_t> variables; ///< of the whole, ascending
    std::vector<std::int32_t> points;    ///< of the whole, by first variable

    /// δ into β of the whole.
    void writeBack(const BoxDual& solved, BoxDual& whole) const;
};

/// highest, lowest: of g over what can rise, and over what can fall.
[[nodiscard]] std::size_t heldVariables(const BoxDual& dual, std::span<const double> gradient, double highest,
                                        double lowest);
[[nodiscard]] ActiveSet activeSetOf(const BoxDual& dual, std::span<const double> gradient, double highest,
                                    double lowest);

} // namespace orrery::svm::fast
