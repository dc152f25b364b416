// From a case that breaks a property to a smallest one, step by step.
//
//   given a failing x:  take the first y of smaller(x) that fails as well, and go on from it; stop when none
//   does
//
// The greedy descent of QuickCheck (Claessen & Hughes, ICFP 2000): the result is locally minimal, no smaller
// candidate fails. One step tries one candidate; a round ends when a candidate was taken. Cost of a step: one
// evaluation of the property.
#pragma once

#include "core/solver/step.h"

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace orrery::search {

template <class T>
struct Property {
    std::function<bool(const T&)> holds;
    std::function<std::vector<T>(const T&)>
        smaller; ///< candidates, most promising first; always smaller in some well-founded order
};

template <class T>
class Shrinker {
  public:
    struct State {
        std::vector<T> taken;      ///< the failing cases so far, the first one given, the last one smallest
        std::vector<T> candidates; ///< of the last of them
        std::size_t next = 0;      ///< candidate to try
        std::int64_t tried = 0;
        bool lastFailed = false; ///< the last candidate broke the property, and was taken
        friend bool operator==(const State&, const State&) = default;
    };

    /// `failing` breaks the property.
    Shrinker(std::shared_ptr<const Property<T>> property, T failing) : m_property(std::move(property)) {
        m_state.candidates = m_property->smaller(failing);
        m_state.taken.push_back(std::move(failing));
    }

    [[nodiscard]] StepResult step() {
        m_state.lastFailed = false;
        if (m_state.next == m_state.candidates.size()) return {StepStatus::Converged, StepBoundary::None};
        ++m_state.tried;
        const T& candidate = m_state.candidates[m_state.next++];
        if (m_property->holds(candidate)) return {};
        m_state.taken.push_back(candidate);
        m_state.candidates = m_property->smaller(m_state.taken.back());
        m_state.next = 0;
        m_state.lastFailed = true;
        return {StepStatus::Advanced, StepBoundary::Round};
    }
    [[nodiscard]] const State& state() const { return m_state; }
    void restore(const State& state) { m_state = state; }
    [[nodiscard]] const T& smallest() const { return m_state.taken.back(); }

  private:
    std::shared_ptr<const Property<T>> m_property;
    State m_state;
};

} // namespace orrery::search
