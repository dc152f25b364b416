// What a solver is here: a copyable value with step().
//
// One step() is the unit that a textbook would draw: one coordinate, one SMO pair, one pooled block, one
// split, one example, one popped node. A step allocates nothing in steady state, reads no clock, prints
// nothing, and given an equal state does the same thing, whatever the threads do. Everything that the time
// machine offers (step back, scrub, compare, film, resume) is restore() and step().
#pragma once

#ifndef Q_MOC_RUN // Qt 6.4's moc cannot read this header
#include <concepts>
#endif
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace orrery {

enum class StepStatus : std::uint8_t {
    Advanced,  ///< there is more to do
    Converged, ///< the stopping rule holds; a further step() changes nothing
    Exhausted, ///< a limit (iterations, data) was reached first
    Failed,    ///< numerical trouble; the reason is in the state, and is drawn
};

/// What the step closed besides itself: nothing, a round (a sweep, an epoch, a tree) or a phase (a λ, a
/// fold).
enum class StepBoundary : std::uint8_t { None, Round, Phase };

struct StepResult {
    StepStatus status = StepStatus::Advanced;
    StepBoundary boundary = StepBoundary::None;

    friend bool operator==(const StepResult&, const StepResult&) = default;
};

template <class S>
concept SteppableSolver = std::copyable<typename S::State> && std::equality_comparable<typename S::State> &&
    requires(S s, const S cs, const typename S::State st) {
    { s.step() } -> std::same_as<StepResult>;
    { cs.state() } -> std::convertible_to<const typename S::State&>;
    {s.restore(st)};
};

struct AdvanceResult {
    std::int64_t steps = 0; ///< steps taken, the one that ended the run included
    StepResult last;
};

/// A solver may offer its own tight loop; it must do exactly what repeated step() does.
template <class S>
concept HasAdvance = requires(S s, std::int64_t n) {
    { s.advance(n) } -> std::same_as<AdvanceResult>;
};

/// Takes up to `limit` steps; returns early after a step that closes a round or a phase, or that ends the
/// run.
template <SteppableSolver S>
AdvanceResult advance(S& solver, std::int64_t limit) {
    if constexpr (HasAdvance<S>) {
        return solver.advance(limit);
    } else {
        AdvanceResult result;
        while (result.steps < limit) {
            result.last = solver.step();
            ++result.steps;
            if (result.last.boundary != StepBoundary::None || result.last.status != StepStatus::Advanced)
                break;
        }
        return result;
    }
}

/// Runs to the end (or `limit` steps).
template <SteppableSolver S>
AdvanceResult solve(S& solver, std::int64_t limit = std::numeric_limits<std::int64_t>::max()) {
    AdvanceResult total;
    while (total.steps < limit) {
        const AdvanceResult part = advance(solver, limit - total.steps);
        total.steps += part.steps;
        total.last = part.last;
        if (part.last.status != StepStatus::Advanced) break;
    }
    return total;
}

/// One scalar that is kept for every traced step.
struct TraceColumn {
    std::string name;         ///< in the field's words: "objective", "duality gap", "active set"
    std::string unit;         ///< "" when it has none
    bool logarithmic = false; ///< read on a log axis

    friend bool operator==(const TraceColumn&, const TraceColumn&) = default;
};

/// A solver with scalars to trace. traceRow() only copies what the state holds: O(columns).
template <class S>
concept TracedSolver = requires(const S cs, std::span<double> row) {
    { S::traceColumns() } -> std::convertible_to<std::vector<TraceColumn>>;
    {cs.traceRow(row)};
};

} // namespace orrery
