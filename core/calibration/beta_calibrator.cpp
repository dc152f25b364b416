#include "core/calibration/calibrators.h"
#include "core/calibration/kernels.h"
#include "core/calibration/logistic_newton.h"
#include "core/isotonic/huge_array.h"

#include <algorithm>
#include <fmt/format.h>
#include <limits>

namespace orrery::calibration {

namespace {

/// Whether a threshold parts the classes, rows on it aside: then steeper is always likelier.
bool isSeparable(const ScoredSample& sample) {
    double largestOther = -std::numeric_limits<double>::infinity();
    double leastEvent = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < sample.rows(); ++i) {
        if (sample.weight(i) == 0.0) continue;
        if (sample.labels[i])
            leastEvent = std::min(leastEvent, sample.scores[i]);
        else
            largestOther = std::max(largestOther, sample.scores[i]);
    }
    return leastEvent >= largestOther;
}

/// One coefficient alone, which 0 replaces where it comes out negative.
LogisticFit fitFace(const LogisticColumns& both, std::size_t kept, int threads) {
    LogisticColumns one = both;
    one.x = {both.x[kept], nullptr};
    LogisticFit fit = fitLogistic(one, threads);
    if (fit.theta[0] < 0.0) {
        const std::vector<double> none(both.rows, 0.0);
        one.x = {none.data(), nullptr};
        fit = fitLogistic(one, threads);
    }
    if (kept == 1) std::swap(fit.theta[0], fit.theta[1]);
    return fit;
}

LogisticFit fitNonNegative(const LogisticColumns& columns, int threads) {
    const LogisticFit free = fitLogistic(columns, threads);
    const bool aFalls = free.theta[0] < 0.0, bFalls = free.theta[1] < 0.0;
    if (!aFalls && !bFalls) return free;
    // The loss is convex: where one coefficient is negative, the minimum over a, b ≥ 0 has that one at 0.
    // Where both are, it may lie on either face.
    if (!bFalls) return fitFace(columns, 1, threads);
    if (!aFalls) return fitFace(columns, 0, threads);
    const LogisticFit first = fitFace(columns, 0, threads), second = fitFace(columns, 1, threads);
    return second.loss < first.loss ? second : first;
}

} // namespace

Expected<BetaMap> fitBeta(const ScoredSample& sample, const CalibratorOptions& options) {
    if (sample.scale != ScoreScale::Probability)
        return fail(
            "beta calibration needs scores in [0, 1]; Platt scaling and isotonic regression take any");
    const isotonic::HugeArray<double> logEvent(sample.rows()), logOther(sample.rows());
    kernels::logarithms(sample.scores.data(), sample.rows(), kLogOddsClip, logEvent.data(), logOther.data());
    const LogisticColumns columns{{logEvent.data(), logOther.data()},
                                  sample.labels.data(),
                                  sample.weights.empty() ? nullptr : sample.weights.data(),
                                  sample.rows()};
    const LogisticFit fit = fitNonNegative(columns, options.threads);
    return BetaMap{fit.theta[0], fit.theta[1], fit.theta[2], fit.iterations,
                   fit.converged && !isSeparable(sample)};
}

} // namespace orrery::calibration
