// Calibration before and after, fairly: every row is calibrated by a map that was fitted without it.
//
// Rows of each class are shuffled under a seed and dealt to K folds in turn (stratified); the map for a fold
// is fitted on the others. Its final form, for new scores, is fitted on all rows.
#pragma once

#include "core/calibration/calibrators.h"
#include "core/calibration/metrics.h"
#include "core/support/progress.h"

namespace orrery::calibration {

struct CrossFitOptions {
    int folds = 5; ///< K, from 2 to the rows of the rarer class
    std::uint64_t seed = 0;
    int threads = 1; ///< folds at a time; does not change the answer
    int bins = 10;   ///< of the calibration error
    CalibratorOptions calibrator;
};

struct CrossFitted {
    CalibrationMethod method = CalibrationMethod::Isotonic;
    CalibrationMap map;         ///< fitted on all rows
    SamplePtr calibrated;       ///< each row by the map fitted without its fold
    CalibrationMetrics metrics; ///< of `calibrated`
    bool converged = true;      ///< of every fold and of `map`
};

struct CalibrationComparison {
    std::optional<CalibrationMetrics> before; ///< absent where the scores are not probabilities
    std::vector<CrossFitted> after;           ///< in the order asked for
};

/// Fails on a number of folds that the rows do not allow, as fitCalibrator() does, and with Cancelled.
[[nodiscard]] Expected<CrossFitted> crossFit(CalibrationMethod method, const ScoredSample& sample,
                                             const CrossFitOptions& options, Progress& progress);
/// Methods that the scale of the scores does not allow (beta on real scores) are left out.
[[nodiscard]] Expected<CalibrationComparison> compareCalibrators(const ScoredSample& sample,
                                                                 std::span<const CalibrationMethod> methods,
                                                                 const CrossFitOptions& options,
                                                                 Progress& progress);

/// Fold of each row; labels 0, 1, … of any number of classes. Within each class the sizes differ by at most
/// one. Fails unless 2 ≤ folds ≤ the rows of the rarest class.
[[nodiscard]] Expected<std::vector<int>> dealStratifiedFolds(std::span<const std::uint8_t> labels, int folds,
                                                             std::uint64_t seed);

} // namespace orrery::calibration
