#include "core/calibration/cross_fit.h"

#include "core/calibration/fold_runner.h"

#include <fmt/format.h>

namespace orrery::calibration {

namespace {

/// The rows in a fold, or those outside it, as a sample of the same scale.
ScoredSample rowsOf(const ScoredSample& sample, const std::vector<int>& foldOf, int fold, bool inside) {
    ScoredSample part;
    part.scale = sample.scale;
    for (std::size_t i = 0; i < sample.rows(); ++i) {
        if ((foldOf[i] == fold) != inside) continue;
        part.scores.push_back(sample.scores[i]);
        part.labels.push_back(sample.labels[i]);
        if (!sample.weights.empty()) part.weights.push_back(sample.weights[i]);
    }
    return part;
}

/// The rest of a fold may have weight in one class only.
Expected<void> checkClasses(const ScoredSample& training, int fold) {
    double weight[2] = {0.0, 0.0};
    for (std::size_t i = 0; i < training.rows(); ++i)
        weight[training.labels[i]] += training.weight(i);
    if (weight[0] > 0.0 && weight[1] > 0.0) return {};
    return fail(fmt::format("outside fold {} only one class has weight", fold + 1));
}

struct FoldResult {
    std::vector<double> probabilities; ///< of the fold's rows, in order
    bool converged = true;
};

Expected<FoldResult> runFold(CalibrationMethod method, const ScoredSample& sample,
                             const std::vector<int>& foldOf, int fold, const CalibratorOptions& options) {
    const ScoredSample training = rowsOf(sample, foldOf, fold, false);
    if (auto checked = checkClasses(training, fold); !checked) return tl::unexpected(checked.error());
    const auto map = fitCalibrator(method, training, options);
    if (!map) return tl::unexpected(map.error());
    return FoldResult{probabilities(*map, rowsOf(sample, foldOf, fold, true).scores), hasConverged(*map)};
}

} // namespace

Expected<CrossFitted> crossFit(CalibrationMethod method, const ScoredSample& sample,
                               const CrossFitOptions& options, Progress& progress) {
    const auto foldOf = dealStratifiedFolds(sample.labels, options.folds, options.seed);
    if (!foldOf) return tl::unexpected(foldOf.error());
    std::vector<FoldResult> results(static_cast<std::size_t>(options.folds));
    auto ran = runFolds(options.folds, options.threads, progress, [&](int fold) -> Expected<void> {
        auto result = runFold(method, sample, *foldOf, fold, options.calibrator);
        if (!result) return tl::unexpected(result.error());
        results[static_cast<std::size_t>(fold)] = *std::move(result);
        return {};
    });
    if (!ran) return tl::unexpected(ran.error());
    auto map = fitCalibrator(method, sample, options.calibrator);
    if (!map) return tl::unexpected(map.error());
    CrossFitted fitted{method, *std::move(map), nullptr, {}, true};
    fitted.converged = hasConverged(fitted.map);
    for (const FoldResult& result : results)
        fitted.converged = fitted.converged && result.converged;
    std::vector<double> out(sample.rows());
    std::vector<std::size_t> next(results.size(), 0);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto fold = static_cast<std::size_t>((*foldOf)[i]);
        out[i] = results[fold].probabilities[next[fold]++];
    }
    fitted.calibrated = withProbabilities(sample, std::move(out),
                                          fmt::format("{}, {} calibration", sample.name, idOf(method)));
    const auto metrics = metricsOf(rank(*fitted.calibrated), options.bins);
    if (!metrics) return tl::unexpected(metrics.error());
    fitted.metrics = *metrics;
    return fitted;
}

Expected<CalibrationComparison> compareCalibrators(const ScoredSample& sample,
                                                   std::span<const CalibrationMethod> methods,
                                                   const CrossFitOptions& options, Progress& progress) {
    CalibrationComparison comparison;
    const bool isUnit = sample.scale == ScoreScale::Probability;
    if (isUnit) {
        const auto before = metricsOf(rank(sample), options.bins);
        if (!before) return tl::unexpected(before.error());
        comparison.before = *before;
    }
    for (const CalibrationMethod method : methods) {
        if (method == CalibrationMethod::Beta && !isUnit) continue;
        auto fitted = crossFit(method, sample, options, progress);
        if (!fitted) return tl::unexpected(fitted.error());
        comparison.after.push_back(*std::move(fitted));
    }
    return comparison;
}

} // namespace orrery::calibration
