// The receiver operating characteristic: true against false positive rate as the threshold falls, and its
// area, which is the probability that an event outranks a non-event, ties counting one half. Fawcett, "An
// introduction to ROC analysis", Pattern Recognition Letters 27 (2006). One pass over a ranked sample.
#pragma once

#include "core/calibration/ranked_sample.h"

namespace orrery::calibration {

struct RocPoint {
    double threshold = 0.0; ///< rows with at least this score are called events; +∞ first
    double falsePositiveRate = 0.0;
    double truePositiveRate = 0.0;
};

/// From (0, 0) to (1, 1), one point a distinct score; points inside a straight run are left out.
[[nodiscard]] std::vector<RocPoint> rocCurve(const RankedSample& sample);
[[nodiscard]] double areaUnderRoc(const RankedSample& sample);

} // namespace orrery::calibration
