// A small LASSO path, coefficients fitted by proximal gradient on generated data: material for pictures.
#pragma once

#include "app/labs/lasso/views/cv_view.h"
#include "app/labs/lasso/views/path_data.h"

#include <memory>

struct SampleFit {
    std::shared_ptr<const orrery::lasso::PathData> path;
    orrery::lasso::CvCurve validation;     ///< of another sample of the same law
    std::vector<double> fitted, residuals; ///< at the middle of the path
};

[[nodiscard]] SampleFit sampleFit(int rows, int columns, int knots, unsigned seed);
