// Fewer points, the same picture: in each column of pixels a polyline is reduced to its first, lowest,
// highest and last point, in their order. What a 1-px pen draws does not change; O(n).
#pragma once

#include <QPolygonF>

namespace orrery {

/// `line` in pixels; runs of neighbouring points in the same column of `columnWidth` are reduced to at most
/// four. Points must be finite.
[[nodiscard]] QPolygonF decimate(const QPolygonF& line, double columnWidth = 1.0);

} // namespace orrery
