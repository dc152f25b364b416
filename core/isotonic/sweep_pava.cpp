#include "core/isotonic/sweep_pava.h"

#include <cmath>

namespace orrery::isotonic {

SweepPava::SweepPava(std::shared_ptr<const IsotonicProblem> problem) : m_problem(std::move(problem)) {
    m_state.values = ChunkedArray<double>(m_problem->y);
    const auto& y = m_problem->y;
    m_state.blocks = 1;
    for (std::size_t i = 1; i < y.size(); ++i)
        m_state.blocks += y[i] != y[i - 1] ? 1 : 0;
    m_state.loss = m_problem->loss == Loss::L2 ? m_problem->tieLoss : std::nan("");
}

std::size_t SweepPava::State::stateBytes() const {
    // A sweep may have rewritten every chunk since the keyframe before.
    return sizeof(State) + values.copyBytes() + values.size() * sizeof(double);
}

/// The stretch of equal values that begins at the first point not read yet.
Block SweepPava::readPlateau() const {
    const std::uint32_t first = m_state.next;
    const auto end = static_cast<std::uint32_t>(m_problem->points());
    const double value = m_state.values[first];
    double weight = m_problem->weight(first);
    std::uint32_t last = first;
    while (last + 1 < end && m_state.values[last + 1] == value)
        weight += m_problem->weight(++last);
    return {first, last, value * weight, weight, value};
}

void SweepPava::beginSweep() {
    m_state.pooledInSweep = false;
    m_state.joined = 0;
    m_state.run = readPlateau();
    m_state.next = m_state.run.last + 1;
    m_state.counters.comparisons += m_state.run.size() - 1;
    ++m_state.counters.passes;
    m_state.move = {.kind = MoveKind::Start, .right = m_state.run};
}

/// In place. The mean of the run replaces its members, if it has pooled anything.
void SweepPava::writeRun(Block& result) {
    result = m_problem->withValue(m_state.run);
    const std::size_t chunk = ChunkedArray<double>::kChunk;
    for (std::size_t i = result.first; i <= result.last;) {
        auto& values = m_state.values.writable(i / chunk);
        const std::size_t end = std::min<std::size_t>(result.last + std::size_t{1}, (i / chunk + 1) * chunk);
        for (; i < end; ++i) {
            const double apart = values[i % chunk] - result.value;
            m_state.loss += m_problem->weight(i) * apart * apart;
            values[i % chunk] = result.value;
        }
    }
    m_state.counters.writes += result.size();
    m_state.counters.pops += m_state.joined;
    m_state.blocks -= m_state.joined;
    m_state.pooledInSweep = true;
}

void SweepPava::takePlateau() {
    const Block plateau = readPlateau();
    m_state.next = plateau.last + 1;
    m_state.counters.comparisons += plateau.size();
    Block& run = m_state.run;
    Move& move = m_state.move;
    move = {MoveKind::Keep, run, plateau, {}};
    if (m_problem->violates(run.value, plateau.value)) {
        move.kind = MoveKind::Join;
        run = {run.first, plateau.last, run.sum + plateau.sum, run.weight + plateau.weight, plateau.value};
        ++m_state.joined;
        move.result = m_problem->withValue(run);
        return;
    }
    if (m_state.joined > 0) {
        move.kind = MoveKind::Write;
        writeRun(move.result);
    }
    run = plateau;
    m_state.joined = 0;
}

StepResult SweepPava::endSweep() {
    m_state.move = {.kind = MoveKind::Done, .left = m_state.run, .right = m_state.run};
    if (m_state.joined > 0) {
        m_state.move.kind = MoveKind::Write;
        writeRun(m_state.move.result);
    }
    m_state.joined = 0;
    m_state.next = 0;
    if (m_state.pooledInSweep) return {StepStatus::Advanced, StepBoundary::Round};
    m_state.status = StepStatus::Converged;
    return {StepStatus::Converged, StepBoundary::Phase};
}

StepResult SweepPava::step() {
    if (m_state.status != StepStatus::Advanced) return {m_state.status, StepBoundary::None};
    if (m_state.next == m_problem->points()) return endSweep();
    m_state.next == 0 ? beginSweep() : takePlateau();
    return {};
}

AdvanceResult SweepPava::advance(std::int64_t limit) {
    AdvanceResult result;
    while (result.steps < limit) {
        result.last = step();
        ++result.steps;
        if (result.last.boundary != StepBoundary::None || result.last.status != StepStatus::Advanced) break;
    }
    return result;
}

void SweepPava::traceRow(std::span<double> row) const {
    writeTraceRow(m_state, m_state.blocks, row);
}

} // namespace orrery::isotonic
