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
struct ShrinkState {
    std::vector<T> taken;      ///< the failing cases so far, the first one given, the last one smallest
    std::vector<T> candidates; ///< of the last of them
    std::size_t next = 0;      ///< candidate to try
    std::int64_t tried = 0;
    bool lastFailed = false; ///< the last candidate broke the property, and was taken
    friend bool operator==(const ShrinkState&, const ShrinkState&) = default;
};

/// `failing` breaks the property.
template <class T>
void beginShrinking(const Property<T>& property, T failing, ShrinkState<T>& state) {
    state = {};
    state.candidates = property.smaller(failing);
    state.taken.push_back(std::move(failing));
}

template <class T>
[[nodiscard]] StepResult tryCandidate(const Property<T>& property, ShrinkState<T>& state) {
    state.lastFailed = false;
    if (state.next == state.candidates.size()) return {StepStatus::Converged, StepBoundary::None};
    ++state.tried;
    const T& candidate = state.candidates[state.next++];
    if (property.holds(candidate)) return {};
    state.taken.push_back(candidate);
    state.candidates = property.smaller(state.taken.back());
    state.next = 0;
    state.lastFailed = true;
    return {StepStatus::Advanced, StepBoundary::Round};
}

template <class T>
class Shrinker {
  public:
    using State = ShrinkState<T>;

    Shrinker(std::shared_ptr<const Property<T>> property, T failing) : m_property(std::move(property)) {
        beginShrinking(*m_property, std::move(failing), m_state);
    }

    [[nodiscard]] StepResult step() { return tryCandidate(*m_property, m_state); }
    [[nodiscard]] const State& state() const { return m_state; }
    void restore(const State& state) { m_state = state; }
    [[nodiscard]] const T& smallest() const { return m_state.taken.back(); }

  private:
    std::shared_ptr<const Property<T>> m_property;
    State m_state;
};

} // namespace orrery::search
