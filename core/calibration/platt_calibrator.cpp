#include "core/calibration/calibrators.h"
#include "core/calibration/kernels.h"
#include "core/calibration/logistic_newton.h"
#include "core/isotonic/huge_array.h"

#include <algorithm>

namespace orrery::calibration {

namespace {

/// Platt's targets: the posterior means of each class's rate under a uniform prior.
std::array<double, 2> smoothedTargets(const ScoredSample& sample) {
    double weight[2] = {0.0, 0.0};
    if (sample.weights.empty()) {
        weight[1] =
            static_cast<double>(std::count(sample.labels.begin(), sample.labels.end(), std::uint8_t{1}));
        weight[0] = static_cast<double>(sample.rows()) - weight[1];
    } else {
        for (std::size_t i = 0; i < sample.rows(); ++i)
            weight[sample.labels[i]] += sample.weights[i];
    }
    return {1.0 / (weight[0] + 2.0), (weight[1] + 1.0) / (weight[1] + 2.0)};
}

} // namespace

Expected<PlattMap> fitPlatt(const ScoredSample& sample, const CalibratorOptions& options) {
    const bool isUnit = sample.scale == ScoreScale::Probability;
    if (options.plattInput == PlattInput::LogOdds && !isUnit)
        return fail("log-odds need scores in [0, 1]; Platt scaling can take these scores as they are");
    PlattMap map;
    map.onLogOdds =
        options.plattInput == PlattInput::LogOdds || (options.plattInput == PlattInput::Automatic && isUnit);
    const isotonic::HugeArray<double> logOdds(map.onLogOdds ? sample.rows() : 0);
    if (map.onLogOdds) kernels::logOdds(sample.scores.data(), sample.rows(), kLogOddsClip, logOdds.data());
    const LogisticColumns columns{{map.onLogOdds ? logOdds.data() : sample.scores.data(), nullptr},
                                  sample.labels.data(),
                                  sample.weights.empty() ? nullptr : sample.weights.data(),
                                  sample.rows(),
                                  smoothedTargets(sample)};
    const LogisticFit fit = fitLogistic(columns, options.threads);
    map.slope = fit.theta[0];
    map.intercept = fit.theta[2];
    map.iterations = fit.iterations;
    map.converged = fit.converged;
    return map;
}

} // namespace orrery::calibration
