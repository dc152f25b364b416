// Folds, scores out of sample, and calibration before and after.
#include "core/calibration/cross_fit.h"
#include "core/calibration/logistic_regression.h"
#include "core/data/builtins.h"
#include "tests/core/calibration/calibration_cases.h"

#include <QtTest>

using namespace orrery;
using namespace orrery::calibration;
using namespace orrery::calibration::testing;

namespace {

ScoredSample rowsWhere(const ScoredSample& sample, const std::vector<int>& foldOf, int fold, bool inside) {
    ScoredSample part;
    part.scale = sample.scale;
    for (std::size_t i = 0; i < sample.rows(); ++i) {
        if ((foldOf[i] == fold) != inside) continue;
        part.scores.push_back(sample.scores[i]);
        part.labels.push_back(sample.labels[i]);
    }
    return part;
}

} // namespace

class TestCrossFit : public QObject {
    Q_OBJECT
  private slots:
    void foldsAreStratified() {
        const auto sample = randomSample({203, 1, 1.0, 0.0});
        const auto foldOf = *dealStratifiedFolds(sample->labels, 5, 3);
        std::size_t count[2][5] = {};
        for (std::size_t i = 0; i < foldOf.size(); ++i)
            ++count[sample->labels[i]][foldOf[i]];
        for (const auto& ofClass : count) {
            const auto [least, most] = std::minmax_element(std::begin(ofClass), std::end(ofClass));
            QVERIFY(*most - *least <= 1);
        }
        QVERIFY(*dealStratifiedFolds(sample->labels, 5, 3) == foldOf);
        QVERIFY(*dealStratifiedFolds(sample->labels, 5, 4) != foldOf);
        QCOMPARE(QString::fromStdString(
                     dealStratifiedFolds(std::vector<std::uint8_t>{0, 1, 1, 0, 0}, 3, 0).error().message),
                 "2 rows of the rarer class cannot be dealt to 3 folds");
        QVERIFY(!dealStratifiedFolds(sample->labels, 1, 0));
    }
    void everyRowIsCalibratedWithoutItself() {
        const auto sample = randomSample({150, 2, 2.0, 0.5});
        const CrossFitOptions options{.folds = 4, .seed = 9};
        const auto foldOf = *dealStratifiedFolds(sample->labels, 4, 9);
        for (const CalibrationMethod method : kCalibrationMethods) {
            Progress progress;
            const CrossFitted fitted = *crossFit(method, *sample, options, progress);
            QCOMPARE(progress.fraction(), 1.0);
            for (int fold = 0; fold < 4; ++fold) {
                const auto map = *fitCalibrator(method, rowsWhere(*sample, foldOf, fold, false));
                for (std::size_t i = 0; i < foldOf.size(); ++i)
                    if (foldOf[i] == fold)
                        QCOMPARE(fitted.calibrated->scores[i], probability(map, sample->scores[i]));
            }
            QVERIFY(fitted.map == *fitCalibrator(method, *sample));
            QVERIFY(fitted.metrics == *metricsOf(rank(*fitted.calibrated)));
        }
    }
    void threadsChangeNothing() {
        const auto sample = randomSample({500, 3, 2.0, 0.5, 0, true});
        for (const CalibrationMethod method : kCalibrationMethods) {
            Progress progress;
            const auto one = *crossFit(method, *sample, {.threads = 1}, progress);
            const auto four = *crossFit(method, *sample, {.threads = 4}, progress);
            QVERIFY(one.calibrated->scores == four.calibrated->scores && one.map == four.map);
        }
    }
    void calibrationMendsADistortion() {
        const auto sample = randomSample({4000, 4, 2.5, 0.8});
        Progress progress;
        const auto comparison = *compareCalibrators(*sample, kCalibrationMethods, {}, progress);
        QVERIFY(comparison.before);
        QCOMPARE(comparison.after.size(), std::size_t{3});
        for (const CrossFitted& fitted : comparison.after) {
            QVERIFY(fitted.converged);
            QVERIFY(fitted.metrics.expectedErrorEqualWidth <
                    comparison.before->expectedErrorEqualWidth / 2.0);
            QVERIFY(fitted.metrics.brier.miscalibration < comparison.before->brier.miscalibration / 2.0);
            QVERIFY(fitted.metrics.brier.brier < comparison.before->brier.brier);
        }
    }
    void realScoresAreCalibratedWithoutBeta() {
        const auto sample = goldenSample("margin");
        Progress progress;
        const auto comparison = *compareCalibrators(*sample, kCalibrationMethods, {}, progress);
        QVERIFY(!comparison.before);
        QCOMPARE(comparison.after.size(), std::size_t{2});
        QVERIFY(comparison.after[1].calibrated->scale == ScoreScale::Probability);
        QVERIFY(!crossFit(CalibrationMethod::Beta, *sample, {}, progress));
    }
    void logisticScoresAreOutOfSample() {
        const BinaryDesign design = *binaryDesignOf({.table = *data::loadBuiltin("breast_cancer")});
        const LogisticScoring method;
        Progress progress;
        const auto sample =
            crossFittedScores(method, design, {.folds = 5, .seed = 2, .threads = 2}, progress);
        QVERIFY(sample);
        QCOMPARE((*sample)->rows(), std::size_t{569});
        QVERIFY((*sample)->scale == ScoreScale::Probability);
        QCOMPARE((*sample)->eventName, std::string("malignant"));
        const auto metrics = *metricsOf(rank(**sample));
        QVERIFY(metrics.auc > 0.98 && metrics.auc < 1.0); // separable in sample, not out of it
        const auto foldOf = *dealStratifiedFolds(design.labels, 5, 2);
        std::vector<Eigen::Index> inside, outside;
        for (std::size_t i = 0; i < foldOf.size(); ++i)
            (foldOf[i] == 3 ? inside : outside).push_back(static_cast<Eigen::Index>(i));
        const auto expected =
            *method.scores(selectRows(design, outside), selectRows(design, inside), progress);
        for (std::size_t i = 0; i < inside.size(); ++i)
            QCOMPARE((*sample)->scores[static_cast<std::size_t>(inside[i])],
                     expected[static_cast<Eigen::Index>(i)]);
        const auto alone = crossFittedScores(method, design, {.folds = 5, .seed = 2, .threads = 1}, progress);
        QVERIFY((*alone)->scores == (*sample)->scores);
    }
    void sparseRowsAreSelected() {
        BinaryDesign design;
        Eigen::MatrixXd x(4, 2);
        x << 1, 0, 0, 2, 3, 0, 0, 4;
        design.x = data::SparseMatrix(x.sparseView());
        design.labels = {0, 1, 1, 0};
        const BinaryDesign some = selectRows(design, {0, 2, 3});
        Eigen::MatrixXd expected(3, 2);
        expected << 1, 0, 3, 0, 0, 4;
        QVERIFY(Eigen::MatrixXd(std::get<data::SparseMatrix>(some.x)) == expected);
        QVERIFY(some.labels == (std::vector<std::uint8_t>{0, 1, 0}));
    }
    void stopsWhenAsked() {
        const auto sample = randomSample({100, 1});
        Progress progress;
        progress.cancel();
        const auto fitted = crossFit(CalibrationMethod::Platt, *sample, {}, progress);
        QVERIFY(!fitted && fitted.error().code == ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestCrossFit)
#include "tst_cross_fit.moc"
