// Bootstrap bands: the same for any number of threads, where theory puts them, stopped when asked.
#include "core/calibration/reliability_band.h"
#include "tests/core/calibration/calibration_cases.h"

#include <QtTest>

using namespace orrery;
using namespace orrery::calibration;
using namespace orrery::calibration::testing;

namespace {

ReliabilityBand bandOf(const ScoredSample& sample, Binning binning, const BandOptions& options) {
    const RankedSample ranked = rank(sample);
    Progress progress;
    return *reliabilityBand(sample, ranked, reliabilityDiagram(ranked, binning), options, progress);
}

QString faultOf(const ScoredSample& sample, const BandOptions& options) {
    const RankedSample ranked = rank(sample);
    Progress progress;
    const auto band =
        reliabilityBand(sample, ranked, reliabilityDiagram(ranked, Binning::Corp), options, progress);
    return band ? QStringLiteral("none") : QString::fromStdString(band.error().message);
}

} // namespace

class TestReliabilityBand : public QObject {
    Q_OBJECT
  private slots:
    void threadsChangeNothing() {
        const auto sample = randomSample({400, 1, 1.3, 0.2, 0, true});
        for (const Binning binning : {Binning::Corp, Binning::EqualWidth, Binning::EqualCount})
            for (const BandKind kind : {BandKind::Consistency, BandKind::Confidence}) {
                BandOptions options{.kind = kind, .replicates = 60, .seed = 5};
                const ReliabilityBand one = bandOf(*sample, binning, options);
                options.threads = 4;
                QVERIFY(bandOf(*sample, binning, options) == one);
                options.seed = 6;
                QVERIFY(!(bandOf(*sample, binning, options) == one));
                for (std::size_t i = 0; i < one.score.size(); ++i)
                    QVERIFY(one.lower[i] <= one.upper[i] && one.lower[i] >= 0.0 && one.upper[i] <= 1.0);
            }
    }
    // One score throughout: the observed frequency of n draws from Bernoulli(s), known in closed form.
    void consistencyBandOfOneScoreIsBinomial() {
        const std::size_t n = 400;
        std::vector<std::uint8_t> labels(n, 0);
        labels[0] = 1;
        const auto sample = sampleOf(std::vector<double>(n, 0.3), labels);
        const auto band = bandOf(*sample, Binning::EqualWidth, {.replicates = 4000, .level = 0.9, .seed = 1});
        const double halfWidth = 1.645 * std::sqrt(0.3 * 0.7 / n);
        QVERIFY(std::abs(band.lower[0] - (0.3 - halfWidth)) < 0.004);
        QVERIFY(std::abs(band.upper[0] - (0.3 + halfWidth)) < 0.004);
    }
    // The same sample drawn again: binomial around the frequency that was seen.
    void confidenceBandOfOneScoreIsBinomial() {
        const std::size_t n = 400;
        std::vector<std::uint8_t> labels(n, 0);
        std::fill_n(labels.begin(), 240, std::uint8_t{1});
        const auto sample = sampleOf(std::vector<double>(n, 0.3), labels);
        BandOptions options{.kind = BandKind::Confidence, .replicates = 4000, .level = 0.9, .seed = 1};
        const auto band = bandOf(*sample, Binning::EqualWidth, options);
        const double halfWidth = 1.645 * std::sqrt(0.6 * 0.4 / n);
        QVERIFY(std::abs(band.lower[0] - (0.6 - halfWidth)) < 0.004);
        QVERIFY(std::abs(band.upper[0] - (0.6 + halfWidth)) < 0.004);
    }
    // Calibrated scores stay inside about as often as the level says, distorted ones do not.
    void coversWhatIsCalibrated() {
        int inside = 0, all = 0, insideDistorted = 0;
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            for (const double sharpness : {1.0, 3.0}) {
                const auto sample = randomSample({800, 100 + seed, sharpness});
                const RankedSample ranked = rank(*sample);
                const auto diagram = reliabilityDiagram(ranked, Binning::EqualCount, 8);
                Progress progress;
                const auto band =
                    *reliabilityBand(*sample, ranked, diagram, {.replicates = 100, .seed = seed}, progress);
                for (std::size_t b = 0; b < diagram.bins.size(); ++b) {
                    const double seen = diagram.bins[b].observed;
                    const bool holds = seen >= band.lower[b] && seen <= band.upper[b];
                    (sharpness == 1.0 ? inside : insideDistorted) += holds;
                    all += sharpness == 1.0;
                }
            }
        }
        const double share = static_cast<double>(inside) / all;
        QVERIFY2(share > 0.85 && share < 0.95, qPrintable(QString::number(share)));
        QVERIFY(static_cast<double>(insideDistorted) / all < 0.6);
    }
    void corpBandFollowsTheDiagonal() {
        const auto sample = randomSample({2000, 3});
        const auto band = bandOf(*sample, Binning::Corp, {.replicates = 100, .gridPoints = 21});
        QCOMPARE(band.score.size(), std::size_t{21});
        for (std::size_t g = 2; g + 2 < band.score.size(); ++g) {
            QVERIFY(band.lower[g] < band.score[g] && band.upper[g] > band.score[g]);
            QVERIFY(band.lower[g] >= band.lower[g - 1] &&
                    band.upper[g] >= band.upper[g - 1]); // each replicate rises
        }
    }
    void refusesInOneSentence() {
        const auto real = sampleOf({-1.0, 2.0, 3.0}, {0, 1, 1}), unit = sampleOf({0.1, 0.9}, {0, 1});
        QCOMPARE(faultOf(*real, {}),
                 "a consistency band needs scores in [0, 1]; a confidence band takes any");
        QCOMPARE(faultOf(*real, {.kind = BandKind::Confidence, .replicates = 5}), "none");
        QCOMPARE(faultOf(*unit, {.replicates = 1}), "a bootstrap band needs at least 2 replicates, not 1");
        QCOMPARE(faultOf(*unit, {.level = 1.0}), "the level of a band lies between 0 and 1, not at 1");
    }
    void stopsWhenAsked() {
        const auto sample = randomSample({100, 1});
        const RankedSample ranked = rank(*sample);
        Progress progress;
        progress.cancel();
        const auto band =
            reliabilityBand(*sample, ranked, reliabilityDiagram(ranked, Binning::Corp), {}, progress);
        QVERIFY(!band && band.error().code == ErrorCode::Cancelled);
        Progress other;
        QVERIFY(reliabilityBand(*sample, ranked, reliabilityDiagram(ranked, Binning::Corp), {}, other));
        QCOMPARE(other.fraction(), 1.0);
    }
};

QTEST_APPLESS_MAIN(TestReliabilityBand)
#include "tst_reliability_band.moc"
