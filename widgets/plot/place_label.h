// Finds a place for a label beside a mark where it covers neither a curve nor another label.
#pragma once

#include <QPainter>
#include <QPolygonF>
#include <QRectF>
#include <span>

namespace orrery {

/// Tries places around `anchor` at growing distances (above first, or right first) and takes the first inside
/// `area` that meets no line and no box, nor with a leader back to the mark crosses a line; if there is none,
/// the place that meets the fewest. To cover another of `labels` counts for more than all else.
[[nodiscard]] QRectF placeLabel(QSizeF size, QPointF anchor, const QRectF& area, double distance,
                                std::span<const QPolygonF> lines, std::span<const QRectF> boxes,
                                bool rightFirst = false, std::span<const QRectF> labels = {});

/// A hairline from a mark to a label that stands farther than `least` away from it, beginning `gap` from the
/// mark.
void drawLeader(QPainter& painter, QPointF mark, const QRectF& label, double gap, double least,
                const QPen& pen);

/// Whether any segment of the line touches the box.
[[nodiscard]] bool meets(const QPolygonF& line, const QRectF& box);

} // namespace orrery
