#include "core/search/tree.h"

#include <algorithm>
#include <cassert>
#include <fmt/format.h>

namespace orrery::search {

namespace {

std::size_t place(std::int32_t node) {
    return static_cast<std::size_t>(node);
}

/// Copies the tree at `node` of `from` to the end of `into`; `swapped` is replaced by `by` on the way.
std::int32_t append(const BinaryTree& from, std::int32_t node, BinaryTree& into, std::int32_t swapped,
                    const BinaryTree& by) {
    if (node == kNone) return kNone;
    if (node == swapped) return by.empty() ? kNone : append(by, 0, into, kNone, {});
    const auto index = static_cast<std::int32_t>(into.size());
    into.nodes.push_back({from.nodes[place(node)].value});
    const std::int32_t left = append(from, from.nodes[place(node)].left, into, swapped, by);
    const std::int32_t right = append(from, from.nodes[place(node)].right, into, swapped, by);
    into.nodes[place(index)].left = left;
    into.nodes[place(index)].right = right;
    return index;
}

std::string textAt(const BinaryTree& tree, std::int32_t node) {
    if (node == kNone) return ".";
    const TreeNode& at = tree.nodes[place(node)];
    return fmt::format("({} {} {})", at.value, textAt(tree, at.left), textAt(tree, at.right));
}

int depthAt(const BinaryTree& tree, std::int32_t node) {
    if (node == kNone) return 0;
    return 1 + std::max(depthAt(tree, tree.nodes[place(node)].left),
                        depthAt(tree, tree.nodes[place(node)].right));
}

constexpr int kColumnSteps[] = {0, 1, 0, -1}; // up, right, down, left
constexpr int kRowSteps[] = {-1, 0, 1, 0};

/// The cell `steps` away in a direction, or none outside the grid.
std::int32_t cellFrom(const Maze& maze, std::int32_t cell, int direction, int steps) {
    const int column = cell % maze.width + steps * kColumnSteps[direction];
    const int row = cell / maze.width + steps * kRowSteps[direction];
    return column < 0 || row < 0 || column >= maze.width || row >= maze.height ? kNone
                                                                               : row * maze.width + column;
}

void carve(Maze& maze, Rng& rng) {
    std::vector<std::int32_t> stack = {maze.start};
    maze.walls[place(maze.start)] = 0;
    while (!stack.empty()) {
        std::vector<int> ways;
        for (int direction = 0; direction < 4; ++direction) {
            const std::int32_t next = cellFrom(maze, stack.back(), direction, 2);
            if (next != kNone && maze.walls[place(next)]) ways.push_back(direction);
        }
        if (ways.empty()) {
            stack.pop_back();
            continue;
        }
        const int way = ways[rng.below(ways.size())];
        const std::int32_t from = stack.back();
        for (const int steps : {1, 2})
            maze.walls[place(cellFrom(maze, from, way, steps))] = 0;
        stack.push_back(cellFrom(maze, from, way, 2));
    }
}

bool isInnerWall(const Maze& maze, std::int32_t cell) {
    const int column = cell % maze.width, row = cell / maze.width;
    const bool isInside = column > 0 && row > 0 && column < maze.width - 1 && row < maze.height - 1;
    return isInside && maze.walls[place(cell)] && column % 2 != row % 2; // between two corridors
}

} // namespace

BinaryTree join(int value, const BinaryTree& left, const BinaryTree& right) {
    BinaryTree tree{{{value}}};
    tree.nodes[0].left = left.empty() ? kNone : 1;
    (void)append(left, left.empty() ? kNone : 0, tree, kNone, {});
    const std::int32_t at = append(right, right.empty() ? kNone : 0, tree, kNone, {});
    tree.nodes[0].right = at;
    return tree;
}

BinaryTree subtree(const BinaryTree& tree, std::int32_t node) {
    BinaryTree part;
    (void)append(tree, node, part, kNone, {});
    return part;
}

BinaryTree replaced(const BinaryTree& tree, std::int32_t node, const BinaryTree& by) {
    BinaryTree result;
    (void)append(tree, tree.empty() ? kNone : 0, result, node, by);
    return result;
}

BinaryTree randomTree(Rng& rng, std::size_t size, int values) {
    if (size == 0) return {};
    const auto value = static_cast<int>(rng.below(static_cast<std::uint64_t>(std::max(values, 1))));
    const std::size_t left = rng.below(size); // of the size − 1 others
    const BinaryTree first = randomTree(rng, left, values);
    return join(value, first, randomTree(rng, size - 1 - left, values));
}

std::string toText(const BinaryTree& tree) {
    return textAt(tree, tree.empty() ? kNone : 0);
}

int depthOf(const BinaryTree& tree) {
    return depthAt(tree, tree.empty() ? kNone : 0);
}

std::vector<BinaryTree> smallerTrees(const BinaryTree& tree) {
    std::vector<BinaryTree> smaller;
    const auto size = static_cast<std::int32_t>(tree.size());
    for (std::int32_t node = 1; node < size; ++node)
        smaller.push_back(subtree(tree, node));
    for (std::int32_t node = 0; node < size; ++node)
        smaller.push_back(replaced(tree, node, {}));
    for (std::int32_t node = 1; node < size; ++node) // the root's children are subtrees already
        for (const std::int32_t child : {tree.nodes[place(node)].left, tree.nodes[place(node)].right})
            if (child != kNone) smaller.push_back(replaced(tree, node, subtree(tree, child)));
    for (std::size_t node = 0; node < tree.size(); ++node) {
        const int value = tree.nodes[node].value;
        for (const int nearer : {0, value / 2, value > 0 ? value - 1 : value + 1}) {
            if (value == 0 || nearer == value) continue;
            smaller.push_back(tree);
            smaller.back().nodes[node].value = nearer;
        }
    }
    return smaller;
}

Expected<Maze> parseMaze(std::string_view text) {
    Maze maze{.start = kNone};
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view row = text.substr(0, end);
        if (maze.height > 0 && static_cast<int>(row.size()) != maze.width)
            return fail(fmt::format("row {} of the maze has {} cells, the first has {}", maze.height + 1,
                                    row.size(), maze.width));
        maze.width = static_cast<int>(row.size());
        for (const char c : row) {
            if (c == 'S') maze.start = static_cast<std::int32_t>(maze.cells());
            if (c == 'G') maze.goal = static_cast<std::int32_t>(maze.cells());
            maze.walls.push_back(c == '#' ? 1 : 0);
        }
        ++maze.height;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (maze.start == kNone) return fail("the maze has no start, S");
    return maze;
}

Maze randomMaze(int width, int height, double loops, std::uint64_t seed) {
    Maze maze{.width = std::max(width | 1, 3), .height = std::max(height | 1, 3)};
    maze.walls.assign(static_cast<std::size_t>(maze.width * maze.height), 1);
    maze.start = maze.width + 1;
    maze.goal = static_cast<std::int32_t>(maze.cells()) - maze.width - 2;
    Rng rng(seed);
    carve(maze, rng);
    for (std::int32_t cell = 0; cell < static_cast<std::int32_t>(maze.cells()); ++cell)
        if (isInnerWall(maze, cell) && rng.uniform() < loops) maze.walls[place(cell)] = 0;
    return maze;
}

SearchSpace spaceOf(const BinaryTree& tree, std::optional<int> target) {
    SearchSpace space{.begin = {0}, .start = tree.empty() ? kNone : 0};
    for (const TreeNode& node : tree.nodes) {
        for (const std::int32_t child : {node.left, node.right})
            if (child != kNone) space.neighbours.push_back(static_cast<std::uint32_t>(child));
        space.begin.push_back(static_cast<std::uint32_t>(space.neighbours.size()));
        space.wanted.push_back(target && node.value == *target ? 1 : 0);
    }
    return space;
}

SearchSpace spaceOf(const Maze& maze) {
    SearchSpace space{.begin = {0}, .start = maze.start};
    for (std::int32_t cell = 0; cell < static_cast<std::int32_t>(maze.cells()); ++cell) {
        for (int direction = 0; direction < 4 && !maze.walls[place(cell)]; ++direction) {
            const std::int32_t next = cellFrom(maze, cell, direction, 1);
            if (next != kNone && !maze.walls[place(next)])
                space.neighbours.push_back(static_cast<std::uint32_t>(next));
        }
        space.begin.push_back(static_cast<std::uint32_t>(space.neighbours.size()));
        space.wanted.push_back(cell == maze.goal ? 1 : 0);
    }
    return space;
}

} // namespace orrery::search
