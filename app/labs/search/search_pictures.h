// A state of a search as pictures: the tree or maze by state, the frontier and the order as tokens, the
// counters of all methods.
#pragma once

#include "app/labs/search/search_run.h"
#include "widgets/graph/graph_picture.h"
#include "widgets/graph/grid_view.h"
#include "widgets/graph/token_strip.h"
#include "widgets/plot/number_table.h"

namespace orrery {

using SearchState = search::FrontierSearch::State;

[[nodiscard]] GraphPicture treePicture(const SearchRun& run, const SearchState& state,
                                       search::SearchMethod method);
[[nodiscard]] GridPicture mazePicture(const SearchRun& run, const SearchState& state);

/// The queue or the stack, in the order of the container.
struct FrontierPicture {
    StripKind kind = StripKind::Queue;
    QString caption;
    std::vector<Token> tokens;
    std::vector<std::uint32_t> nodes; ///< of the tokens
    std::optional<Token> taken;
};
[[nodiscard]] FrontierPicture frontierPicture(const SearchRun& run, const SearchState& state,
                                              search::SearchMethod method);
/// Visits, the first one first; in this round of deepening.
[[nodiscard]] std::vector<Token> orderTokens(const SearchRun& run, const SearchState& state);

/// Every method after as many steps as are shown, and where it will end.
struct CounterPicture {
    std::vector<FigureColumn> columns;
    std::vector<FigureRow> rows;
};
[[nodiscard]] CounterPicture counterPicture(const SearchRun& run, std::int64_t step);

/// "node 12 · depth 3 · visited as 7th"
[[nodiscard]] QString describeNode(const SearchRun& run, const SearchState& state, std::uint32_t node);
/// What a method keeps its frontier in: "queue", "stack".
[[nodiscard]] QString containerOf(search::SearchMethod method);

/// A case of the property: values, those wanted as targets, and what each call returned as notes.
[[nodiscard]] GraphPicture casePicture(const search::TreeCase& treeCase, search::Operator branches);
/// "search 5 t = False, 5 ∈ t"
[[nodiscard]] QString verdictOf(const search::TreeCase& treeCase, search::Operator branches);
[[nodiscard]] bool contains(const search::TreeCase& treeCase);

} // namespace orrery
