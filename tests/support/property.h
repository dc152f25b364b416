// Properties over random cases: a seed a case, and the first case that fails is made as small as it gets.
//
//   const auto failure = counterexample<Tree>({.holds = …, .smaller = …}, [](Rng& rng, std::size_t size) { …
//   }); QVERIFY2(!failure, failure ? failure->text(print).c_str() : "");
#pragma once

#include "core/search/shrinker.h"
#include "core/support/rng.h"

#include <functional>
#include <optional>
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
    const auto shared = std::make_shared<const search::Property<T>>(std::move(property));
    for (std::size_t index = 0; index < run.cases; ++index) {
        Rng rng(run.seed, index);
        T drawn = draw(rng, run.cases > 1 ? index * run.largest / (run.cases - 1) : run.largest);
        if (shared->holds(drawn)) continue;
        search::Shrinker<T> shrinker(shared, drawn);
        (void)solve(shrinker, run.mostShrinks);
        const auto& state = shrinker.state();
        return Counterexample<T>{std::move(drawn),       shrinker.smallest(), run.seed, index,
                                 state.taken.size() - 1, state.tried};
    }
    return std::nullopt;
}

} // namespace orrery::testing
