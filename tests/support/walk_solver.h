// A solver for testing the time machine: a random walk whose every state depends on all steps before it.
// Five steps a round, four rounds a phase; ends after `length` steps.
#pragma once

#include "core/solver/step.h"
#include "core/support/rng.h"

#include <memory>
#include <vector>

namespace orrery::testing {

class WalkSolver {
  public:
    struct State {
        std::int64_t taken = 0;
        double position = 0.0;
        Rng rng;
        std::vector<double> recent; ///< owns heap memory, as real states do

        [[nodiscard]] std::size_t stateBytes() const {
            return sizeof(State) + recent.size() * sizeof(double);
        }
        friend bool operator==(const State&, const State&) = default;
    };

    explicit WalkSolver(std::int64_t length, std::uint64_t seed = 1, std::size_t memory = 8)
        : m_length(std::make_shared<const std::int64_t>(length)) {
        m_state.rng = Rng(seed);
        m_state.recent.assign(memory, 0.0);
    }

    StepResult step() {
        if (m_state.taken >= *m_length) return {StepStatus::Converged, StepBoundary::None};
        m_state.position = 0.75 * m_state.position + m_state.rng.uniform(-1.0, 1.0);
        m_state.recent[static_cast<std::size_t>(m_state.taken) % m_state.recent.size()] = m_state.position;
        ++m_state.taken;
        const auto boundary = m_state.taken % 20 == 0  ? StepBoundary::Phase
                              : m_state.taken % 5 == 0 ? StepBoundary::Round
                                                       : StepBoundary::None;
        return {m_state.taken == *m_length ? StepStatus::Converged : StepStatus::Advanced, boundary};
    }
    [[nodiscard]] const State& state() const { return m_state; }
    void restore(const State& state) { m_state = state; }
    [[nodiscard]] std::shared_ptr<const std::int64_t> problem() const { return m_length; }

    static std::vector<TraceColumn> traceColumns() { return {{"position", "", false}}; }
    void traceRow(std::span<double> row) const { row[0] = m_state.position; }

  private:
    std::shared_ptr<const std::int64_t> m_length;
    State m_state;
};
static_assert(SteppableSolver<WalkSolver> && TracedSolver<WalkSolver>);

} // namespace orrery::testing
