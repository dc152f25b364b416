#include "core/svm/fast/active_set.h"

#include <algorithm>

namespace orrery::svm::fast {

namespace {

bool isHeld(const BoxDual& dual, std::size_t t, double g, double highest, double lowest) {
    if (!dual.canFall(t)) return g < lowest;
    return !dual.canRise(t) && g > highest;
}

} // namespace

std::size_t heldVariables(const BoxDual& dual, std::span<const double> gradient, double highest,
                          double lowest) {
    std::size_t held = 0;
    for (std::size_t t = 0; t < dual.size(); ++t)
        held += isHeld(dual, t, gradient[t], highest, lowest) ? 1 : 0;
    return held;
}

ActiveSet activeSetOf(const BoxDual& dual, std::span<const double> gradient, double highest, double lowest) {
    ActiveSet active;
    std::vector<std::int32_t> place(
        static_cast<std::size_t>(*std::max_element(dual.point.begin(), dual.point.end())) + 1, -1);
    for (std::size_t t = 0; t < dual.size(); ++t) {
        if (isHeld(dual, t, gradient[t], highest, lowest)) continue;
        std::int32_t& at = place[static_cast<std::size_t>(dual.point[t])];
        if (at < 0) {
            at = static_cast<std::int32_t>(active.points.size());
            active.points.push_back(dual.point[t]);
        }
        active.variables.push_back(static_cast<std::int32_t>(t));
        active.dual.point.push_back(at);
        active.dual.lower.push_back(dual.lower[t] - dual.beta[t]);
        active.dual.upper.push_back(dual.upper[t] - dual.beta[t]);
        active.dual.offset.push_back(gradient[t]);
    }
    active.dual.beta.assign(active.variables.size(), 0.0);
    return active;
}

// What has reached a bound stands on it, whatever a sum would round to.
void ActiveSet::writeBack(const BoxDual& solved, BoxDual& whole) const {
    for (std::size_t k = 0; k < variables.size(); ++k) {
        const auto t = static_cast<std::size_t>(variables[k]);
        if (solved.beta[k] == 0.0) continue;
        whole.beta[t] = !solved.canRise(k)   ? whole.upper[t]
                        : !solved.canFall(k) ? whole.lower[t]
                                             : whole.beta[t] + solved.beta[k];
    }
}

} // namespace orrery::svm::fast
