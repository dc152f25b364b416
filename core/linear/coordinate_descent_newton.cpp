// The Newton steps of the path solver: a quadratic problem on the active columns, solved by a Cholesky factor
// that follows them.
#include "core/linear/coordinate_descent_path.h"

#include <algorithm>
#include <cmath>

namespace orrery::linear {

namespace {

/// A Newton step is due when the sweeps since the last have cost this fraction of it: whichever of the two
/// would do better alone, the run costs little more than that.
constexpr double kSweepShare = 0.25;
/// Columns dropped before the factor is built anew: bounds the recipe, and the rounding of the rotations.
constexpr std::size_t kMostDrops = 512;

} // namespace

bool CoordinateDescentPath::newtonPays() const {
    if (m_state.engine != SweepEngine::Gram || m_state.active == 0) return false;
    const auto size = static_cast<double>(m_state.active);
    const bool anew = m_state.factor.ridge != ridge() || m_state.factor.drops >= kMostDrops;
    const double build = anew ? size * size * size / 3.0 : 0.0;
    return m_state.sweepFlops >= kSweepShare * (build + 4.0 * size * size);
}

/// Extends the recipe to the active columns of now.
void CoordinateDescentPath::planFactor() {
    FactorRecipe& recipe = m_state.factor;
    const auto isActive = [&](int slot) { return m_state.value[static_cast<std::size_t>(slot)] != 0.0; };
    m_factor.setGram(m_gram->data(), m_gram->stride());
    m_factor.follow(recipe);
    std::vector<char> isFactored(m_state.working.size(), 0);
    std::vector<int> kept;
    for (const int slot : m_factor.slots()) {
        isFactored[static_cast<std::size_t>(slot)] = 1;
        if (isActive(slot)) {
            kept.push_back(slot);
        } else {
            recipe.operations.push_back(~slot);
            ++recipe.drops;
        }
    }
    if (recipe.ridge != ridge() || recipe.drops > kMostDrops) recipe = {.ridge = ridge(), .operations = kept};
    for (std::size_t k = 0; k < m_state.working.size(); ++k)
        if (isActive(static_cast<int>(k)) && !isFactored[k]) recipe.operations.push_back(static_cast<int>(k));
    m_factor.follow(recipe);
}

/// m_direction: d of each slot of the factor, in its order.
void CoordinateDescentPath::newtonDirection() {
    const auto& slots = m_factor.slots();
    m_direction.resize(slots.size());
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const auto k = static_cast<std::size_t>(slots[i]);
        m_direction[i] =
            m_state.gradient[k] - ridge() * m_state.value[k] - std::copysign(threshold(), m_state.value[k]);
    }
    m_factor.solve(m_direction.data());
}

/// Adds `change` (of each slot of the factor) if the objective falls.
bool CoordinateDescentPath::moveAlong(const std::vector<double>& change) {
    const auto& slots = m_factor.slots();
    m_product.assign(m_state.working.size(), 0.0);
    kernels::addColumns(m_gram->data(), m_gram->stride(), slots.data(), change.data(), slots.size(),
                        m_product.data(), m_product.size());
    m_state.flops += 2.0 * static_cast<double>(slots.size() * m_product.size());
    double difference = 0.0;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const auto k = static_cast<std::size_t>(slots[i]);
        const double before = m_state.value[k], after = before + change[i];
        difference += change[i] * (0.5 * m_product[k] - m_state.gradient[k]) +
                      threshold() * (std::abs(after) - std::abs(before)) +
                      0.5 * ridge() * (after + before) * change[i];
    }
    if (!(difference < 0.0)) return false;
    for (std::size_t i = 0; i < slots.size(); ++i)
        m_state.value[static_cast<std::size_t>(slots[i])] += change[i];
    for (std::size_t k = 0; k < m_product.size(); ++k)
        m_state.gradient[k] -= m_product[k];
    return true;
}

StepResult CoordinateDescentPath::takeNewtonStep() {
    m_state.newtonNext = false;
    m_state.sweepFlops = 0.0;
    m_state.move = {.newton = true};
    planFactor();
    newtonDirection();
    const auto& slots = m_factor.slots();
    m_change = m_direction;
    double share = 1.0; // of the step, until the first coefficient reaches zero
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const double value = m_state.value[static_cast<std::size_t>(slots[i])];
        if ((value + m_direction[i]) * value >= 0.0) continue;
        m_change[i] = -value;
        share = std::min(share, -value / m_direction[i]);
    }
    if (!moveAlong(m_change) && share < 1.0) {
        for (std::size_t i = 0; i < slots.size(); ++i) {
            const double value = m_state.value[static_cast<std::size_t>(slots[i])];
            const double moved = share * m_direction[i];
            m_change[i] = (value + moved) * value <= 0.0 ? -value : moved;
        }
        (void)moveAlong(m_change);
    }
    m_state.flops += 2.0 * static_cast<double>(slots.size() * slots.size());
    measureWorkingSet();
    if (isQuiet()) return certify();
    return {StepStatus::Advanced, StepBoundary::Round};
}

} // namespace orrery::linear
