#include "core/svm/probability.h"

#include "core/calibration/fold_runner.h"
#include "core/svm/multiclass.h"

#include <fmt/format.h>

namespace orrery::svm {

using Eigen::Index;

namespace {

/// The points outside one fold, or those in it.
std::vector<Index> rowsOf(const std::vector<int>& foldOf, int fold, bool inside) {
    std::vector<Index> rows;
    for (std::size_t i = 0; i < foldOf.size(); ++i)
        if ((foldOf[i] == fold) == inside) rows.push_back(static_cast<Index>(i));
    return rows;
}

Expected<Eigen::VectorXd> decisionsOfFold(const SvmProblem& problem, const std::vector<Index>& training,
                                          const std::vector<Index>& scored, const SmoOptions& options,
                                          const Progress& progress) {
    auto part = std::make_shared<SvmProblem>(subProblem(problem, training));
    const auto trained = trainBySmo(part, options, &progress);
    if (!trained) return tl::unexpected(trained.error());
    const SvmModel model = modelWithBias(*part, trained->alpha, trained->bias);
    if (problem.isSparse()) return model.decisions(selectedRows(problem.sparse, scored));
    const PointMatrix x = problem.x(scored, Eigen::all);
    return model.decisions(x);
}

} // namespace

Expected<calibration::SamplePtr> crossFittedDecisions(const SvmProblem& problem,
                                                      const ProbabilityOptions& options, Progress& progress) {
    if (problem.kind != ProblemKind::Classification)
        return fail("probabilities are those of a class: the problem must be a classification");
    calibration::ScoredSample sample;
    sample.name = "Support vector machine";
    sample.provenance = fmt::format(
        "decision values of {} machines, each trained without the points it scores", options.folds);
    for (Index i = 0; i < problem.points(); ++i)
        sample.labels.push_back(problem.y[i] > 0.0 ? 1 : 0);
    sample.scores.resize(sample.labels.size());
    const auto foldOf = calibration::dealStratifiedFolds(sample.labels, options.folds, options.seed);
    if (!foldOf) return tl::unexpected(foldOf.error());
    auto ran =
        calibration::runFolds(options.folds, options.threads, progress, [&](int fold) -> Expected<void> {
            const std::vector<Index> scored = rowsOf(*foldOf, fold, true);
            const auto decisions =
                decisionsOfFold(problem, rowsOf(*foldOf, fold, false), scored, options.smo, progress);
            if (!decisions) return tl::unexpected(decisions.error());
            for (std::size_t k = 0; k < scored.size(); ++k)
                sample.scores[static_cast<std::size_t>(scored[k])] = (*decisions)[static_cast<Index>(k)];
            return {};
        });
    if (!ran) return tl::unexpected(ran.error());
    return calibration::makeScoredSample(std::move(sample));
}

Expected<ProbabilityFit> fitProbabilities(const SvmProblem& problem, const ProbabilityOptions& options,
                                          Progress& progress) {
    const auto sample = crossFittedDecisions(problem, options, progress);
    if (!sample) return tl::unexpected(sample.error());
    calibration::CalibratorOptions calibrator;
    calibrator.plattInput = calibration::PlattInput::Score; // decisions that all lie in [0, 1] stay decisions
    auto platt = calibration::fitCalibrator(calibration::CalibrationMethod::Platt, **sample, calibrator);
    if (!platt) return tl::unexpected(platt.error());
    auto isotonic =
        calibration::fitCalibrator(calibration::CalibrationMethod::Isotonic, **sample, calibrator);
    if (!isotonic) return tl::unexpected(isotonic.error());
    return ProbabilityFit{*sample, *std::move(platt), *std::move(isotonic)};
}

std::array<double, 2> libsvmSigmoid(const calibration::PlattMap& map) {
    return {-map.slope, -map.intercept};
}

} // namespace orrery::svm
