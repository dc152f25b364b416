// The single-threaded heart of a session: a solver, its timeline and trace, and the index that is shown.
//
// A Player never blocks and reads no clock: the session asks for a batch of steps, measures it and decides
// when to publish. Everything that a key can ask for ends in jumpTowards() and runForward().
#pragma once

#include "core/session/transport.h"
#include "core/solver/step.h"
#include "core/trace/timeline.h"
#include "core/trace/trace.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace orrery {

template <SteppableSolver Solver>
class Player {
  public:
    using State = typename Solver::State;
    static constexpr auto kNoBoundary = static_cast<StepBoundary>(255); ///< above every boundary

    explicit Player(Solver solver, std::size_t budgetBytes = Timeline<State>::kDefaultBudget,
                    std::int64_t keyframeSpacing = 64)
        : m_solver(std::move(solver)), m_timeline(budgetBytes, keyframeSpacing), m_trace(columns()) {
        m_timeline.reset(m_solver.state());
        appendTrace(StepBoundary::None, 0.0);
    }

    /// By value where the solver hands its state out by value.
    [[nodiscard]] decltype(auto) state() const { return m_solver.state(); }
    [[nodiscard]] const Solver& solver() const { return m_solver; }
    [[nodiscard]] std::int64_t index() const { return m_index; }
    [[nodiscard]] std::int64_t furthest() const { return m_furthest; }
    [[nodiscard]] bool ended() const { return m_ended; } ///< the run's last index is known: furthest()
    [[nodiscard]] bool atEnd() const { return m_ended && m_index == m_furthest; }
    [[nodiscard]] StepStatus status() const { return atEnd() ? m_endStatus : StepStatus::Advanced; }
    [[nodiscard]] const Trace& trace() const { return m_trace; }
    [[nodiscard]] const TimeMarks& marks() const { return m_marks; }
    [[nodiscard]] const Timeline<State>& timeline() const { return m_timeline; }

    /// Keyframe spacing in steps; takes effect only before the first keyframe after index 0.
    void setKeyframeSpacing(std::int64_t spacing) {
        if (m_timeline.size() <= 1) m_timeline.setSpacing(spacing);
    }

    /// Whether the state at index() is to be kept: done before the next step, or by the caller, who may want
    /// to time it.
    [[nodiscard]] bool keyframeDue() const { return m_timeline.wants(m_index); }
    void keepKeyframe() { m_timeline.keep(m_index, m_solver.state()); }
    void thinKeyframes() { m_timeline.thin(); }

    /// Up to `limit` steps towards `target` (≥ index()), booked as they go. `seconds` is the solver time that
    /// rows traced on the way are marked with. Stops early after a step that closes `until` or more, and
    /// where a keyframe is due. Returns the steps taken; 0 only at the target or at the end.
    std::int64_t runForward(std::int64_t target, std::int64_t limit, double seconds,
                            StepBoundary until = kNoBoundary) {
        const std::int64_t start = m_index;
        const std::int64_t stop = std::min(target, limit > target - start ? target : start + limit);
        while (m_index < stop && !atEnd()) {
            if (keyframeDue()) keepKeyframe();
            takeSlice(stop);
            book(seconds);
            if (m_last.boundary >= until || keyframeDue()) break;
        }
        return m_index - start;
    }

    /// Restores the nearest keyframe when that is the shorter way to `target`; the rest is runForward().
    void jumpTowards(std::int64_t target) {
        const auto& frame = m_timeline.at(std::max<std::int64_t>(target, 0));
        if (target < m_index || frame.index > m_index) {
            m_solver.restore(frame.state);
            m_index = frame.index;
        }
    }

    /// The whole way. Clamped to [0, end].
    void moveTo(std::int64_t target, double seconds = 0.0) {
        jumpTowards(target);
        while (m_index < target && !atEnd())
            runForward(target, target - m_index, seconds);
    }

    /// Where one press of a key leads. For a round or phase ahead of the furthest step: nullopt, meaning
    /// "run until the next such boundary".
    [[nodiscard]] std::optional<std::int64_t> indexAfter(Grain grain, bool forward) const {
        if (grain == Grain::Step) return std::max<std::int64_t>(m_index + (forward ? 1 : -1), 0);
        const auto& marks = grain == Grain::Round ? m_marks.rounds : m_marks.phases;
        if (!forward) {
            const auto here = std::lower_bound(marks.begin(), marks.end(), m_index);
            return here == marks.begin() ? 0 : *(here - 1);
        }
        const auto next = std::upper_bound(marks.begin(), marks.end(), m_index);
        if (next != marks.end()) return *next;
        if (m_ended) return m_furthest;
        return std::nullopt;
    }

    /// Rounds and phases closed at or before an index.
    [[nodiscard]] std::pair<std::int64_t, std::int64_t> closedAt(std::int64_t index) const {
        const auto count = [index](const std::vector<std::int64_t>& marks) {
            return std::upper_bound(marks.begin(), marks.end(), index) - marks.begin();
        };
        return {count(m_marks.rounds), count(m_marks.phases)};
    }

  private:
    // One call of advance(): to `stop`, or to where a keyframe or a trace row is due, or to a boundary.
    void takeSlice(std::int64_t stop) {
        stop = std::min(stop, m_timeline.nextDue(m_index));
        stop = std::min(stop, m_index < m_furthest ? m_furthest : m_trace.nextDue(m_index));
        const AdvanceResult moved = advance(m_solver, stop - m_index);
        m_index += moved.steps;
        m_last = moved.last;
    }

    void book(double seconds) {
        if (m_index <= m_furthest) return;
        m_furthest = m_index;
        if (m_last.boundary >= StepBoundary::Round) m_marks.rounds.push_back(m_index);
        if (m_last.boundary == StepBoundary::Phase) m_marks.phases.push_back(m_index);
        m_ended = m_last.status != StepStatus::Advanced;
        if (m_ended) m_endStatus = m_last.status;
        if (m_ended || m_trace.isDue(m_index, m_last.boundary)) appendTrace(m_last.boundary, seconds);
    }

    static std::vector<TraceColumn> columns() {
        if constexpr (TracedSolver<Solver>)
            return Solver::traceColumns();
        else
            return {};
    }

    void appendTrace(StepBoundary boundary, double seconds) {
        std::vector<double>& row = m_row;
        row.resize(m_trace.columns().size() - 1);
        if constexpr (TracedSolver<Solver>) m_solver.traceRow(row);
        m_trace.append(m_index, boundary, seconds, row);
    }

    Solver m_solver;
    Timeline<State> m_timeline;
    Trace m_trace;
    TimeMarks m_marks;
    std::vector<double> m_row;
    std::int64_t m_index = 0;
    std::int64_t m_furthest = 0;
    bool m_ended = false;
    StepStatus m_endStatus = StepStatus::Advanced;
    StepResult m_last;
};

} // namespace orrery
