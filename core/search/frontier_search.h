// Breadth first, depth first, iterative deepening: one loop, and the frontier makes the difference.
//
//   take a node from the frontier; stop if it is wanted; put its neighbours in
//
// A queue gives breadth first (nearest first), a stack depth first, a stack cut at a depth that grows from
// round to round iterative deepening (Korf, Artif. Intell. 27 (1985)). One step takes one node. A round is a
// level (breadth), a dead end (depth) or a limit (deepening). In a maze a node may be put on a stack from
// several sides; it is visited once, and the later ones are taken off as stale.
//
// Cost of a step: O(neighbours). A run: O(nodes + edges); deepening repeats the levels above.
#pragma once

#include "core/search/tree.h"
#include "core/solver/step.h"

#include <array>
#include <memory>

namespace orrery::search {

enum class SearchMethod : std::uint8_t { BreadthFirst, DepthFirst, IterativeDeepening };
inline constexpr std::array kSearchMethods = {SearchMethod::BreadthFirst, SearchMethod::DepthFirst,
                                              SearchMethod::IterativeDeepening};
/// "bfs", "dfs", "ids".
[[nodiscard]] std::string_view idOf(SearchMethod method);
/// "Breadth first", "Depth first", "Iterative deepening".
[[nodiscard]] std::string_view labelOf(SearchMethod method);

struct FrontierNode {
    std::uint32_t node = 0;
    std::int32_t parent = kNone;
    std::int32_t depth = 0;
    friend bool operator==(const FrontierNode&, const FrontierNode&) = default;
};

enum class TakenAs : std::uint8_t { Nothing, Visited, Stale, CutOff, Found };

class FrontierSearch {
  public:
    struct State {
        std::vector<FrontierNode> frontier; ///< a queue is read from `head`, a stack from its back
        std::size_t head = 0;
        std::vector<std::uint32_t> order;   ///< visits, in this round of deepening
        std::vector<std::int32_t> parent;   ///< of visited nodes, kNone for others and the start
        std::vector<std::int32_t> depth;    ///< at which a node was visited, kNone for others
        std::int32_t limit = 0;             ///< of deepening
        bool wasCut = false;                ///< in this round of deepening
        TakenAs takenAs = TakenAs::Nothing; ///< the last step's node, and what became of it
        FrontierNode taken;
        std::int64_t visits = 0; ///< over all rounds
        std::size_t widest = 0;  ///< most nodes that the frontier has held
        std::int32_t found = kNone;

        [[nodiscard]] std::span<const FrontierNode> waiting() const {
            return std::span(frontier).subspan(head);
        }
        [[nodiscard]] std::size_t stateBytes() const;
        friend bool operator==(const State&, const State&) = default;
    };

    FrontierSearch(std::shared_ptr<const SearchSpace> space, SearchMethod method);

    /// Converged: found. Exhausted: there is no wanted node.
    [[nodiscard]] StepResult step();
    [[nodiscard]] const State& state() const { return m_state; }
    void restore(const State& state) { m_state = state; }
    /// Nodes from the start to a visited one.
    [[nodiscard]] std::vector<std::uint32_t> pathTo(std::uint32_t node) const;

    [[nodiscard]] static std::vector<TraceColumn> traceColumns();
    void traceRow(std::span<double> row) const;
    [[nodiscard]] const std::shared_ptr<const SearchSpace>& problem() const { return m_space; }
    [[nodiscard]] SearchMethod method() const { return m_method; }

  private:
    void begin();
    [[nodiscard]] StepResult emptied();
    [[nodiscard]] FrontierNode take();
    [[nodiscard]] bool isStale(const FrontierNode& taken) const;
    void visit(const FrontierNode& taken);
    void expand(const FrontierNode& taken);
    [[nodiscard]] StepBoundary boundaryAfter(const FrontierNode& taken) const;

    std::shared_ptr<const SearchSpace> m_space;
    SearchMethod m_method;
    State m_state;
};

static_assert(SteppableSolver<FrontierSearch> && TracedSolver<FrontierSearch>);

} // namespace orrery::search
