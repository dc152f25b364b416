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

namespace {

/// From the mark's edge to the nearest point of the label: what a leader would draw.
QLineF leaderTo(QPointF mark, const QRectF& label, double gap) {
    const QPointF near(std::clamp(mark.x(), label.left(), label.right()),
                       std::clamp(mark.y(), label.top(), label.bottom()));
    const QLineF whole(mark, near);
    return whole.length() > gap ? QLineF(whole.pointAt(gap / whole.length()), near) : QLineF(near, near);
}

bool crosses(const QPolygonF& line, const QLineF& leader) {
    for (qsizetype k = 1; k < line.size(); ++k)
        if (leader.intersects(QLineF(line[k - 1], line[k])) == QLineF::BoundedIntersection) return true;
    return false;
}

} // namespace

QRectF placeLabel(QSizeF size, QPointF anchor, const QRectF& area, double distance,
                  std::span<const QPolygonF> lines, std::span<const QRectF> boxes, bool rightFirst,
                  std::span<const QRectF> labels) {
    // Directions of the label's centre: above, above right, above left, right, left, below …
    static constexpr std::array<std::array<double, 2>, 8> kSides{
        {{0, -1}, {1, -1}, {-1, -1}, {1, 0}, {-1, 0}, {0, 1}, {1, 1}, {-1, 1}}};
    static constexpr std::array<std::array<double, 2>, 8> kRightFirst{
        {{1, 0}, {1, -1}, {1, 1}, {0, -1}, {-1, -1}, {0, 1}, {-1, 1}, {-1, 0}}};
    QRectF best;
    int fewest = 1 << 30;
    for (int ring = 1; ring <= 8; ++ring)
        for (const auto& side : rightFirst ? kRightFirst : kSides) {
            const QPointF centre = anchor + QPointF(side[0] * (size.width() / 2 + ring * distance),
                                                    side[1] * (size.height() / 2 + ring * distance));
            QRectF box(QPointF(), size);
            box.moveCenter(centre);
            // Slide along the edge rather than fall outside.
            box.moveLeft(
                std::clamp(box.left(), area.left(), std::max(area.left(), area.right() - size.width())));
            if (!area.contains(box)) continue;
            const auto covers = [&](const QRectF& other) { return other.intersects(box); };
            int met = 3 * static_cast<int>(std::count_if(lines.begin(), lines.end(),
                                                         [&](auto& l) { return meets(l, box); }));
            met += 6 * static_cast<int>(std::count_if(boxes.begin(), boxes.end(), covers));
            met += 100 * static_cast<int>(std::count_if(labels.begin(), labels.end(), covers));
            // Farther out a leader will be drawn, which should cross nothing either; that is the lesser evil.
            if (const QLineF leader = leaderTo(anchor, box, distance);
                met < fewest && ring > 1 && leader.length() > distance)
                met += static_cast<int>(
                    std::count_if(lines.begin(), lines.end(), [&](auto& l) { return crosses(l, leader); }));
            if (met < fewest) {
                fewest = met;
                best = box;
            }
            if (met == 0) return best;
        }
    return best;
}

void drawLeader(QPainter& painter, QPointF mark, const QRectF& label, double gap, double least,
                const QPen& pen) {
    const QLineF leader = leaderTo(mark, label, gap);
    if (leader.length() + gap <= std::max(least, gap)) return;
    painter.setPen(pen);
    painter.drawLine(leader);
}

} // namespace orrery
