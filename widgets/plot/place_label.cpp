#include "widgets/plot/place_label.h"

#include "widgets/plot/strokes.h"

#include <algorithm>
#include <array>

namespace orrery {

bool meets(const QPolygonF& line, const QRectF& box) {
    // clippedLine answers a line of one point with that point, wherever it is.
    if (line.size() == 1) return box.contains(line.first());
    return !clippedLine(line, box).empty();
}

QRectF placeLabel(QSizeF size, QPointF anchor, const QRectF& area, double distance,
                  std::span<const QPolygonF> lines, std::span<const QRectF> boxes, bool rightFirst) {
    // Directions of the label's centre: above, above right, above left, right, left, below …
    static constexpr std::array<std::array<double, 2>, 8> kSides{
        {{0, -1}, {1, -1}, {-1, -1}, {1, 0}, {-1, 0}, {0, 1}, {1, 1}, {-1, 1}}};
    static constexpr std::array<std::array<double, 2>, 8> kRightFirst{
        {{1, 0}, {1, -1}, {1, 1}, {0, -1}, {-1, -1}, {0, 1}, {-1, 1}, {-1, 0}}};
    QRectF best;
    int fewest = 1 << 30;
    for (int ring = 1; ring <= 6; ++ring)
        for (const auto& side : rightFirst ? kRightFirst : kSides) {
            const QPointF centre = anchor + QPointF(side[0] * (size.width() / 2 + ring * distance),
                                                    side[1] * (size.height() / 2 + ring * distance));
            QRectF box(QPointF(), size);
            box.moveCenter(centre);
            // Slide along the edge rather than fall outside.
            box.moveLeft(
                std::clamp(box.left(), area.left(), std::max(area.left(), area.right() - size.width())));
            if (!area.contains(box)) continue;
            int met = static_cast<int>(
                std::count_if(lines.begin(), lines.end(), [&](auto& l) { return meets(l, box); }));
            met += 2 * static_cast<int>(std::count_if(boxes.begin(), boxes.end(),
                                                      [&](auto& b) { return b.intersects(box); }));
            if (met < fewest) {
                fewest = met;
                best = box;
            }
            if (met == 0) return best;
        }
    return best;
}

void drawLeader(QPainter& painter, QPointF mark, const QRectF& label, double gap, double least, const QPen& pen) {
    const QPointF near(std::clamp(mark.x(), label.left(), label.right()), std::clamp(mark.y(), label.top(), label.bottom()));
    const QLineF leader(mark, near);
    if (leader.length() <= std::max(least, gap)) return;
    painter.setPen(pen);
    painter.drawLine(leader.pointAt(gap / leader.length()), leader.p2());
}

} // namespace orrery
