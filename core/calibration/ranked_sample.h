// A sample in ascending order of score with equal scores pooled: one sort, after which bins, CORP, ROC,
// metrics and bootstrap are each one pass.
#pragma once

#include "core/calibration/scored_sample.h"
#include "core/isotonic/huge_array.h"

namespace orrery::calibration {

/// k ≤ n distinct scores. Rows with weight 0 are left out.
struct RankedSample {
    isotonic::HugeVector<double> score;  ///< k, ascending
    isotonic::HugeVector<double> weight; ///< k: Σ w of the rows with this score
    isotonic::HugeVector<double> events; ///< k: Σ w y
    isotonic::HugeVector<std::uint32_t>
        firstRow; ///< k + 1: rows of score i are order[firstRow[i] .. firstRow[i + 1])
    isotonic::HugeVector<std::uint32_t>
        order; ///< rows of the sample in ascending order of score; ties in data order
    double totalWeight = 0.0;
    double totalEvents = 0.0;
    ScoreScale scale = ScoreScale::Probability;

    [[nodiscard]] std::size_t distinct() const { return score.size(); }
    [[nodiscard]] double prevalence() const { return totalEvents / totalWeight; }
};

/// Cost: a radix sort (core/isotonic/radix_sort.h) and one pass in the order found.
[[nodiscard]] RankedSample rank(const ScoredSample& sample, int threads = 1);

} // namespace orrery::calibration
