#include "core/isotonic/active_set.h"

#include <cmath>

namespace orrery::isotonic {

namespace {
constexpr std::size_t kRounds = 1024;
}

ActiveSet::ActiveSet(std::shared_ptr<const IsotonicProblem> problem)
    : m_problem(std::move(problem))
    , m_roundLength(static_cast<std::uint32_t>((m_problem->points() + kRounds - 1) / kRounds)) {
    m_state.blocks.reserve(m_problem->points());
    for (std::uint32_t i = 0; i < m_problem->points(); ++i)
        m_state.blocks.push_back(m_problem->pointBlock(i));
    m_state.counters.passes = 1;
    m_state.loss = m_problem->loss == Loss::L2 ? m_problem->tieLoss : std::nan("");
}

void ActiveSet::pool(std::uint32_t left) {
    auto& blocks = m_state.blocks;
    Move& move = m_state.move;
    move.kind = MoveKind::Pool;
    move.result = m_problem->pooled(move.left, move.right);
    m_state.loss += poolingLoss(move.left, move.right);
    blocks[left] = move.result;
    m_state.counters.writes +=
        static_cast<std::int64_t>(blocks.size()) - left - 1; // itself, and those moved up
    blocks.erase(blocks.begin() + left + 1);
    ++m_state.counters.pops;
    m_state.cursor = left;
    m_state.steppingBack = left > 0;
}

void ActiveSet::compareLeft() {
    const std::uint32_t left = m_state.cursor - 1;
    m_state.move = {MoveKind::Keep, m_state.blocks[left], m_state.blocks[left + 1], {}};
    ++m_state.counters.comparisons;
    if (m_problem->violates(m_state.move.left.value, m_state.move.right.value))
        pool(left);
    else
        m_state.steppingBack = false;
}

StepResult ActiveSet::compareRight() {
    const std::uint32_t left = m_state.cursor;
    if (left + std::size_t{1} >= m_state.blocks.size()) {
        m_state.move = {.kind = MoveKind::Done};
        m_state.status = StepStatus::Converged;
        return {StepStatus::Converged, StepBoundary::Phase};
    }
    m_state.move = {MoveKind::Keep, m_state.blocks[left], m_state.blocks[left + 1], {}};
    ++m_state.counters.comparisons;
    if (m_problem->violates(m_state.move.left.value, m_state.move.right.value)) {
        pool(left);
        return {};
    }
    ++m_state.cursor;
    const Move& move = m_state.move;
    const bool round = move.right.first / m_roundLength > move.left.first / m_roundLength;
    return {StepStatus::Advanced, round ? StepBoundary::Round : StepBoundary::None};
}

StepResult ActiveSet::step() {
    if (m_state.status != StepStatus::Advanced) return {m_state.status, StepBoundary::None};
    if (!m_state.steppingBack) return compareRight();
    compareLeft();
    return {};
}

void ActiveSet::traceRow(std::span<double> row) const {
    writeTraceRow(m_state, m_state.blocks.size(), row);
}

} // namespace orrery::isotonic
