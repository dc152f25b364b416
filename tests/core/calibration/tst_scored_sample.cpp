// What goes in: columns of a table, labels of any two levels, and one sentence where it cannot be used.
#include "core/calibration/ranked_sample.h"
#include "core/data/readers.h"
#include "tests/core/calibration/calibration_cases.h"

#include <QtTest>

using namespace orrery;
using namespace orrery::calibration;
using namespace orrery::calibration::testing;

namespace {

Expected<SamplePtr> fromCsv(const char* text, ScoreColumns columns = {"s", "y", "", ""}) {
    const auto table = data::readText(text, "case");
    return table ? sampleFromTable(**table, columns) : tl::unexpected(table.error());
}

QString faultOf(const Expected<SamplePtr>& sample) {
    return sample ? QStringLiteral("none") : QString::fromStdString(sample.error().message);
}

} // namespace

class TestScoredSample : public QObject {
    Q_OBJECT
  private slots:
    void readsColumns() {
        const auto sample = fromCsv("s,y,w\n0.2,0,1\n0.9,1,2\n0.4,1,0.5\n", {"s", "y", "w", ""});
        QVERIFY2(sample, qPrintable(faultOf(sample)));
        QCOMPARE((*sample)->scores, (std::vector<double>{0.2, 0.9, 0.4}));
        QCOMPARE((*sample)->labels, (std::vector<std::uint8_t>{0, 1, 1}));
        QCOMPARE((*sample)->weights, (std::vector<double>{1.0, 2.0, 0.5}));
        QVERIFY((*sample)->scale == ScoreScale::Probability);
    }
    void anyTwoLevelsMakeLabels() {
        const auto byAlphabet = fromCsv("s,y\n0.2,malignant\n0.9,benign\n0.4,malignant\n");
        QVERIFY2(byAlphabet, qPrintable(faultOf(byAlphabet)));
        QCOMPARE((*byAlphabet)->eventName, std::string("malignant"));
        QCOMPARE((*byAlphabet)->labels, (std::vector<std::uint8_t>{1, 0, 1}));
        const auto asked =
            fromCsv("s,y\n0.2,malignant\n0.9,benign\n0.4,malignant\n", {"s", "y", "", "benign"});
        QCOMPARE((*asked)->labels, (std::vector<std::uint8_t>{0, 1, 0}));
        const auto numbers = fromCsv("s,y\n0.2,-1\n0.9,1\n0.4,-1\n");
        QCOMPARE((*numbers)->labels, (std::vector<std::uint8_t>{0, 1, 0}));
        const auto lower = fromCsv("s,y\n0.2,-1\n0.9,1\n0.4,-1\n", {"s", "y", "", "-1.0"});
        QCOMPARE((*lower)->labels, (std::vector<std::uint8_t>{1, 0, 1}));
    }
    void realScoresAreToldApart() {
        const auto sample = fromCsv("s,y\n-2.5,0\n3,1\n");
        QVERIFY2(sample, qPrintable(faultOf(sample)));
        QVERIFY((*sample)->scale == ScoreScale::Real);
    }
    void missingRowsAreLeftOutAndCounted() {
        const auto sample = fromCsv("s,y\n0.2,0\n,1\n0.4,1\n0.5,\n");
        QVERIFY2(sample, qPrintable(faultOf(sample)));
        QCOMPARE((*sample)->rows(), std::size_t{2});
        QVERIFY((*sample)->provenance.ends_with("2 rows with a missing value left out"));
    }
    void badColumnsAreOneSentence_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("event");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("one class") << "s,y\n0.2,1\n0.3,1\n"
                                   << ""
                                   << "column “y” is 1 in every row, but a calibration needs two classes";
        QTest::newRow("three classes")
            << "s,y\n0.2,a\n0.3,b\n0.4,c\n"
            << ""
            << "column “y” has more than two values (a, b, c, …), but a calibration needs two";
        QTest::newRow("event") << "s,y\n0.2,a\n0.3,b\n"
                               << "c"
                               << "column “y” has no value c, only a and b";
        QTest::newRow("text") << "s,y\nlow,0\nhigh,1\n"
                              << ""
                              << "column “s” holds text, not numbers";
        QTest::newRow("unknown") << "score,y\n0.1,0\n0.2,1\n"
                                 << ""
                                 << "case has no column named “s”";
        QTest::newRow("nothing left") << "s,y\n,0\n0.2,\n"
                                      << ""
                                      << "case has no row with both a score and a label";
    }
    void badColumnsAreOneSentence() {
        QFETCH(QString, text);
        QFETCH(QString, event);
        QFETCH(QString, sentence);
        const auto sample = fromCsv(text.toUtf8().constData(), {"s", "y", "", event.toStdString()});
        QCOMPARE(faultOf(sample), sentence);
    }
    void badValuesAreOneSentence() {
        const double nan = std::nan("");
        const auto fault = [](ScoredSample sample) { return faultOf(makeScoredSample(std::move(sample))); };
        QCOMPARE(fault({}), "there are no scores");
        QCOMPARE(fault({{0.1, 0.2}, {0}}), "there are 2 scores but 1 labels");
        QCOMPARE(fault({{0.1, nan}, {0, 1}}), "the score in row 2 is not finite");
        QCOMPARE(fault({{0.1, 0.2}, {0, 2}}), "the label in row 2 is 2, neither 0 nor 1");
        QCOMPARE(fault({{0.1, 0.2}, {0, 1}, {1.0, -1.0}}), "the weight in row 2 is negative or not finite");
        QCOMPARE(fault({{0.1, 0.2}, {0, 1}, {1.0}}), "there are 2 scores but 1 weights");
        QCOMPARE(fault({{0.1, 0.2}, {0, 0}}), "no row has the label 1, but a calibration needs both classes");
        QCOMPARE(fault({{0.1, 0.2}, {0, 1}, {0.0, 1.0}}),
                 "no row has the label 0, but a calibration needs both classes");
    }
    void rankPoolsTiesInOrder() {
        const auto sample =
            sampleOf({0.5, -0.0, 0.5, 0.0, 0.25, 0.5}, {1, 0, 0, 1, 1, 1}, {1, 2, 3, 4, 0, 5});
        const RankedSample ranked = rank(*sample);
        QCOMPARE(ranked.score, (isotonic::HugeVector<double>{0.0, 0.5}));
        QCOMPARE(ranked.weight, (isotonic::HugeVector<double>{6.0, 9.0}));
        QCOMPARE(ranked.events, (isotonic::HugeVector<double>{4.0, 6.0}));
        QCOMPARE(ranked.order, (isotonic::HugeVector<std::uint32_t>{1, 3, 0, 2, 5}));
        QCOMPARE(ranked.firstRow, (isotonic::HugeVector<std::uint32_t>{0, 2, 5}));
    }
};

QTEST_APPLESS_MAIN(TestScoredSample)
#include "tst_scored_sample.moc"
