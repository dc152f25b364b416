// Brier score = miscalibration − discrimination + uncertainty, log loss and calibration error, before and
// after.
#pragma once

#include "app/labs/isotonic/views/calibration_picture.h"
#include "widgets/plot/number_table.h"

namespace orrery::isotone {

/// Columns: as scored, then each calibrator; cross-fitted.
void fillDecomposition(NumberTable& table, const CalibrationPicture* picture);

} // namespace orrery::isotone
