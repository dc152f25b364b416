// What `orrery solve calibration` prints.
#pragma once

#include "core/calibration/cross_fit.h"

#include <ostream>

namespace orrery::cli {

struct CalibrationReport {
    calibration::SamplePtr sample;
    calibration::CalibrationComparison comparison;
    double seconds = 0.0;      ///< calibrators, cross-fitted, and all metrics
    double scoreSeconds = 0.0; ///< logistic regression where it gave the scores, else 0
    double loadSeconds = 0.0;
};

/// One JSON object: seconds, score_seconds, load_seconds, scores (where from), event, rows, folds, `before`
/// (the metrics; null where the scores are not probabilities) and `after`: method, converged, parameters,
/// metrics.
void writeJson(std::ostream& out, const CalibrationReport& report, int folds);

/// One line a method.
void writeTable(std::ostream& out, const CalibrationReport& report);

} // namespace orrery::cli
