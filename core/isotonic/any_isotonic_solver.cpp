#include "core/isotonic/any_isotonic_solver.h"

#include <cassert>

namespace orrery::isotonic {

namespace {

AnyIsotonicSolver::Solver solverFor(IsotonicMethod method,
                                    const std::shared_ptr<const IsotonicProblem>& problem) {
    switch (method) {
    case IsotonicMethod::Stack:
        break;
    case IsotonicMethod::Sweep:
        return SweepPava(problem);
    case IsotonicMethod::ActiveSet:
        return ActiveSet(problem);
    }
    return StackPava(problem);
}

/// Blocks that are listed, from the one that holds `firstPoint`.
template <class List>
void visitListed(const List& blocks, std::uint32_t firstPoint, std::uint32_t lastPoint,
                 const std::function<void(const Block&)>& visit) {
    std::size_t low = 0;
    std::size_t high = blocks.size(); // the first block that ends at or after firstPoint
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        blocks[middle].last < firstPoint ? low = middle + 1 : high = middle;
    }
    for (; low < blocks.size() && blocks[low].first <= lastPoint; ++low)
        visit(blocks[low]);
}

void visitPlateaus(const IsotonicProblem& problem, const ChunkedArray<double>& values,
                   std::uint32_t firstPoint, std::uint32_t lastPoint,
                   const std::function<void(const Block&)>& visit) {
    if (values.empty()) return;
    const auto end = static_cast<std::uint32_t>(values.size());
    std::uint32_t first = std::min(firstPoint, end - 1);
    while (first > 0 && values[first - 1] == values[first])
        --first;
    while (first < end && first <= lastPoint) {
        Block block{first, first, 0.0, problem.weight(first), values[first]};
        while (block.last + 1 < end && values[block.last + 1] == block.value)
            block.weight += problem.weight(++block.last);
        block.sum = block.value * block.weight;
        visit(block);
        first = block.last + 1;
    }
}

} // namespace

AnyIsotonicSolver::AnyIsotonicSolver(IsotonicMethod method, std::shared_ptr<const IsotonicProblem> problem)
    : m_problem(std::move(problem)), m_solver(solverFor(method, m_problem)) {}

StepResult AnyIsotonicSolver::step() {
    return std::visit([](auto& solver) { return solver.step(); }, m_solver);
}

AdvanceResult AnyIsotonicSolver::advance(std::int64_t limit) {
    return std::visit([limit](auto& solver) { return orrery::advance(solver, limit); }, m_solver);
}

AnyIsotonicSolver::State AnyIsotonicSolver::state() const {
    return std::visit([](const auto& solver) { return State(solver.state()); }, m_solver);
}

void AnyIsotonicSolver::restore(const State& state) {
    std::visit(
        [&state](auto& solver) {
            using Held = typename std::decay_t<decltype(solver)>::State;
            assert(std::holds_alternative<Held>(state));
            solver.restore(std::get<Held>(state));
        },
        m_solver);
}

void AnyIsotonicSolver::traceRow(std::span<double> row) const {
    std::visit([row](const auto& solver) { solver.traceRow(row); }, m_solver);
}

const SolverState& commonOf(const AnyIsotonicSolver::State& state) {
    return std::visit([](const auto& held) -> const SolverState& { return held; }, state);
}

IsotonicMethod methodOf(const AnyIsotonicSolver::State& state) {
    return static_cast<IsotonicMethod>(state.index());
}

std::size_t blockCount(const AnyIsotonicSolver::State& state) {
    if (const auto* sweep = std::get_if<SweepPava::State>(&state)) return sweep->blocks;
    if (const auto* stack = std::get_if<StackPava::State>(&state)) return stack->blocks.size();
    return std::get<ActiveSet::State>(state).blocks.size();
}

std::size_t pointsTaken(const IsotonicProblem& problem, const AnyIsotonicSolver::State& state) {
    const auto* stack = std::get_if<StackPava::State>(&state);
    return stack ? stack->next : problem.points();
}

void forEachBlock(const IsotonicProblem& problem, const AnyIsotonicSolver::State& state,
                  std::uint32_t firstPoint, std::uint32_t lastPoint,
                  const std::function<void(const Block&)>& visit) {
    if (const auto* sweep = std::get_if<SweepPava::State>(&state))
        visitPlateaus(problem, sweep->values, firstPoint, lastPoint, visit);
    else if (const auto* stack = std::get_if<StackPava::State>(&state))
        visitListed(stack->blocks, firstPoint, lastPoint, visit);
    else
        visitListed(std::get<ActiveSet::State>(state).blocks, firstPoint, lastPoint, visit);
}

std::vector<Block> blocksOf(const IsotonicProblem& problem, const AnyIsotonicSolver::State& state) {
    std::vector<Block> blocks;
    blocks.reserve(blockCount(state));
    if (problem.points() > 0)
        forEachBlock(problem, state, 0, static_cast<std::uint32_t>(problem.points() - 1),
                     [&blocks](const Block& block) { blocks.push_back(block); });
    return blocks;
}

std::size_t stateBytes(const AnyIsotonicSolver::State& state) {
    return std::visit([](const auto& held) { return held.stateBytes(); }, state);
}

} // namespace orrery::isotonic
