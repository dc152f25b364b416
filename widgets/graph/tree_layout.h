// Where the nodes of a tree stand: parents over the middle of their children, subtrees as close as they can
// be, equal subtrees drawn alike.
//
// Reingold & Tilford, IEEE Trans. Softw. Eng. 7 (1981), in the linear form of Buchheim, Jünger & Leipert,
// GD 2002, with a width for every node. Cost: O(n). No recursion: a list of ten thousand nodes is a tree too.
#pragma once

#include <span>
#include <vector>

namespace orrery {

struct TreeSpacing {
    double siblings = 1.0; ///< between the edges of neighbours of one parent, where each node is 0 wide
    double cousins = 1.25; ///< of different parents
};

struct TreeLayout {
    std::vector<double> x;  ///< centres, from 0 on
    std::vector<int> level; ///< 0 at the root
    double width = 0.0;     ///< of the span of all centres
    int levels = 0;
};

/// `parent[i]` is the parent of node i, −1 for a root; several roots stand side by side. Children stand from
/// left to right in the order of their indices. `widths` is empty, or has the width of every node.
[[nodiscard]] TreeLayout layoutTree(std::span<const int> parent, std::span<const double> widths = {},
                                    TreeSpacing spacing = {});

} // namespace orrery
