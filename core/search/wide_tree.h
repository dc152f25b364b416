// Trees with any number of children, as they are drawn and edited; read from text and made from a seed.
#pragma once

#include "core/search/tree.h"

namespace orrery::search {

/// Parents before children; siblings from left to right in the order of their indices. Never empty.
struct WideTree {
    std::vector<std::int32_t> parent; ///< kNone for the root, which is node 0
    std::vector<int> label;           ///< what is looked for; positive, no two alike

    [[nodiscard]] std::size_t size() const { return parent.size(); }
    friend bool operator==(const WideTree&, const WideTree&) = default;
};

inline constexpr std::size_t kMostTreeNodes = 500;

enum class TreeShape : std::uint8_t {
    Random,   ///< each node hangs below one that was drawn among those with room
    Complete, ///< level by level, every node with all its children
};

struct TreeOptions {
    TreeShape shape = TreeShape::Random;
    std::size_t size = 20;
    int branching = 3; ///< most children of a node
    int levels = 5;    ///< most levels, the root's included
};

/// Labels 1, 2, … level by level. Smaller than asked for where branching and levels leave no room.
[[nodiscard]] WideTree makeTree(const TreeOptions& options, std::uint64_t seed);

/// "1(2(5 6) 3)": a label, then its children in brackets.
[[nodiscard]] std::string toText(const WideTree& tree);
[[nodiscard]] Expected<WideTree> parseTree(std::string_view text);

/// With a child more, at the right of the others; its label is the first that is free.
[[nodiscard]] WideTree withChild(const WideTree& tree, std::int32_t node);
/// Without the node and all below it, which must not be the root.
[[nodiscard]] WideTree without(const WideTree& tree, std::int32_t node);
[[nodiscard]] int levelsOf(const WideTree& tree);
/// The node with this label, or kNone.
[[nodiscard]] std::int32_t nodeLabelled(const WideTree& tree, int label);

/// Children are the neighbours, left before right. kNone: nothing is wanted, all is walked.
[[nodiscard]] SearchSpace spaceOf(const WideTree& tree, std::int32_t wanted);

/// As parseMaze() reads it; rows end with `rowEnd`.
[[nodiscard]] std::string toText(const Maze& maze, char rowEnd = '\n');

} // namespace orrery::search
