// A bootstrap band around a reliability diagram, pointwise at a level such as 90 %.
//
//   Consistency: where would the observed frequencies lie if the scores were right? Scores are drawn with
//                replacement and labels from Bernoulli(score); the band lies about the diagonal. Needs
//                probabilities. Bröcker & Smith, "Increasing the reliability of reliability diagrams",
//                Weather and Forecasting 22 (2007).
//   Confidence:  where would they lie if the sample were drawn again? Rows are drawn with replacement; the
//   band
//                lies about the diagram.
//
// Bins keep their edges in every replicate; CORP is fitted anew. Replicate b draws from stream b of the seed,
// so the band is the same for any number of threads. Cost: O(n) a replicate.
#pragma once

#include "core/calibration/reliability.h"
#include "core/support/progress.h"

namespace orrery::calibration {

enum class BandKind : std::uint8_t { Consistency, Confidence };

struct BandOptions {
    BandKind kind = BandKind::Consistency;
    int replicates = 200; ///< B ≥ 2
    double level = 0.9;   ///< pointwise coverage, in (0, 1)
    std::uint64_t seed = 0;
    int threads = 1;
    int gridPoints = 101; ///< CORP: points at which the band is taken, evenly over the range of the scores
};

/// One entry a bin (at its mean score) or, for CORP, one a grid point.
struct ReliabilityBand {
    BandKind kind = BandKind::Consistency;
    double level = 0.9;
    std::vector<double> score;
    std::vector<double> lower;
    std::vector<double> upper;

    friend bool operator==(const ReliabilityBand&, const ReliabilityBand&) = default;
};

/// Fails on scores that are not probabilities (consistency), on options out of range, and with Cancelled.
[[nodiscard]] Expected<ReliabilityBand> reliabilityBand(const ScoredSample& sample,
                                                        const RankedSample& ranked,
                                                        const ReliabilityDiagram& diagram,
                                                        const BandOptions& options, Progress& progress);

} // namespace orrery::calibration
