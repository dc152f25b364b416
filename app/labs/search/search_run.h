// One run of the search lab: the tree or maze, and the solver that the session plays: one search, two in
// step, or the hunt for a tree that breaks the property.
#pragma once

#include "app/labs/search/search_parameters.h"
#include "core/search/property_hunt.h"
#include "widgets/graph/tree_layout.h"

#include <array>
#include <variant>

namespace orrery {

/// One method from its first step to its end, on the tree or maze of a run.
struct MethodCourse {
    search::SearchMethod method = search::SearchMethod::BreadthFirst;
    std::vector<std::int32_t> visits, waiting, widest; ///< after 0, 1, 2, … steps
    int pathEdges = -1;                                ///< to what was found; −1: nothing was
    bool finished = false;                             ///< false: longer than is counted
};

/// All that the views need besides the solver's state. Immutable.
struct SearchRun {
    SearchKnobs knobs;
    std::uint64_t seed = 1;
    search::WideTree tree;                            ///< of a tree run
    search::Maze maze;                                ///< of a maze run
    TreeLayout layout;                                ///< of the tree
    bool isEdited = false;                            ///< typed or changed by hand: not the seed's
    std::shared_ptr<const search::SearchSpace> space; ///< null in a hunt
    std::array<MethodCourse, 3> courses;

    [[nodiscard]] bool hunts() const { return knobs.hunts(); }
    /// What a node is called: "12" in a tree, "M7" in a maze.
    [[nodiscard]] QString nameOf(std::uint32_t node) const;
};

using SearchHunt = search::PropertyHunt<search::TreeCase>;

/// One search, or two that take their steps together; one that has ended waits for the other.
struct SearchesState {
    std::vector<search::FrontierSearch::State> each;
    std::vector<StepStatus> status;
    [[nodiscard]] std::size_t stateBytes() const;
    friend bool operator==(const SearchesState&, const SearchesState&) = default;
};

class SearchRunSolver {
  public:
    using HuntState = SearchHunt::State;
    struct State {
        std::variant<SearchesState, HuntState> part;
        [[nodiscard]] std::size_t stateBytes() const;
        friend bool operator==(const State&, const State&) = default;
    };

    explicit SearchRunSolver(std::shared_ptr<const SearchRun> run);

    [[nodiscard]] StepResult step();
    [[nodiscard]] State state() const;
    void restore(const State& state);
    [[nodiscard]] static std::vector<TraceColumn> traceColumns();
    void traceRow(std::span<double> row) const;
    [[nodiscard]] std::shared_ptr<const SearchRun> problem() const { return m_run; }

  private:
    [[nodiscard]] StepResult stepSearches();

    std::shared_ptr<const SearchRun> m_run;
    std::vector<search::FrontierSearch> m_searches;
    std::vector<StepStatus> m_status;
    std::optional<SearchHunt> m_hunt;
};

/// Any thread. One sentence when the typed tree or maze cannot be read.
[[nodiscard]] Expected<SearchRunSolver> makeSearchRun(const SearchKnobs& knobs, quint64 seed);

/// The tree of the knobs, typed or made.
[[nodiscard]] Expected<search::WideTree> treeOf(const SearchKnobs& knobs, quint64 seed);
[[nodiscard]] Expected<search::Maze> mazeOf(const SearchKnobs& knobs, quint64 seed);

} // namespace orrery
