// Brier score and its splits, log loss, calibration error and ROC: against scikit-learn, by hand and by brute
// force over rows.
#include "core/calibration/metrics.h"
#include "core/calibration/roc.h"
#include "core/calibration/score_density.h"
#include "tests/core/calibration/calibration_cases.h"

#include <QtTest>
#include <numeric>

using namespace orrery;
using namespace orrery::calibration;
using namespace orrery::calibration::testing;

namespace {

bool near(double a, double b, double tolerance) {
    return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
}

/// The isotonic fit at position i by its min-max formula: max over starts, min over ends of the mean between.
std::vector<double> isotonicByMinMax(const RankedSample& sample) {
    const std::size_t k = sample.distinct();
    std::vector<double> fit(k, -1.0);
    for (std::size_t i = 0; i < k; ++i)
        for (std::size_t from = 0; from <= i; ++from) {
            double least = 2.0, events = 0.0, weight = 0.0;
            for (std::size_t to = from; to < k; ++to) {
                events += sample.events[to];
                weight += sample.weight[to];
                if (to >= i) least = std::min(least, events / weight);
            }
            fit[i] = std::max(fit[i], least);
        }
    return fit;
}

/// Brier score over rows of forecasts by position in the ranking.
double brierByRow(const ScoredSample& sample, const RankedSample& ranked, std::span<const double> forecast) {
    double sum = 0.0, weight = 0.0;
    for (std::size_t i = 0; i < ranked.distinct(); ++i)
        for (std::size_t at = ranked.firstRow[i]; at < ranked.firstRow[i + 1]; ++at) {
            const std::size_t row = ranked.order[at];
            sum += sample.weight(row) * std::pow(forecast[i] - sample.labels[row], 2);
            weight += sample.weight(row);
        }
    return sum / weight;
}

std::vector<RandomCase> randomCases() {
    return {
        {2, 1},       {40, 2}, {40, 3, 1.0, 0.0, 5}, {60, 4, 3.0, -1.0, 0, true}, {60, 5, 0.3, 2.0, 8, true},
        {60, 6, -1.0}};
}

} // namespace

class TestCalibrationMetrics : public QObject {
    Q_OBJECT
  private slots:
    void equalScikitLearn() {
        int checked = 0;
        for (const auto& row : readGolden("metrics.csv")) {
            const bool weighted = row[0].ends_with("_weighted");
            const auto sample = goldenSample(row[0].starts_with("tied") ? "tied" : "score", weighted);
            const auto metrics = metricsOf(rank(*sample));
            QVERIFY(metrics);
            const double ours = row[0].find("brier") != std::string::npos      ? metrics->brier.brier
                                : row[0].find("log_loss") != std::string::npos ? metrics->logLoss
                                                                               : metrics->auc;
            QVERIFY2(
                near(ours, number(row[1]), 1e-13),
                qPrintable(
                    QString("%1: %2, not %3").arg(row[0].c_str()).arg(ours, 0, 'g', 17).arg(row[1].c_str())));
            ++checked;
        }
        QCOMPARE(checked, 12);
    }
    void corpSplitSumsAndEqualsBruteForce() {
        for (const RandomCase& wanted : randomCases()) {
            const auto sample = randomSample(wanted);
            const RankedSample ranked = rank(*sample);
            const BrierSplit split = *brierSplit(ranked);
            QVERIFY(std::abs(split.brier -
                             (split.miscalibration - split.discrimination + split.uncertainty)) < 1e-12);
            const std::vector<double> constant(ranked.distinct(), ranked.prevalence());
            const double ofScores = brierByRow(*sample, ranked, ranked.score);
            const double ofFit = brierByRow(*sample, ranked, isotonicByMinMax(ranked));
            const double ofPrevalence = brierByRow(*sample, ranked, constant);
            const auto message = QString("seed %1").arg(wanted.seed);
            QVERIFY2(near(split.brier, ofScores, 1e-12), qPrintable(message));
            QVERIFY2(near(split.uncertainty, ofPrevalence, 1e-12), qPrintable(message));
            QVERIFY2(near(split.miscalibration, ofScores - ofFit, 1e-12), qPrintable(message));
            QVERIFY2(near(split.discrimination, ofPrevalence - ofFit, 1e-12), qPrintable(message));
            QVERIFY2(split.miscalibration >= 0.0 && split.discrimination >= 0.0, qPrintable(message));
        }
    }
    void murphySplitSums() {
        for (const RandomCase& wanted : randomCases()) {
            const RankedSample ranked = rank(*randomSample(wanted));
            const double brier = brierSplit(ranked)->brier;
            for (const Binning binning : {Binning::EqualWidth, Binning::EqualCount, Binning::Corp}) {
                const MurphySplit split = murphySplit(ranked, reliabilityDiagram(ranked, binning, 4));
                const double sum =
                    split.reliability - split.resolution + split.uncertainty + split.withinBins;
                QVERIFY2(near(sum, brier, 1e-12), qPrintable(QString("seed %1").arg(wanted.seed)));
            }
        }
        // One score a bin: nothing is hidden within, and the classical three terms are the Brier score.
        const RankedSample tied = rank(*sampleOf({0.1, 0.1, 0.6, 0.6, 0.6}, {0, 1, 1, 1, 0}));
        const MurphySplit split = murphySplit(tied, reliabilityDiagram(tied, Binning::EqualWidth, 2));
        QVERIFY(std::abs(split.withinBins) < 1e-15);
        QVERIFY(near(split.reliability, 0.4 * 0.16 + 0.6 * std::pow(2.0 / 3.0 - 0.6, 2), 1e-14));
    }
    void calibrationErrorByHand() {
        // Two bins: {0.1, 0.3 → 0, 1}: mean 0.2, observed 0.5; {0.7, 0.8, 0.9 → 1, 1, 0}: mean 0.8, observed
        // 2/3.
        const RankedSample ranked = rank(*sampleOf({0.8, 0.1, 0.7, 0.3, 0.9}, {1, 0, 1, 1, 0}));
        const auto error = calibrationError(reliabilityDiagram(ranked, Binning::EqualWidth, 2));
        QVERIFY(near(error.expected, 0.4 * 0.3 + 0.6 * (0.8 - 2.0 / 3.0), 1e-15));
        QVERIFY(near(error.maximum, 0.3, 1e-15));
        const CalibrationMetrics metrics = *metricsOf(ranked, 2);
        QCOMPARE(metrics.expectedErrorEqualWidth, error.expected);
        // Equal count: the median 0.7 closes the first bin: {0.1, 0.3, 0.7 → 2/3}, {0.8, 0.9 → 1/2}.
        QVERIFY(
            near(metrics.expectedErrorEqualCount, 0.6 * (2.0 / 3.0 - 1.1 / 3.0) + 0.4 * (0.85 - 0.5), 1e-14));
        QVERIFY(near(metrics.maximumErrorEqualCount, 0.85 - 0.5, 1e-14));
    }
    void wholeWeightsAreRepeatedRows() {
        const auto weighted = sampleOf({0.2, 0.9, 0.4, 0.4, 0.7}, {0, 1, 1, 0, 1}, {3, 1, 2, 0, 2});
        const auto repeated = sampleOf({0.2, 0.2, 0.2, 0.9, 0.4, 0.4, 0.7, 0.7}, {0, 0, 0, 1, 1, 1, 1, 1});
        const auto a = *metricsOf(rank(*weighted)), b = *metricsOf(rank(*repeated));
        QVERIFY(near(a.brier.brier, b.brier.brier, 1e-15));
        QVERIFY(near(a.brier.miscalibration, b.brier.miscalibration, 1e-15));
        QVERIFY(near(a.logLoss, b.logLoss, 1e-15));
        QVERIFY(near(a.expectedErrorEqualWidth, b.expectedErrorEqualWidth, 1e-15));
        QCOMPARE(a.auc, b.auc);
    }
    void logLossIsClipped() {
        const RankedSample ranked = rank(*sampleOf({0.0, 1.0}, {1, 0}));
        QVERIFY(near(*logLoss(ranked), -std::log(kLogLossClip), 1e-12));
        QCOMPARE(*logLoss(rank(*sampleOf({0.0, 1.0}, {0, 1}))), -std::log1p(-kLogLossClip));
    }
    void realScoresAreRefusedWhereTheyMeanNothing() {
        const RankedSample ranked = rank(*sampleOf({-2.0, 0.5, 3.0}, {0, 1, 1}));
        QCOMPARE(QString::fromStdString(logLoss(ranked).error().message),
                 "the log loss needs scores in [0, 1], but they go from -2 to 3");
        QCOMPARE(QString::fromStdString(metricsOf(ranked).error().message),
                 "the Brier score needs scores in [0, 1], but they go from -2 to 3");
        QCOMPARE(areaUnderRoc(ranked), 1.0); // ranking needs no scale
        QVERIFY(!metricsOf(rank(*sampleOf({0.1, 0.2}, {0, 1})), 0));
    }
    void areaCountsPairs() {
        for (const RandomCase& wanted : randomCases()) {
            const auto sample = randomSample(wanted);
            double pairs = 0.0, all = 0.0;
            for (std::size_t i = 0; i < sample->rows(); ++i)
                for (std::size_t j = 0; j < sample->rows(); ++j) {
                    if (!sample->labels[i] || sample->labels[j]) continue;
                    const double weight = sample->weight(i) * sample->weight(j);
                    all += weight;
                    if (sample->scores[i] > sample->scores[j]) pairs += weight;
                    if (sample->scores[i] == sample->scores[j]) pairs += 0.5 * weight;
                }
            const RankedSample ranked = rank(*sample);
            QVERIFY(near(areaUnderRoc(ranked), pairs / all, 1e-13));
            double trapezoids = 0.0;
            const auto curve = rocCurve(ranked);
            for (std::size_t i = 1; i < curve.size(); ++i)
                trapezoids += (curve[i].falsePositiveRate - curve[i - 1].falsePositiveRate) *
                              (curve[i].truePositiveRate + curve[i - 1].truePositiveRate) / 2.0;
            QVERIFY(near(trapezoids, pairs / all, 1e-13));
            QCOMPARE(curve.front().truePositiveRate, 0.0);
            QCOMPARE(curve.back().falsePositiveRate, 1.0);
        }
    }
    void densityHoldsEveryRow() {
        const auto sample = randomSample({500, 9, 1.0, 0.0, 11, true});
        const RankedSample ranked = rank(*sample);
        const ScoreDensity density = scoreDensity(ranked, 10);
        QCOMPARE(density.edges.size(), std::size_t{11});
        for (std::size_t b = 0; b < 10; ++b) {
            double events = 0.0, others = 0.0;
            for (std::size_t i = 0; i < sample->rows(); ++i) {
                const double s = sample->scores[i];
                const bool inside =
                    s >= density.edges[b] && (s < density.edges[b + 1] || (b == 9 && s == 1.0));
                if (inside) (sample->labels[i] ? events : others) += sample->weight(i);
            }
            QVERIFY(near(density.events[b], events, 1e-12));
            QVERIFY(near(density.others[b], others, 1e-12));
        }
    }
};

QTEST_APPLESS_MAIN(TestCalibrationMetrics)
#include "tst_calibration_metrics.moc"
