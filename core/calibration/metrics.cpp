#include "core/calibration/metrics.h"

#include "core/calibration/isotonic_blocks.h"
#include "core/calibration/roc.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace orrery::calibration {

namespace {

tl::unexpected<Error> notProbabilities(const RankedSample& sample, const char* metric) {
    return fail(fmt::format("the {} needs scores in [0, 1], but they go from {:.4g} to {:.4g}", metric,
                            sample.score.front(), sample.score.back()));
}

double brierScore(const RankedSample& sample) {
    double sum = 0.0;
    for (std::size_t i = 0; i < sample.distinct(); ++i) {
        const double s = sample.score[i], events = sample.events[i];
        sum += events * (1.0 - s) * (1.0 - s) + (sample.weight[i] - events) * s * s;
    }
    return sum / sample.totalWeight;
}

/// Brier score of the isotonic fit: in a block of frequency r it is r (1 − r).
double recalibratedBrierScore(const RankedSample& sample) {
    std::vector<Block> blocks;
    poolBlocks(sample.events, sample.weight, blocks);
    double sum = 0.0;
    for (const Block& block : blocks)
        sum += block.events * (1.0 - block.value());
    return sum / sample.totalWeight;
}

double weightedMeanScore(const RankedSample& sample) {
    double sum = 0.0;
    for (std::size_t i = 0; i < sample.distinct(); ++i)
        sum += sample.weight[i] * sample.score[i];
    return sum / sample.totalWeight;
}

} // namespace

Expected<BrierSplit> brierSplit(const RankedSample& sample) {
    if (sample.scale != ScoreScale::Probability) return notProbabilities(sample, "Brier score");
    BrierSplit split;
    const double recalibrated = recalibratedBrierScore(sample);
    split.brier = brierScore(sample);
    split.uncertainty = sample.prevalence() * (1.0 - sample.prevalence());
    split.miscalibration = std::max(split.brier - recalibrated, 0.0); // negative by rounding only
    split.discrimination = std::max(split.uncertainty - recalibrated, 0.0);
    return split;
}

Expected<double> logLoss(const RankedSample& sample) {
    if (sample.scale != ScoreScale::Probability) return notProbabilities(sample, "log loss");
    double sum = 0.0;
    for (std::size_t i = 0; i < sample.distinct(); ++i) {
        const double s = std::clamp(sample.score[i], kLogLossClip, 1.0 - kLogLossClip);
        const double events = sample.events[i], others = sample.weight[i] - events;
        if (events > 0.0) sum -= events * std::log(s);
        if (others > 0.0) sum -= others * std::log1p(-s);
    }
    return sum / sample.totalWeight;
}

CalibrationError calibrationError(const ReliabilityDiagram& diagram) {
    CalibrationError error;
    double weight = 0.0;
    for (const ReliabilityBin& bin : diagram.bins) {
        const double apart = std::abs(bin.observed - bin.meanScore);
        error.expected += bin.weight * apart;
        error.maximum = std::max(error.maximum, apart);
        weight += bin.weight;
    }
    error.expected /= weight;
    return error;
}

MurphySplit murphySplit(const RankedSample& sample, const ReliabilityDiagram& diagram) {
    MurphySplit split;
    const double prevalence = sample.prevalence(), total = sample.totalWeight;
    split.uncertainty = prevalence * (1.0 - prevalence);
    std::size_t i = 0;
    for (const ReliabilityBin& bin : diagram.bins) {
        const double apart = bin.observed - bin.meanScore, gain = bin.observed - prevalence;
        split.reliability += bin.weight * apart * apart / total;
        split.resolution += bin.weight * gain * gain / total;
        const bool isLast = &bin == &diagram.bins.back();
        for (; i < sample.distinct() && (isLast || sample.score[i] <= bin.upper); ++i) {
            const double from = sample.score[i] - bin.meanScore;
            const double excess = sample.events[i] - sample.weight[i] * bin.observed; // Σ w (y − ȳ_b)
            split.withinBins += from * (sample.weight[i] * from - 2.0 * excess) / total;
        }
    }
    return split;
}

Expected<CalibrationMetrics> metricsOf(const RankedSample& sample, int bins) {
    if (bins < 1) return fail(fmt::format("a calibration error needs at least one bin, not {}", bins));
    CalibrationMetrics metrics;
    const auto split = brierSplit(sample);
    if (!split) return tl::unexpected(split.error());
    const auto width = calibrationError(reliabilityDiagram(sample, Binning::EqualWidth, bins));
    const auto count = calibrationError(reliabilityDiagram(sample, Binning::EqualCount, bins));
    metrics.rows = sample.order.size();
    metrics.prevalence = sample.prevalence();
    metrics.meanScore = weightedMeanScore(sample);
    metrics.brier = *split;
    metrics.logLoss = *logLoss(sample); // the same condition as the split's
    metrics.expectedErrorEqualWidth = width.expected;
    metrics.maximumErrorEqualWidth = width.maximum;
    metrics.expectedErrorEqualCount = count.expected;
    metrics.maximumErrorEqualCount = count.maximum;
    metrics.auc = areaUnderRoc(sample);
    metrics.bins = bins;
    return metrics;
}

} // namespace orrery::calibration
