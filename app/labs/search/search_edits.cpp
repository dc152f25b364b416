#include "app/labs/search/search_edits.h"

#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <fmt/format.h>

namespace orrery {

namespace {

constexpr qint64 kMostFileBytes = 1 << 20;

SearchEdit mazeEdit(ParameterValues values, const search::Maze& maze) {
    values["maze"] = search::toText(maze, '/');
    return {"maze", std::move(values)};
}
SearchEdit treeEdit(ParameterValues values, const search::WideTree& tree) {
    values["tree"] = search::toText(tree);
    return {"tree", std::move(values)};
}

} // namespace

SearchEdited withTarget(const SearchRun& run, ParameterValues values, std::uint32_t node) {
    if (!run.knobs.isMaze) {
        const int label = run.tree.label[node];
        values["target"] = std::int64_t{label == run.knobs.target ? 0 : label};
        return SearchEdit{"target", std::move(values)};
    }
    search::Maze maze = run.maze;
    const auto cell = static_cast<std::int32_t>(node);
    if (maze.walls[node]) return fail("A wall cannot be the goal.");
    if (cell == maze.start) return fail("The start cannot be the goal as well.");
    maze.goal = maze.goal == cell ? search::kNone : cell;
    return mazeEdit(std::move(values), maze);
}

SearchEdited withStart(const SearchRun& run, ParameterValues values, std::uint32_t cell) {
    search::Maze maze = run.maze;
    if (maze.walls[cell]) return fail("A wall cannot be the start.");
    maze.start = static_cast<std::int32_t>(cell);
    if (maze.goal == maze.start) maze.goal = search::kNone;
    return mazeEdit(std::move(values), maze);
}

SearchEdited withAdded(const SearchRun& run, ParameterValues values, std::uint32_t node) {
    if (run.tree.size() >= search::kMostTreeNodes)
        return fail(fmt::format("{} nodes are the most that a tree can have here.", search::kMostTreeNodes));
    return treeEdit(std::move(values), search::withChild(run.tree, static_cast<std::int32_t>(node)));
}

SearchEdited withRemoved(const SearchRun& run, ParameterValues values, std::uint32_t node) {
    if (node == 0) return fail("The root stays: a search has to begin somewhere.");
    return treeEdit(std::move(values), search::without(run.tree, static_cast<std::int32_t>(node)));
}

SearchEdited withWalls(const SearchRun& run, ParameterValues values, const std::vector<int>& cells,
                       bool isWall) {
    search::Maze maze = run.maze;
    for (const int cell : cells)
        if (cell != maze.start && cell != maze.goal)
            maze.walls[static_cast<std::size_t>(cell)] = isWall ? 1 : 0;
    if (maze == run.maze) return fail("Start and goal stay free.");
    return mazeEdit(std::move(values), maze);
}

Expected<ParameterValues> searchValuesForFile(const QString& path) {
    QFile file(path);
    const std::string name = QFileInfo(path).fileName().toStdString();
    if (!file.open(QIODevice::ReadOnly))
        return fail(fmt::format("{}: {}", name, file.errorString().toStdString()), ErrorCode::NotFound);
    if (file.size() > kMostFileBytes) return fail(fmt::format("{} is too large for a tree or a maze.", name));
    std::string text = file.readAll().trimmed().toStdString();
    std::erase(text, '\r');
    if (text.find_first_of("#.S") != std::string::npos) {
        auto maze = search::parseMaze(text);
        if (!maze) return fail(fmt::format("{}: {}", name, maze.error().message));
        return ParameterValues{{"maze", search::toText(*maze, '/')}, {"structure", std::string("maze")}};
    }
    auto tree = search::parseTree(text);
    if (!tree) return fail(fmt::format("{}: {}", name, tree.error().message));
    return ParameterValues{{"structure", std::string("tree")}, {"tree", search::toText(*tree)}};
}

} // namespace orrery
