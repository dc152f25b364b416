// A tree or graph as it is drawn: nodes in a state, edges between them. A lab fills it in, a GraphView shows
// it.
#pragma once

#include "widgets/graph/tree_layout.h"

#include <QPointF>
#include <QString>
#include <cstdint>
#include <vector>

namespace orrery {

/// What a search has done with a node. Each has a colour and a shape of its own, the same in graph, grid and
/// strip.
enum class NodeState : std::uint8_t {
    Unseen,   ///< open disc, grey
    Frontier, ///< square: waiting in the queue or on the stack
    Visited,  ///< tinted disc
    Current,  ///< brass disc: this step
    Found,    ///< on the way from the start to what was wanted: disc with two rings
    Rejected, ///< grey disc with a small cross: cut off, or not taken
};

struct GraphNode {
    QPointF at;    ///< in units of the layout, y downwards
    QString label; ///< inside, where there is room
    QString note;  ///< small, beside it: the number of its visit, a truth value
    NodeState state = NodeState::Unseen;
    bool isTarget = false; ///< a small diamond beside it
    bool isHidden = false; ///< keeps its place: the child that is not there
};

enum class EdgeState : std::uint8_t { Plain, Taken, Path };

struct GraphEdge {
    int from = 0, to = 0;
    EdgeState state = EdgeState::Plain;
};

/// A dashed line from side to side: how deep a search may go.
struct GraphRule {
    double y = 0.0; ///< in units of the layout
    QString label;
};

struct GraphPicture {
    std::vector<GraphNode> nodes;
    std::vector<GraphEdge> edges;
    std::vector<GraphRule> rules;
};

/// Nodes at the places of a layout, an edge from each parent; labels and states are the caller's.
[[nodiscard]] GraphPicture pictureOf(const TreeLayout& layout, std::span<const int> parent);

/// In words, for the legend and for screen readers: "waiting", "visited".
[[nodiscard]] QString nameOf(NodeState state);

} // namespace orrery
