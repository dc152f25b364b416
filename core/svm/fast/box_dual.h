// The programme of svm_problem.h without signs: with β_t = s_t α_t and c_t = −s_t p_t,
//
//   min over β   ½ Σ_tu β_t β_u k(x_t, x_u) − Σ c_t β_t   subject to   Σ β_t = Δ,   lower_t ≤ β_t ≤ upper_t.
//
// Minus its gradient is g_t = c_t − f(x_t), with f(x) = Σ β_t k(x_t, x). β is best where no variable that can
// rise has a larger g than one that can fall.
#pragma once

#include "core/svm/svm_problem.h"

namespace orrery::svm::fast {

struct BoxDual {
    std::vector<std::int32_t> point;                ///< N: of each variable
    std::vector<double> lower, upper, offset, beta; ///< N

    [[nodiscard]] std::size_t size() const { return point.size(); }
    [[nodiscard]] bool canRise(std::size_t t) const { return beta[t] < upper[t]; }
    [[nodiscard]] bool canFall(std::size_t t) const { return beta[t] > lower[t]; }
    [[nodiscard]] bool isFree(std::size_t t) const { return canRise(t) && canFall(t); }
};

/// alpha: N, feasible.
[[nodiscard]] BoxDual boxDualOf(const SvmProblem& problem, std::span<const double> alpha);
/// α back from β: N.
[[nodiscard]] std::vector<double> alphasOf(const SvmProblem& problem, const BoxDual& dual);

} // namespace orrery::svm::fast
