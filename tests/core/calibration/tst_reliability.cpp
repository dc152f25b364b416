// Bins: edges and contents against scikit-learn's calibration_curve, CORP blocks against their conditions.
#include "core/calibration/reliability.h"
#include "tests/core/calibration/calibration_cases.h"

#include <QtTest>

using namespace orrery;
using namespace orrery::calibration;
using namespace orrery::calibration::testing;

class TestReliability : public QObject {
    Q_OBJECT
  private slots:
    void equalsScikitLearn_data() {
        QTest::addColumn<QString>("scores");
        QTest::addColumn<QString>("strategy");
        QTest::addColumn<int>("bins");
        for (const char* scores : {"score", "tied"})
            for (const char* strategy : {"uniform", "quantile"})
                for (const int bins : {5, 10})
                    QTest::addRow("%s %s %d", scores, strategy, bins) << scores << strategy << bins;
    }
    void equalsScikitLearn() {
        QFETCH(QString, scores);
        QFETCH(QString, strategy);
        QFETCH(int, bins);
        const RankedSample ranked = rank(*goldenSample(scores.toStdString()));
        const auto binning = strategy == "uniform" ? Binning::EqualWidth : Binning::EqualCount;
        const ReliabilityDiagram diagram = reliabilityDiagram(ranked, binning, bins);
        std::size_t at = 0;
        for (const auto& row : readGolden("calibration_curve.csv")) {
            if (row[0] != scores.toStdString() || row[1] != strategy.toStdString() ||
                std::stoi(row[2]) != bins)
                continue;
            QVERIFY(at < diagram.bins.size());
            QVERIFY(std::abs(diagram.bins[at].meanScore - number(row[3])) < 1e-14);
            QVERIFY(std::abs(diagram.bins[at].observed - number(row[4])) < 1e-14);
            ++at;
        }
        QVERIFY(at > 0);
        QCOMPARE(at, diagram.bins.size());
    }
    void everyRowIsInOneBin() {
        for (const std::uint64_t seed : {1, 2, 3}) {
            const RankedSample ranked = rank(*randomSample({200, seed, 1.5, 0.0, seed == 2 ? 7 : 0, true}));
            for (const Binning binning : {Binning::EqualWidth, Binning::EqualCount, Binning::Corp})
                for (const int bins : {1, 7, 300}) { // the last: more bins than rows
                    const auto diagram = reliabilityDiagram(ranked, binning, bins);
                    std::size_t rows = 0;
                    double weight = 0.0, score = 0.0, events = 0.0, before = -1.0;
                    for (const ReliabilityBin& bin : diagram.bins) {
                        rows += bin.count;
                        weight += bin.weight;
                        score += bin.weight * bin.meanScore;
                        events += bin.weight * bin.observed;
                        QVERIFY(bin.count > 0 && bin.meanScore > before);
                        QVERIFY(bin.meanScore >= bin.lower - 1e-12 && bin.meanScore <= bin.upper + 1e-12);
                        before = bin.meanScore;
                    }
                    QCOMPARE(rows, std::size_t{200});
                    QVERIFY(std::abs(weight - ranked.totalWeight) < 1e-10);
                    QVERIFY(std::abs(events - ranked.totalEvents) < 1e-10);
                }
        }
    }
    void equalCountBinsAreEven() {
        const auto diagram = reliabilityDiagram(rank(*randomSample({1000, 4})), Binning::EqualCount, 10);
        QCOMPARE(diagram.bins.size(), std::size_t{10});
        for (const ReliabilityBin& bin : diagram.bins)
            QVERIFY(bin.count >= 99 && bin.count <= 101);
    }
    void edgesCloseOnTheRight() {
        const RankedSample ranked = rank(*sampleOf({0.0, 0.5, 0.51, 1.0}, {0, 1, 0, 1}));
        const auto diagram = reliabilityDiagram(ranked, Binning::EqualWidth, 2);
        QCOMPARE(diagram.bins.size(), std::size_t{2});
        QCOMPARE(diagram.bins[0].count, std::size_t{2}); // 0 and 0.5
        const RankedSample real = rank(*sampleOf({-4.0, 0.0, 6.0}, {0, 1, 0}));
        QCOMPARE(equalWidthEdges(real, 2), (std::vector<double>{-4.0, 1.0, 6.0}));
    }
    void corpBlocksRiseAndCannotBeSplit() {
        for (const std::uint64_t seed : {5, 6, 7, 8}) {
            const RankedSample ranked =
                rank(*randomSample({300, seed, 0.7, 0.5, seed % 2 ? 12 : 0, seed > 6}));
            const auto diagram = reliabilityDiagram(ranked, Binning::Corp);
            std::size_t i = 0;
            double before = -1.0;
            for (const ReliabilityBin& bin : diagram.bins) {
                QVERIFY(bin.observed > before);
                before = bin.observed;
                // The mean of each beginning of a block is at least the block's: no split would rise.
                double events = 0.0, weight = 0.0;
                QCOMPARE(ranked.score[i], bin.lower);
                for (; i < ranked.distinct() && ranked.score[i] <= bin.upper; ++i) {
                    events += ranked.events[i];
                    weight += ranked.weight[i];
                    QVERIFY(events / weight >= bin.observed - 1e-12);
                }
                QVERIFY(std::abs(events / weight - bin.observed) < 1e-12);
            }
            QCOMPARE(i, ranked.distinct());
        }
    }
    void corpValueIsLinearBetweenBlocks() {
        const auto corp =
            reliabilityDiagram(rank(*sampleOf({0.1, 0.2, 0.4, 0.6, 0.8}, {0, 1, 0, 1, 1})), Binning::Corp);
        QCOMPARE(corp.bins.size(), std::size_t{3}); // {0.1}, {0.2, 0.4}, {0.6, 0.8}
        for (const auto& [score, value] : {std::pair{0.0, 0.0},
                                           {0.1, 0.0},
                                           {0.15, 0.25},
                                           {0.2, 0.5},
                                           {0.3, 0.5},
                                           {0.4, 0.5},
                                           {0.5, 0.75},
                                           {0.6, 1.0},
                                           {0.7, 1.0},
                                           {0.95, 1.0}})
            QVERIFY(std::abs(corpValueAt(corp, score) - value) < 1e-14);
    }
};

QTEST_APPLESS_MAIN(TestReliability)
#include "tst_reliability.moc"
