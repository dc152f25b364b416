// What the plane of the SVM lab draws of one moment of a run. Immutable; made beside the UI thread.
#pragma once

#include "widgets/plot/contour_lines.h"

#include <cstdint>
#include <memory>

namespace orrery::svmview {

enum class PlaneKind { Classes, Pairs, Regression, OneClass };
enum class VectorKind : std::uint8_t { None, Free, Bounded };

/// A point as the machine sees it.
struct PlanePoint {
    double x = 0.0, y = 0.0;
    double share = 0.0;    ///< α / C, of the largest of its machines
    double slack = 0.0;    ///< ξ
    double decision = 0.0; ///< f, of the only machine
    int towards = 0;       ///< sign of the side that it should be on, for the bar of its slack
    VectorKind kind = VectorKind::None;
};

struct PlanePicture {
    PlaneKind kind = PlaneKind::Classes;
    std::int64_t index = 0;
    bool atEnd = false;
    bool fine = false;
    int positive = 0, negative = 1; ///< classes of f > 0 and f < 0
    ScalarGrid surface;             ///< f; Pairs: index of the class; Regression: empty
    std::vector<double>
        certainty; ///< Pairs: P of the class at each place of the surface; empty: not asked for
    std::vector<std::vector<double>> chances;      ///< Pairs: P of each class, a point; empty: not asked for
    std::vector<QPolygonF> boundary, upper, lower; ///< f = 0, +1, −1; Regression: the curve and its tube
    std::vector<PlanePoint> points;                ///< of the run, in order
    bool straight = false;               ///< f is linear on the plane: a slack can be drawn to scale
    double slopeX = 0.0, slopeY = 0.0;   ///< gradient of f, where it is linear
    int pairFirst = -1, pairSecond = -1; ///< points that this step moved
    int supportVectors = 0, free = 0, bounded = 0, wrong = 0;
    double bias = 0.0;
};

} // namespace orrery::svmview
