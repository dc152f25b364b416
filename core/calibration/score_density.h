// The scores of each class as a histogram: where the classifier is sure, and where it is not.
#pragma once

#include "core/calibration/ranked_sample.h"

namespace orrery::calibration {

struct ScoreDensity {
    std::vector<double> edges;  ///< bins + 1, evenly spaced
    std::vector<double> events; ///< Σ w of events in each bin; a bin is [lower, upper), the last one closed
    std::vector<double> others;
};

/// Over [0, 1] for probabilities, from the least to the largest score otherwise. bins ≥ 1.
[[nodiscard]] ScoreDensity scoreDensity(const RankedSample& sample, int bins = 40);

} // namespace orrery::calibration
