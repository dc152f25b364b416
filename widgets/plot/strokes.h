// Polylines and marks as every piece draws them.
#pragma once

#include "widgets/plot/plot.h"

#include <functional>
#include <span>
#include <vector>

namespace orrery {

/// Colours and pens follow the theme: pieces keep a function, not a colour.
using ColorOf = std::function<QColor(const Theme&)>;
using PenOf = std::function<QPen(const Theme&)>;

/// Data as pixel polylines: cut at values that have no place, clipped to the area, decimated to device
/// columns. The clip is geometric, since an SVG of Qt 6.4 knows none.
[[nodiscard]] std::vector<QPolygonF> pixelLines(const Plot& plot, std::span<const double> x,
                                                std::span<const double> y);

/// The part of `line` inside `box`, in pieces.
[[nodiscard]] std::vector<QPolygonF> clippedLine(const QPolygonF& line, const QRectF& box);

/// Cuts a line that runs from left to right at a pixel column; the cut point belongs to both halves.
struct SplitLine {
    QPolygonF left, right;
};
[[nodiscard]] SplitLine splitAt(const QPolygonF& line, double pixelX);

[[nodiscard]] QPen solidPen(const QColor& color, double width);
/// The future: round dots.
[[nodiscard]] QPen dottedPen(const QColor& color, double width);

void strokeLines(QPainter& painter, const std::vector<QPolygonF>& lines, const QPen& pen);

/// A filled mark with a ring of `surface`, so that neighbours stay apart. `radius` without the ring.
void drawMark(QPainter& painter, QPointF centre, MarkShape shape, double radius, const QColor& color,
              const QColor& surface);
/// An open mark: outline only.
void drawOpenMark(QPainter& painter, QPointF centre, MarkShape shape, double radius, const QPen& pen);

} // namespace orrery
