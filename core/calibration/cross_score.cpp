#include "core/calibration/cross_fit.h"
#include "core/calibration/fold_runner.h"
#include "core/calibration/scoring_method.h"

#include <fmt/format.h>

namespace orrery::calibration {

using Eigen::Index;

Expected<SamplePtr> crossFittedScores(const ScoringMethod& method, const BinaryDesign& design,
                                      const CrossScoreOptions& options, Progress& progress) {
    const auto foldOf = dealStratifiedFolds(design.labels, options.folds, options.seed);
    if (!foldOf) return tl::unexpected(foldOf.error());
    ScoredSample sample;
    sample.scores.resize(design.labels.size());
    const auto runFold = [&](int fold) -> Expected<void> {
        std::vector<Index> inside, outside;
        for (std::size_t i = 0; i < foldOf->size(); ++i)
            ((*foldOf)[i] == fold ? inside : outside).push_back(static_cast<Index>(i));
        const auto scores = method.scores(selectRows(design, outside), selectRows(design, inside), progress);
        if (!scores) return tl::unexpected(scores.error());
        for (std::size_t i = 0; i < inside.size(); ++i)
            sample.scores[static_cast<std::size_t>(inside[i])] = (*scores)[static_cast<Index>(i)];
        return {};
    };
    if (auto ran = runFolds(options.folds, options.threads, progress, runFold); !ran)
        return tl::unexpected(ran.error());
    sample.labels = design.labels;
    sample.eventName = design.eventName;
    sample.otherName = design.otherName;
    sample.name = fmt::format("{}, {}", method.name(), design.targetName);
    sample.provenance = fmt::format("{}, target {}, scores out of sample: {} stratified folds, seed {}",
                                    method.name(), design.targetName, options.folds, options.seed);
    return makeScoredSample(std::move(sample));
}

} // namespace orrery::calibration
