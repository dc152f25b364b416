// How nodes, edges and the legend are painted. Pure QPainter: an SVG stays vectors and text.
#pragma once

#include "widgets/graph/graph_picture.h"
#include "widgets/theme/theme.h"

#include <QRectF>
#include <vector>

class QPainter;

namespace orrery {

/// Fill, line and text of a state.
struct StateInk {
    QColor fill, line, text;
    double width = 1.0; ///< of the line
};
[[nodiscard]] StateInk inkOf(NodeState state, const Theme& theme);

/// The shape of a state around `centre`, without label.
void drawNodeShape(QPainter& painter, QPointF centre, double radius, NodeState state, const Theme& theme);
/// With label, note and target mark; the label is left out where it would be smaller than can be read.
void drawNode(QPainter& painter, const GraphNode& node, QPointF centre, double radius, const Theme& theme);
void drawEdge(QPainter& painter, QPointF from, QPointF to, EdgeState state, const Theme& theme);
/// The small diamond of a wanted node.
void drawTarget(QPainter& painter, QPointF centre, double radius, const Theme& theme);
/// Text that fits a box, in the theme's face for numbers; nothing where it would be too small to read.
void drawFitted(QPainter& painter, const QRectF& box, const QString& text, const QColor& color,
                const Theme& theme, double largest = 13.0);

/// Where a picture's nodes stand in a room: the unit of its layout is the least distance of two nodes, so the
/// radius follows from it.
struct GraphFit {
    std::vector<QPointF> pixels;
    double radius = 1.0;
    double originY = 0.0;             ///< pixel of y = 0
    double column = 1.0, level = 1.0; ///< pixels of a unit across, of a level
    QPointF centre;
    QSizeF size;          ///< of all of it
    double nearest = 1.0; ///< zoom beyond which nothing grows any more
};
/// `zoom` 1: all of it fits. Columns and levels grow with it until they are as wide as they need to be.
[[nodiscard]] GraphFit fitOf(const GraphPicture& picture, const QRectF& room, double largestRadius,
                             const Theme& theme, double zoom = 1.0);
/// Whether a label of three figures can be read in a node of this radius.
[[nodiscard]] bool hasRoomForLabels(double radius, const Theme& theme);
/// Edges, then nodes: a whole picture where no pointer is wanted.
void drawGraph(QPainter& painter, const GraphPicture& picture, const QRectF& room, double largestRadius,
               const Theme& theme);

/// One row: a mark and a name for each state, then the diamond with `target` (empty: left out). Leaves out
/// what has no room. Returns its height.
double drawLegend(QPainter& painter, const QRectF& where, const std::vector<NodeState>& states,
                  const QString& target, const Theme& theme);
[[nodiscard]] double legendHeight(const Theme& theme);

} // namespace orrery
