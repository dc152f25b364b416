// The reliability diagram: what happened against what was forecast.
//
// Equal-width and equal-count bins put edges on the score; a bin is (lower, upper], the first one closed, and
// equal scores never part. CORP bins are the blocks of the isotonic regression of the label on the score,
// which need no edges and no number of bins: Dimitriadis, Gneiting & Jordan, "Stable reliability diagrams for
// probabilistic classifiers", PNAS 118 (2021).
//
// Cost: one pass over a ranked sample.
#pragma once

#include "core/calibration/ranked_sample.h"

namespace orrery::calibration {

enum class Binning : std::uint8_t { EqualWidth, EqualCount, Corp };

struct ReliabilityBin {
    double lower = 0.0; ///< edge; for CORP the least score of the block
    double upper = 0.0; ///< edge; for CORP the largest score of the block
    double meanScore = 0.0;
    double observed = 0.0; ///< weighted frequency of the event
    double weight = 0.0;   ///< Σ w
    std::size_t count = 0; ///< rows

    friend bool operator==(const ReliabilityBin&, const ReliabilityBin&) = default;
};

struct ReliabilityDiagram {
    Binning binning = Binning::Corp;
    std::vector<double> edges;        ///< of all bins, empty ones too; empty for CORP
    std::vector<ReliabilityBin> bins; ///< those that hold rows, in ascending order

    friend bool operator==(const ReliabilityDiagram&, const ReliabilityDiagram&) = default;
};

/// Equal-width edges span [0, 1] for probabilities, and from the least to the largest score otherwise. `bins`
/// (at least 1) is not used for CORP.
[[nodiscard]] ReliabilityDiagram reliabilityDiagram(const RankedSample& sample, Binning binning,
                                                    int bins = 10);

/// Edges at the k/bins quantiles of the scores, interpolated between rows; several may coincide. Weights do
/// not move them.
[[nodiscard]] std::vector<double> equalCountEdges(const RankedSample& sample, int bins);
[[nodiscard]] std::vector<double> equalWidthEdges(const RankedSample& sample, int bins);

/// The diagram's curve at `score`: for CORP the isotonic fit, linear between blocks and constant within them.
[[nodiscard]] double corpValueAt(const ReliabilityDiagram& corp, double score);

} // namespace orrery::calibration
