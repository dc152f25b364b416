#include "widgets/canvas/canvas_points.h"

#include <array>

namespace orrery {

int categoryOfClass(int label) {
    constexpr std::array kOrder{0, 3, 2, 4, 5, 1};
    return kOrder[static_cast<std::size_t>(label) % kOrder.size()];
}

CanvasPoints moved(const CanvasPoints& points, const std::vector<int>& rows, QPointF by) {
    CanvasPoints after = points;
    for (const int row : rows) {
        after.x[static_cast<std::size_t>(row)] += by.x();
        after.y[static_cast<std::size_t>(row)] += by.y();
    }
    return after;
}

CanvasPoints added(const CanvasPoints& points, const std::vector<QPointF>& places, int label) {
    CanvasPoints after = points;
    for (const QPointF& place : places) {
        after.x.push_back(place.x());
        after.y.push_back(place.y());
        after.label.push_back(static_cast<std::uint8_t>(label));
    }
    return after;
}

CanvasPoints removed(const CanvasPoints& points, const std::vector<int>& rows) {
    CanvasPoints after;
    auto next = rows.begin();
    for (std::size_t row = 0; row < points.size(); ++row) {
        if (next != rows.end() && static_cast<std::size_t>(*next) == row) {
            ++next;
            continue;
        }
        after.x.push_back(points.x[row]);
        after.y.push_back(points.y[row]);
        after.label.push_back(points.label[row]);
    }
    return after;
}

CanvasPoints relabelled(const CanvasPoints& points, const std::vector<int>& rows, int label) {
    CanvasPoints after = points;
    for (const int row : rows)
        after.label[static_cast<std::size_t>(row)] = static_cast<std::uint8_t>(label);
    return after;
}

} // namespace orrery
