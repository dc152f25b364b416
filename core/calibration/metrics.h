// How well scores agree with what happened, as numbers.
//
//   Brier score   S = Σ w (s − y)² / Σ w = MCB − DSC + UNC, where with r the isotonic fit of y on s and ȳ the
//                 prevalence: miscalibration MCB = S(s) − S(r), discrimination DSC = S(ȳ) − S(r), uncertainty
//                 UNC = S(ȳ) = ȳ(1 − ȳ); none is negative. Dimitriadis, Gneiting & Jordan, PNAS 118 (2021).
//   Murphy        the same over bins: S = REL − RES + UNC + WIT, where WIT (variance and covariance within
//                 bins) is what the bins hide. Murphy, "A new vector partition of the probability score",
//                 J. Appl. Meteorol. 12 (1973); Stephenson, Coelho & Jolliffe, Weather and Forecasting 23
//                 (2008).
//   Log loss      −Σ w [y ln s + (1 − y) ln(1 − s)] / Σ w, scores clipped to [ε, 1 − ε], ε = 2.2e-16.
//   ECE, MCE      weighted mean, and largest, |observed − mean score| over bins. Naeini, Cooper & Hauskrecht,
//                 AAAI 2015.
#pragma once

#include "core/calibration/reliability.h"

#include <limits>

namespace orrery::calibration {

inline constexpr double kLogLossClip = std::numeric_limits<double>::epsilon();

struct BrierSplit {
    double brier = 0.0;
    double miscalibration = 0.0;
    double discrimination = 0.0;
    double uncertainty = 0.0;

    friend bool operator==(const BrierSplit&, const BrierSplit&) = default;
};

struct MurphySplit {
    double reliability = 0.0;
    double resolution = 0.0;
    double uncertainty = 0.0;
    double withinBins = 0.0; ///< 0 where every bin holds one score

    friend bool operator==(const MurphySplit&, const MurphySplit&) = default;
};

struct CalibrationMetrics {
    std::size_t rows = 0;
    double prevalence = 0.0;
    double meanScore = 0.0;
    BrierSplit brier;
    double logLoss = 0.0;
    double expectedErrorEqualWidth = 0.0; ///< ECE
    double expectedErrorEqualCount = 0.0;
    double maximumErrorEqualWidth = 0.0; ///< MCE
    double maximumErrorEqualCount = 0.0;
    double auc = 0.0;
    int bins = 0;

    friend bool operator==(const CalibrationMetrics&, const CalibrationMetrics&) = default;
};

/// Everything above. Fails where the scores are not probabilities, and on bins < 1.
[[nodiscard]] Expected<CalibrationMetrics> metricsOf(const RankedSample& sample, int bins = 10);

/// Fail where the scores are not probabilities.
[[nodiscard]] Expected<BrierSplit> brierSplit(const RankedSample& sample);
[[nodiscard]] Expected<double> logLoss(const RankedSample& sample);

struct CalibrationError {
    double expected = 0.0; ///< ECE
    double maximum = 0.0;  ///< MCE
};
[[nodiscard]] CalibrationError calibrationError(const ReliabilityDiagram& diagram);

/// `diagram` is of `sample`, whose scores are probabilities.
[[nodiscard]] MurphySplit murphySplit(const RankedSample& sample, const ReliabilityDiagram& diagram);

} // namespace orrery::calibration
