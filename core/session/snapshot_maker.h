// What a listener gets of a run: immutable, shared, and copied only where something changed.
#pragma once

#include "core/session/playback.h"

#include <memory>
#include <tuple>
#include <type_traits>
#include <variant>

namespace orrery {

/// What Solver::problem() returns (a shared pointer to something immutable), so that a snapshot carries it.
template <class Solver>
struct ProblemType {
    using type = std::monostate;
};
template <class Solver>
requires requires(const Solver s) {
    s.problem();
}
struct ProblemType<Solver> {
    using type = std::decay_t<decltype(std::declval<const Solver>().problem())>;
};
template <class Solver>
using ProblemOf = typename ProblemType<Solver>::type;

template <SteppableSolver Solver>
struct SessionSnapshot final : SnapshotBase {
    using State = typename Solver::State;
    std::shared_ptr<const State> state;    ///< at transport.index; null before the first solver was made
    std::shared_ptr<const State> furthest; ///< at the last step computed so far
    ProblemOf<Solver> problem{};           ///< that the states belong to
};

template <SteppableSolver Solver>
class SnapshotMaker {
  public:
    /// All but the error. `generation` is of the run that `playback` holds.
    [[nodiscard]] std::shared_ptr<SessionSnapshot<Solver>> make(Playback<Solver>& playback,
                                                                std::uint64_t generation) {
        auto snapshot = std::make_shared<SessionSnapshot<Solver>>();
        if (playback.isOpen()) {
            const Player<Solver>& player = playback.player();
            snapshot->state = playback.sharedState();
            snapshot->furthest = playback.furthestState();
            if constexpr (requires { player.solver().problem(); })
                snapshot->problem = player.solver().problem();
            snapshot->trace = shared(player.trace(), generation);
            snapshot->marks = shared(player.marks(), generation);
            snapshot->transport = playback.transport();
        }
        snapshot->transport.generation = generation;
        return snapshot;
    }

  private:
    // Copied only when rows were added.
    std::shared_ptr<const Trace> shared(const Trace& trace, std::uint64_t generation) {
        if (!m_trace || m_traceGeneration != generation || m_trace->index() != trace.index()) {
            m_trace = std::make_shared<const Trace>(trace);
            m_traceGeneration = generation;
        }
        return m_trace;
    }

    std::shared_ptr<const TimeMarks> shared(const TimeMarks& marks, std::uint64_t generation) {
        const auto key = std::tuple(generation, marks.rounds.size(), marks.phases.size());
        if (!m_marks || m_marksKey != key) {
            m_marks = std::make_shared<const TimeMarks>(decimated(marks));
            m_marksKey = key;
        }
        return m_marks;
    }

    std::shared_ptr<const Trace> m_trace;
    std::uint64_t m_traceGeneration = 0;
    std::shared_ptr<const TimeMarks> m_marks;
    std::tuple<std::uint64_t, std::size_t, std::size_t> m_marksKey;
};

} // namespace orrery
