#include "core/search/frontier_search.h"

#include <algorithm>

namespace orrery::search {

std::string_view idOf(SearchMethod method) {
    constexpr std::string_view kIds[] = {"bfs", "dfs", "ids"};
    return kIds[static_cast<std::size_t>(method)];
}

std::string_view labelOf(SearchMethod method) {
    constexpr std::string_view kLabels[] = {"Breadth first", "Depth first", "Iterative deepening"};
    return kLabels[static_cast<std::size_t>(method)];
}

std::size_t FrontierSearch::State::stateBytes() const {
    return sizeof(State) + frontier.size() * sizeof(FrontierNode) +
           (order.size() + parent.size() + depth.size()) * sizeof(std::int32_t);
}

FrontierSearch::FrontierSearch(std::shared_ptr<const SearchSpace> space, SearchMethod method)
    : m_space(std::move(space)), m_method(method) {
    begin();
}

/// The start alone is on the frontier, and nothing is visited.
void FrontierSearch::begin() {
    m_state.frontier.clear();
    m_state.head = 0;
    m_state.order.clear();
    m_state.parent.assign(m_space->nodes(), kNone);
    m_state.depth.assign(m_space->nodes(), kNone);
    m_state.wasCut = false;
    if (m_space->start != kNone) m_state.frontier.push_back({static_cast<std::uint32_t>(m_space->start)});
    m_state.widest = std::max(m_state.widest, m_state.waiting().size());
}

StepResult FrontierSearch::step() {
    if (m_state.found != kNone) return {StepStatus::Converged, StepBoundary::None};
    m_state.takenAs = TakenAs::Nothing;
    if (m_state.waiting().empty()) return emptied();
    const FrontierNode taken = m_state.taken = take();
    if (isStale(taken)) {
        m_state.takenAs = TakenAs::Stale;
        return {};
    }
    visit(taken);
    if (m_space->wanted[taken.node]) {
        m_state.takenAs = TakenAs::Found;
        m_state.found = static_cast<std::int32_t>(taken.node);
        return {StepStatus::Converged, StepBoundary::Round};
    }
    expand(taken);
    return {StepStatus::Advanced, boundaryAfter(taken)};
}

/// Deepening goes on with a larger limit if the last one cut something off; the others are at their end.
StepResult FrontierSearch::emptied() {
    if (m_method != SearchMethod::IterativeDeepening || !m_state.wasCut)
        return {StepStatus::Exhausted, StepBoundary::None};
    begin();
    ++m_state.limit;
    return {StepStatus::Advanced, StepBoundary::Round};
}

FrontierNode FrontierSearch::take() {
    if (m_method == SearchMethod::BreadthFirst) return m_state.frontier[m_state.head++];
    const FrontierNode taken = m_state.frontier.back();
    m_state.frontier.pop_back();
    return taken;
}

/// A node met again. Deepening looks at it once more if it is nearer now, as the limit then reaches further.
bool FrontierSearch::isStale(const FrontierNode& taken) const {
    const std::int32_t before = m_state.depth[taken.node];
    if (before == kNone) return false;
    return m_method != SearchMethod::IterativeDeepening || before <= taken.depth;
}

void FrontierSearch::visit(const FrontierNode& taken) {
    m_state.takenAs = TakenAs::Visited;
    m_state.order.push_back(taken.node);
    m_state.parent[taken.node] = taken.parent;
    m_state.depth[taken.node] = taken.depth;
    ++m_state.visits;
}

void FrontierSearch::expand(const FrontierNode& taken) {
    const std::span<const std::uint32_t> neighbours = m_space->of(taken.node);
    const auto isNew = [&](std::uint32_t node) {
        const std::int32_t before = m_state.depth[node];
        return before == kNone || (m_method == SearchMethod::IterativeDeepening && before > taken.depth + 1);
    };
    if (m_method == SearchMethod::IterativeDeepening && taken.depth == m_state.limit) {
        if (std::ranges::none_of(neighbours, isNew)) return;
        m_state.wasCut = true;
        m_state.takenAs = TakenAs::CutOff;
        return;
    }
    const auto put = [&](std::uint32_t node) {
        if (isNew(node))
            m_state.frontier.push_back({node, static_cast<std::int32_t>(taken.node), taken.depth + 1});
    };
    if (m_method == SearchMethod::BreadthFirst) {
        std::ranges::for_each(neighbours, put);
    } else { // the first neighbour must come off first
        for (std::size_t i = neighbours.size(); i-- > 0;)
            put(neighbours[i]);
    }
    m_state.widest = std::max(m_state.widest, m_state.waiting().size());
}

StepBoundary FrontierSearch::boundaryAfter(const FrontierNode& taken) const {
    if (m_method == SearchMethod::IterativeDeepening) return StepBoundary::None; // see emptied()
    const auto waiting = m_state.waiting();
    if (waiting.empty()) return StepBoundary::Round;
    const bool ends = m_method == SearchMethod::BreadthFirst ? waiting.front().depth > taken.depth
                                                             : waiting.back().depth <= taken.depth;
    return ends ? StepBoundary::Round : StepBoundary::None;
}

std::vector<std::uint32_t> FrontierSearch::pathTo(std::uint32_t node) const {
    std::vector<std::uint32_t> path;
    for (auto at = static_cast<std::int32_t>(node); at != kNone;
         at = m_state.parent[static_cast<std::size_t>(at)])
        path.push_back(static_cast<std::uint32_t>(at));
    std::ranges::reverse(path);
    return path;
}

std::vector<TraceColumn> FrontierSearch::traceColumns() {
    return {{"visited", "nodes", false}, {"frontier", "nodes", false}, {"depth", "", false}};
}

void FrontierSearch::traceRow(std::span<double> row) const {
    row[0] = static_cast<double>(m_state.visits);
    row[1] = static_cast<double>(m_state.waiting().size());
    row[2] = m_state.taken.depth;
}

} // namespace orrery::search
