// From a decision value to a probability of y = +1, by maps that were fitted on decisions out of sample: the
// points are dealt to folds, each is scored by a machine trained without its fold.
//
// Platt's sigmoid (as Lin, Lin & Weng 2007) and the isotonic fit are those of core/calibration.
#pragma once

#include "core/calibration/cross_fit.h"
#include "core/svm/smo_solver.h"
#include "core/svm/svm_model.h"

namespace orrery::svm {

struct ProbabilityOptions {
    int folds = 5; ///< from 2 to the points of the rarer class
    std::uint64_t seed = 0;
    int threads = 1; ///< folds at a time; does not change the answer
    SmoOptions smo;
};

/// f of every point by a machine that did not see it, beside the labels (1: y = +1). Classification alone;
/// fails on folds that the points do not allow, and with Cancelled.
[[nodiscard]] Expected<calibration::SamplePtr>
crossFittedDecisions(const SvmProblem& problem, const ProbabilityOptions& options, Progress& progress);

struct ProbabilityFit {
    calibration::SamplePtr decisions; ///< out of sample
    calibration::CalibrationMap platt;
    calibration::CalibrationMap isotonic;
};
[[nodiscard]] Expected<ProbabilityFit>
fitProbabilities(const SvmProblem& problem, const ProbabilityOptions& options, Progress& progress);

/// LIBSVM's A and B, of P = 1/(1 + e^(A f + B)).
[[nodiscard]] std::array<double, 2> libsvmSigmoid(const calibration::PlattMap& map);

} // namespace orrery::svm
