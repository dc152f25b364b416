// What the calibration views draw.
#pragma once

#include "core/calibration/cross_fit.h"
#include "core/calibration/reliability_band.h"
#include "core/calibration/score_density.h"

#include <QString>
#include <memory>
#include <optional>
#include <vector>

namespace orrery::isotone {

/// A calibrator's map from score to probability, sampled.
struct MapCurve {
    calibration::CalibrationMethod method = calibration::CalibrationMethod::Isotonic;
    std::vector<double> score, probability;
    bool converged = true;
};

struct CalibrationPicture {
    calibration::SamplePtr sample;
    std::optional<calibration::CalibrationMethod>
        shown;                               ///< what the diagram is calibrated by; none: as scored
    calibration::ReliabilityDiagram diagram; ///< of what is shown
    std::optional<calibration::ReliabilityDiagram> before; ///< as scored, where something else is shown
    std::optional<calibration::ReliabilityBand> band;      ///< around what is shown
    calibration::ScoreDensity density;                     ///< of what is shown
    std::shared_ptr<const calibration::CalibrationComparison> comparison; ///< null until it is made
    std::vector<MapCurve> maps;
    double least = 0.0, largest = 1.0; ///< of the axis of scores
};

/// Colour of a method in every picture; of the scores as they are: 0.
[[nodiscard]] inline int categoryOf(calibration::CalibrationMethod method) {
    return 2 + static_cast<int>(method);
}

} // namespace orrery::isotone
