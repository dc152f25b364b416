// Marks drawn once and stamped many times: for a few hundred points that are painted at every frame. A stamp
// is kept for each place that its centre can have within a device pixel, so that a mark stands where it is.
#pragma once

#include "widgets/plot/plot.h"

#include <QImage>
#include <map>
#include <tuple>

namespace orrery {

class MarkStamps {
  public:
    /// As drawMark() does; onto a vector device it is drawMark().
    void draw(QPainter& painter, const Plot& plot, QPointF centre, MarkShape shape, double radius,
              const QColor& color);

  private:
    static constexpr int kPhases = 4; ///< places within a device pixel, each way
    using Key = std::tuple<int, QRgb, QRgb, int>;
    std::map<Key, QImage> m_stamps;     ///< by shape, colour, ground and place
    std::pair<double, double> m_size{}; ///< radius and pixel ratio of the stamps
};

} // namespace orrery
