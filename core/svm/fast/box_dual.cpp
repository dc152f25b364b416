#include "core/svm/fast/box_dual.h"

#include <cmath>

namespace orrery::svm::fast {

BoxDual boxDualOf(const SvmProblem& problem, std::span<const double> alpha) {
    const auto size = static_cast<std::size_t>(problem.variables());
    BoxDual dual;
    dual.point.resize(size);
    for (auto* values : {&dual.lower, &dual.upper, &dual.offset, &dual.beta})
        values->resize(size);
    for (std::size_t t = 0; t < size; ++t) {
        const auto variable = static_cast<Eigen::Index>(t);
        const double sign = problem.signOf(variable);
        const double bound = problem.upperOf(variable);
        dual.point[t] = static_cast<std::int32_t>(problem.pointOf(variable));
        dual.lower[t] = sign > 0.0 ? 0.0 : -bound;
        dual.upper[t] = sign > 0.0 ? bound : 0.0;
        dual.offset[t] = -sign * problem.linearOf(variable);
        dual.beta[t] = sign * alpha[t];
    }
    return dual;
}

std::vector<double> alphasOf(const SvmProblem& problem, const BoxDual& dual) {
    std::vector<double> alpha(dual.size());
    for (std::size_t t = 0; t < alpha.size(); ++t) // + 0.0: no negative zero
        alpha[t] = problem.signOf(static_cast<Eigen::Index>(t)) * dual.beta[t] + 0.0;
    return alpha;
}

} // namespace orrery::svm::fast
