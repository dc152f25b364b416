// What is changed by hand in a tree or maze, as parameters: an edit like any other, which can be undone.
#pragma once

#include "app/labs/search/search_run.h"

namespace orrery {

/// The parameter that an edit is named after, and all of them with it.
struct SearchEdit {
    std::string id;
    ParameterValues values;
};

/// One sentence where it cannot be.
using SearchEdited = Expected<SearchEdit>;

/// The node is wanted, or no longer where it was; in a maze the goal, or the start.
[[nodiscard]] SearchEdited withTarget(const SearchRun& run, ParameterValues values, std::uint32_t node);
[[nodiscard]] SearchEdited withStart(const SearchRun& run, ParameterValues values, std::uint32_t cell);
[[nodiscard]] SearchEdited withAdded(const SearchRun& run, ParameterValues values, std::uint32_t node);
[[nodiscard]] SearchEdited withRemoved(const SearchRun& run, ParameterValues values, std::uint32_t node);
[[nodiscard]] SearchEdited withWalls(const SearchRun& run, ParameterValues values,
                                     const std::vector<int>& cells, bool isWall);
/// The parameters that make the lab read a file: a maze of # S G, or a tree in brackets. Any thread.
[[nodiscard]] Expected<ParameterValues> searchValuesForFile(const QString& path);

} // namespace orrery
