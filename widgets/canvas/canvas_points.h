// Points of the plane with a class each, and what can be done to them. Values: every edit makes new points.
#pragma once

#include <QPointF>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace orrery {

struct CanvasPoints {
    std::vector<double> x, y;
    std::vector<std::uint8_t> label; ///< a class each; colour and shape follow it
    [[nodiscard]] std::size_t size() const { return x.size(); }
    friend bool operator==(const CanvasPoints&, const CanvasPoints&) = default;
};

/// Colour and shape of a class on a canvas: blue, red, green, purple, sky, and orange last, which is too near
/// the brass of what is moving.
[[nodiscard]] int categoryOfClass(int label);

/// `rows` ascend in all of these.
[[nodiscard]] CanvasPoints moved(const CanvasPoints& points, const std::vector<int>& rows, QPointF by);
[[nodiscard]] CanvasPoints added(const CanvasPoints& points, const std::vector<QPointF>& places, int label);
[[nodiscard]] CanvasPoints removed(const CanvasPoints& points, const std::vector<int>& rows);
[[nodiscard]] CanvasPoints relabelled(const CanvasPoints& points, const std::vector<int>& rows, int label);

} // namespace orrery
