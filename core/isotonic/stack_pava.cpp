#include "core/isotonic/stack_pava.h"

#include <cmath>

namespace orrery::isotonic {

namespace {
constexpr std::size_t kRounds = 1024;
}

StackPava::StackPava(std::shared_ptr<const IsotonicProblem> problem)
    : m_problem(std::move(problem))
    , m_roundLength(static_cast<std::uint32_t>((m_problem->points() + kRounds - 1) / kRounds)) {
    m_state.counters.passes = 1;
    m_state.loss = m_problem->loss == Loss::L2 ? m_problem->tieLoss : std::nan("");
}

std::size_t StackPava::State::stateBytes() const {
    // Chunks below the top stay as they are for good, and are shared by all keyframes; the top ones are not.
    const std::size_t own = std::min(blocks.size(), 2 * ChunkedArray<Block>::kChunk) * sizeof(Block);
    return sizeof(State) + blocks.copyBytes() + own;
}

// The blocks on the stack are in order: the fit to the points so far is optimal.
StepResult StackPava::takeNext() {
    const std::uint32_t taken = m_state.next;
    if (taken == m_problem->points()) {
        m_state.status = StepStatus::Converged;
        return {StepStatus::Converged, StepBoundary::Phase};
    }
    m_state.blocks.push_back(m_problem->pointBlock(taken));
    ++m_state.counters.writes;
    ++m_state.next;
    return {StepStatus::Advanced,
            taken > 0 && taken % m_roundLength == 0 ? StepBoundary::Round : StepBoundary::None};
}

StepResult StackPava::step() {
    if (m_state.status != StepStatus::Advanced) return {m_state.status, StepBoundary::None};
    const std::size_t height = m_state.blocks.size();
    Move& move = m_state.move;
    if (height < 2) {
        move = {.kind = m_state.next < m_problem->points() ? MoveKind::Start : MoveKind::Done};
        if (move.kind == MoveKind::Start) move.right = m_problem->pointBlock(m_state.next);
        return takeNext();
    }
    move.left = m_state.blocks[height - 2];
    move.right = m_state.blocks[height - 1];
    ++m_state.counters.comparisons;
    if (!m_problem->violates(move.left.value, move.right.value)) {
        move.kind = MoveKind::Keep;
        move.result = {};
        return takeNext();
    }
    move.kind = MoveKind::Pool;
    move.result = m_problem->pooled(move.left, move.right);
    m_state.loss += poolingLoss(move.left, move.right);
    m_state.blocks.pop_back();
    m_state.blocks.set(height - 2, move.result);
    ++m_state.counters.pops;
    ++m_state.counters.writes;
    return {};
}

AdvanceResult StackPava::advance(std::int64_t limit) {
    AdvanceResult result;
    while (result.steps < limit) {
        result.last = step();
        ++result.steps;
        if (result.last.boundary != StepBoundary::None || result.last.status != StepStatus::Advanced) break;
    }
    return result;
}

void StackPava::traceRow(std::span<double> row) const {
    writeTraceRow(m_state, m_state.blocks.size(), row);
}

} // namespace orrery::isotonic
