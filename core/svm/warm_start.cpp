#include "core/svm/smo_solver.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace orrery::svm {

namespace {

using Eigen::Index;

/// Moves s α of one variable by up to `by` (of either sign) within its box; returns what is left.
double take(double& alpha, double sign, double upper, double by) {
    const double before = alpha;
    const double wanted = before + sign * by;
    alpha = std::clamp(wanted, 0.0, upper);
    return alpha == wanted ? 0.0 : by - sign * (alpha - before);
}

bool isFree(double alpha, double upper) {
    return alpha > 0.0 && alpha < upper;
}

} // namespace

std::vector<double> startingAlphas(const SvmProblem& problem) {
    std::vector<double> alpha(static_cast<std::size_t>(problem.variables()), 0.0);
    double left = problem.equality(); // one class alone: as many at their bound as fit, then the rest of one
    for (std::size_t t = 0; t < alpha.size() && left > 0.0; ++t) {
        alpha[t] = std::min(left, 1.0);
        left -= alpha[t];
    }
    return alpha;
}

// Free variables first: one that sits at its bound mostly stays there in the next solution. Then those that
// can give (α > 0) before those that would have to take.
std::vector<double> feasible(const SvmProblem& problem, std::vector<double> alpha) {
    const auto count = static_cast<std::size_t>(problem.variables());
    assert(alpha.size() == count);
    double left = problem.equality();
    for (std::size_t t = 0; t < count; ++t) {
        const auto variable = static_cast<Index>(t);
        alpha[t] = std::isfinite(alpha[t]) ? std::clamp(alpha[t], 0.0, problem.upperOf(variable)) : 0.0;
        left -= problem.signOf(variable) * alpha[t];
    }
    for (int pass = 0; pass < 3; ++pass)
        for (std::size_t t = 0; t < count && left != 0.0; ++t) {
            const auto variable = static_cast<Index>(t);
            const double sign = problem.signOf(variable), upper = problem.upperOf(variable);
            const bool gives = sign * left < 0.0;
            if (pass == 0 && !(gives && isFree(alpha[t], upper))) continue;
            if (pass == 1 && !gives) continue;
            left = take(alpha[t], sign, upper, left);
        }
    return alpha;
}

std::vector<double> carriedOver(const SvmProblem& from, std::span<const double> alpha, const SvmProblem& to,
                                std::span<const std::int32_t> oldRow) {
    assert(from.kind == to.kind && static_cast<Index>(oldRow.size()) == to.points());
    assert(static_cast<Index>(alpha.size()) == from.variables());
    std::vector<double> carried(static_cast<std::size_t>(to.variables()), 0.0);
    for (Index i = 0; i < to.points(); ++i) {
        const Index old = oldRow[static_cast<std::size_t>(i)];
        if (old < 0) continue;
        if (from.kind == ProblemKind::Classification && from.y[old] != to.y[i]) continue;
        carried[static_cast<std::size_t>(i)] = alpha[static_cast<std::size_t>(old)];
        if (from.kind == ProblemKind::Regression)
            carried[static_cast<std::size_t>(i + to.points())] =
                alpha[static_cast<std::size_t>(old + from.points())];
    }
    return feasible(to, std::move(carried));
}

double biasOf(const SvmProblem& problem, std::span<const double> alpha, std::span<const double> gradient) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    double sum = 0.0, least = -infinity, most = infinity; // of b, where no variable is free
    std::size_t free = 0;
    for (std::size_t t = 0; t < alpha.size(); ++t) {
        const auto variable = static_cast<Index>(t);
        const double sign = problem.signOf(variable), upper = problem.upperOf(variable);
        const double value = -sign * gradient[t];
        if (isFree(alpha[t], upper)) {
            sum += value;
            ++free;
        } else if ((alpha[t] >= upper) == (sign > 0.0)) {
            most = std::min(most, value); // can fall alone
        } else {
            least = std::max(least, value);
        }
    }
    if (free > 0) return sum / static_cast<double>(free);
    if (std::isinf(least)) return most;
    if (std::isinf(most)) return least;
    return 0.5 * (least + most);
}

} // namespace orrery::svm
