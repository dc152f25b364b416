// Properties over random cases: a seed a case, and the first case that fails is made as small as it gets.
//
//   const auto failure = counterexample<Tree>({.holds = …, .smaller = …}, [](Rng& rng, std::size_t size) { …
//   }); QVERIFY2(!failure, failure ? failure->text(print).c_str() : "");
#pragma once

#include "core/search/property_hunt.h"

#include <string>

namespace orrery::testing {

template <class T>
struct Counterexample {
    T first; ///< as it was drawn
    T smallest;
    std::uint64_t seed = 0;
    std::size_t index = 0; ///< of the case: Rng(seed, index) draws it again
    std::size_t shrinks = 0;
    std::int64_t tried = 0; ///< candidates on the way

    /// `print` makes text of a case.
    template <class Print>
    [[nodiscard]] std::string text(const Print& print) const {
        return "case " + std::to_string(index) + " of seed " + std::to_string(seed) + ": " + print(smallest) +
               " (after " + std::to_string(shrinks) + " shrinks from " + print(first) + ")";
    }
};

struct PropertyRun {
    std::size_t cases = 200;
    std::uint64_t seed = 1;
    std::size_t largest = 30;          ///< sizes grow from 0 to this
    std::int64_t mostShrinks = 10'000; ///< candidates tried
};

/// The first failing case, shrunk; nothing when all hold.
template <class T>
std::optional<Counterexample<T>> counterexample(search::Property<T> property,
                                                const std::function<T(Rng&, std::size_t)>& draw,
                                                PropertyRun run = {}) {
    search::PropertyHunt<T> hunt(std::make_shared<const search::Property<T>>(std::move(property)), draw,
                                 {run.cases, run.seed, run.largest});
    while (hunt.state().shrinking.tried < run.mostShrinks)
        if (hunt.step().status != StepStatus::Advanced) break;
    const auto& state = hunt.state();
    if (state.isBroken)
        return Counterexample<T>{*state.lastCase, state.shrinking.taken.back(),     run.seed,
                                 state.drawn - 1, state.shrinking.taken.size() - 1, state.shrinking.tried};
    return std::nullopt;
}

} // namespace orrery::testing
