// What is searched: a binary tree of numbers or a maze on a grid, and both as nodes with neighbours.
#pragma once

#include "core/support/expected.h"
#include "core/support/rng.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace orrery::search {

inline constexpr std::int32_t kNone = -1;

struct TreeNode {
    int value = 0;
    std::int32_t left = kNone;
    std::int32_t right = kNone;

    friend bool operator==(const TreeNode&, const TreeNode&) = default;
};

/// Nodes in preorder, the root first; no node at all is the empty tree. So equal trees compare equal.
struct BinaryTree {
    std::vector<TreeNode> nodes;

    [[nodiscard]] bool empty() const { return nodes.empty(); }
    [[nodiscard]] std::size_t size() const { return nodes.size(); }
    friend bool operator==(const BinaryTree&, const BinaryTree&) = default;
};

/// The tree with `value` above two others.
[[nodiscard]] BinaryTree join(int value, const BinaryTree& left, const BinaryTree& right);
[[nodiscard]] BinaryTree subtree(const BinaryTree& tree, std::int32_t node);
/// `tree` with another one in the place of the one that begins at `node`; an empty one removes it.
[[nodiscard]] BinaryTree replaced(const BinaryTree& tree, std::int32_t node, const BinaryTree& by);
/// A random shape of `size` nodes, values from 0 to `values` − 1.
[[nodiscard]] BinaryTree randomTree(Rng& rng, std::size_t size, int values);
/// "(3 (1 . .) (4 . .))"; "." is empty.
[[nodiscard]] std::string toText(const BinaryTree& tree);
[[nodiscard]] int depthOf(const BinaryTree& tree);

/// Trees that are a little smaller, most promising first: each subtree, the tree without each subtree, each
/// node replaced by one of its children, each value nearer to zero. None is the tree itself.
[[nodiscard]] std::vector<BinaryTree> smallerTrees(const BinaryTree& tree);

/// Cells row by row; a wall cannot be entered.
struct Maze {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> walls; ///< width × height, 1 for a wall
    std::int32_t start = 0;
    std::int32_t goal = kNone; ///< none: everything is walked

    [[nodiscard]] std::size_t cells() const { return walls.size(); }
    friend bool operator==(const Maze&, const Maze&) = default;
};

/// '#' walls, 'S' start, 'G' goal, anything else free; a line a row.
[[nodiscard]] Expected<Maze> parseMaze(std::string_view text);
/// A maze of corridors with one way between any two cells (depth-first carving), of which a share `loops` of
/// the inner walls is then opened. Width and height are made odd.
[[nodiscard]] Maze randomMaze(int width, int height, double loops, std::uint64_t seed);

/// Nodes, their neighbours in the order in which they are tried, a start, and which nodes are wanted.
struct SearchSpace {
    std::vector<std::uint32_t> begin; ///< nodes + 1 places in `neighbours`
    std::vector<std::uint32_t> neighbours;
    std::vector<std::uint8_t> wanted; ///< 1: a target
    std::int32_t start = kNone;       ///< none in the empty tree

    [[nodiscard]] std::size_t nodes() const { return wanted.size(); }
    [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t node) const {
        return std::span(neighbours).subspan(begin[node], begin[node + 1] - begin[node]);
    }
};

/// Every node with the value `target` is wanted; left before right.
[[nodiscard]] SearchSpace spaceOf(const BinaryTree& tree, std::optional<int> target);
/// Up, right, down, left.
[[nodiscard]] SearchSpace spaceOf(const Maze& maze);

} // namespace orrery::search
