// From scores and outcomes to what the calibration views draw. Runs beside the UI thread.
#pragma once

#include "app/labs/isotonic/isotonic_parameters.h"
#include "app/labs/isotonic/views/calibration_picture.h"
#include "core/support/progress.h"

namespace orrery {

/// A finished comparison is taken over where the sample and the folds are still the same.
struct CalibrationRequest {
    calibration::SamplePtr sample;
    IsotonicKnobs knobs;
    quint64 seed = 1;
    std::shared_ptr<const calibration::CalibrationComparison> comparison; ///< null: to be made
};

/// Diagram and density of the scores alone: what can be shown first.
[[nodiscard]] Expected<isotone::CalibrationPicture> pictureOfScores(const CalibrationRequest& request,
                                                                    Progress& progress);
/// Adds the calibrators: metrics before and after, their maps, and the diagram of the one that is chosen.
[[nodiscard]] Expected<void> addCalibrators(const CalibrationRequest& request,
                                            isotone::CalibrationPicture& picture, Progress& progress);

} // namespace orrery
