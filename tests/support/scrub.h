// The test that every solver must pass: any index, in any order, with a roomy and a tight budget, is bit for
// bit the state of the straight run; and n × step() is solve().
#pragma once

#include "core/session/player.h"
#include "core/support/rng.h"

#include <QString>
#include <functional>
#include <vector>

namespace orrery::testing {

/// `make` builds a fresh solver on the same problem and options. Returns an empty string, or what went wrong.
/// At most `most` steps of the run are looked at.
template <SteppableSolver Solver>
QString scrubFailure(const std::function<Solver()>& make, std::int64_t most = 2000, std::uint64_t seed = 1) {
    std::vector<typename Solver::State> straight;
    Solver solver = make();
    straight.push_back(solver.state());
    StepResult last;
    while (static_cast<std::int64_t>(straight.size()) <= most) {
        last = solver.step();
        straight.push_back(solver.state());
        if (last.status != StepStatus::Advanced) break;
    }
    const auto end = static_cast<std::int64_t>(straight.size()) - 1;

    Solver batched = make();
    if (solve(batched, end).steps != end)
        return QStringLiteral("solve() took another number of steps than step()");
    if (!(batched.state() == straight.back())) return QStringLiteral("n × step() differs from solve()");

    const auto seekDiffers = [&](Player<Solver>& player, std::int64_t index) {
        player.moveTo(index);
        return player.index() != index || !(player.state() == straight[static_cast<std::size_t>(index)]);
    };
    const std::size_t oneState = stateBytes(straight.back());
    for (const std::size_t budget : {Timeline<typename Solver::State>::kDefaultBudget, 6 * oneState}) {
        Player<Solver> player(make(), budget, 3);
        player.moveTo(end);
        for (std::int64_t index = end; index >= 0; --index)
            if (seekDiffers(player, index))
                return QStringLiteral("backwards, step %1, budget %2").arg(index).arg(budget);
        Rng rng(seed);
        for (int i = 0; i < 300; ++i) {
            const auto index = static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(end) + 1));
            if (seekDiffers(player, index))
                return QStringLiteral("random order, step %1, budget %2").arg(index).arg(budget);
        }
    }

    // A saved state is the whole truth: a fresh solver goes on from it alike.
    Rng rng(seed + 1);
    for (int i = 0; i < 20; ++i) {
        const auto from = static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(end) + 1));
        Solver fresh = make();
        fresh.restore(straight[static_cast<std::size_t>(from)]);
        const auto to = std::min(end, from + 40);
        if (to > from) (void)solve(fresh, to - from);
        if (!(fresh.state() == straight[static_cast<std::size_t>(to)]))
            return QStringLiteral("resumed in a fresh solver at step %1, step %2 differs").arg(from).arg(to);
    }
    return {};
}

} // namespace orrery::testing
