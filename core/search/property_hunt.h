// A property tried on random cases, one a step, until one breaks it; from there on smaller ones.
//
//   case i of seed s:  x = draw(Rng(s, i), size),  size from 0 to `largest` as i goes up
//
// QuickCheck (Claessen & Hughes, ICFP 2000). Case i is a function of seed and i alone, so it can be drawn
// again. One step draws one case or tries one candidate; a phase ends with the case that fails. Cost of a
// step: one evaluation of the property.
#pragma once

#include "core/search/shrinker.h"
#include "core/support/rng.h"

#include <optional>

namespace orrery::search {

struct HuntOptions {
    std::size_t cases = 200;
    std::uint64_t seed = 1;
    std::size_t largest = 30; ///< sizes grow from 0 to this
};

/// Of case `index`.
[[nodiscard]] inline std::size_t caseSize(const HuntOptions& options, std::size_t index) {
    return options.cases > 1 ? index * options.largest / (options.cases - 1) : options.largest;
}

template <class T>
class PropertyHunt {
  public:
    using Draw = std::function<T(Rng&, std::size_t size)>;

    struct State {
        std::size_t drawn = 0;     ///< cases so far, the failing one included
        std::optional<T> lastCase; ///< the last one drawn
        bool isBroken = false;     ///< it failed: what follows makes it smaller
        ShrinkState<T> shrinking;
        friend bool operator==(const State&, const State&) = default;
    };

    PropertyHunt(std::shared_ptr<const Property<T>> property, Draw draw, HuntOptions options)
        : m_property(std::move(property)), m_draw(std::move(draw)), m_options(options) {}

    /// Converged: the smallest failing case stands. Exhausted: every case held.
    [[nodiscard]] StepResult step() {
        if (m_state.isBroken) return tryCandidate(*m_property, m_state.shrinking);
        if (m_state.drawn == m_options.cases) return {StepStatus::Exhausted, StepBoundary::None};
        Rng rng(m_options.seed, m_state.drawn);
        m_state.lastCase = m_draw(rng, caseSize(m_options, m_state.drawn));
        ++m_state.drawn;
        if (m_property->holds(*m_state.lastCase)) return {};
        m_state.isBroken = true;
        beginShrinking(*m_property, *m_state.lastCase, m_state.shrinking);
        return {StepStatus::Advanced, StepBoundary::Phase};
    }
    [[nodiscard]] const State& state() const { return m_state; }
    void restore(const State& state) { m_state = state; }
    [[nodiscard]] const HuntOptions& options() const { return m_options; }

  private:
    std::shared_ptr<const Property<T>> m_property;
    Draw m_draw;
    HuntOptions m_options;
    State m_state;
};

} // namespace orrery::search
