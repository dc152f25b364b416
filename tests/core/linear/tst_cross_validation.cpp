// Cross-validation: the folds, its errors against a fit made by hand, threads, partial results, cancelling.
#include "core/linear/cross_validation.h"
#include "tests/core/linear/lasso_fixtures.h"

#include <QtTest>

using namespace orrery;
using namespace orrery::linear;
using namespace orrery::linear::fixtures;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

CrossValidation crossValidated(const RegressionProblem& problem, CrossValidationOptions options) {
    Progress progress;
    auto result = crossValidate(problem, std::move(options), progress);
    return result ? *std::move(result) : CrossValidation{};
}

} // namespace

class TestCrossValidation : public QObject {
    Q_OBJECT
  private slots:
    void foldsShareTheRowsEvenly() {
        const std::vector<int> folds = dealFolds(23, 5, 7);
        std::vector<int> sizes(5);
        for (const int fold : folds)
            ++sizes.at(static_cast<std::size_t>(fold));
        std::sort(sizes.begin(), sizes.end());
        QVERIFY((sizes == std::vector<int>{4, 4, 5, 5, 5}));
        QVERIFY(folds == dealFolds(23, 5, 7));
        QVERIFY(folds != dealFolds(23, 5, 8));
    }

    /// Each fold's error from data in its own units, with plain coordinate descent on the training rows.
    void errorsEqualAFitByHand_data() {
        QTest::addColumn<bool>("standardize");
        QTest::newRow("standardised") << true;
        QTest::newRow("as given") << false;
    }
    void errorsEqualAFitByHand() {
        QFETCH(bool, standardize);
        Rng rng(31);
        MatrixXd x(30, 4);
        VectorXd y(30);
        for (Index i = 0; i < 30; ++i) {
            for (Index j = 0; j < 4; ++j)
                x(i, j) = (1.0 + 2.0 * static_cast<double>(j)) * rng.normal() + 5.0;
            y[i] = 3.0 + x(i, 0) - 0.5 * x(i, 3) + rng.normal();
        }
        const auto dense = *makeProblem(x, y, standardize);
        const auto sparse = *makeProblem(SparseDesign(x.sparseView()), y, standardize);
        const LassoOptions lasso{.alpha = 0.9, .lambdas = {0.5, 0.05}, .relativeGap = 1e-13};
        const CrossValidationOptions options{.folds = 4, .seed = 5, .lasso = lasso};
        const CrossValidation fromDense = crossValidated(*dense, options);
        const CrossValidation fromSparse = crossValidated(*sparse, options);
        const std::vector<int> foldOf = dealFolds(30, 4, 5);
        for (int fold = 0; fold < 4; ++fold) {
            std::vector<Index> inside, outside;
            for (Index i = 0; i < 30; ++i)
                (foldOf[static_cast<std::size_t>(i)] == fold ? inside : outside).push_back(i);
            const auto training =
                *makeProblem(MatrixXd(x(outside, Eigen::all)), VectorXd(y(outside)), standardize);
            for (std::size_t k = 0; k < 2; ++k) {
                const VectorXd beta = plainCoordinateDescent(*training, lasso.lambdas[k], lasso.alpha);
                const DataScaleModel model = coefficientsInDataScale(*training, beta);
                const VectorXd fitted =
                    (x(inside, Eigen::all) * model.coefficients).array() + model.intercept;
                const double expected =
                    (y(inside) - fitted).squaredNorm() / static_cast<double>(inside.size());
                const auto f = static_cast<std::size_t>(fold);
                QVERIFY(std::abs(fromDense.foldErrors[f][k] - expected) < 1e-5 * expected);
                QVERIFY(std::abs(fromSparse.foldErrors[f][k] - expected) < 1e-5 * expected);
            }
        }
    }

    void meanAndStandardErrorFollowTheirFormulas() {
        const auto problem = randomProblem(32, 41, 8);
        const CrossValidation cv = crossValidated(*problem, {.folds = 5, .seed = 1});
        QCOMPARE(cv.lambdas.size(), std::size_t{100});
        for (std::size_t k = 0; k < cv.lambdas.size(); ++k) {
            double mean = 0.0, spread = 0.0;
            for (std::size_t f = 0; f < 5; ++f)
                mean += cv.foldSizes[f] / 41.0 * cv.foldErrors[f][k];
            for (std::size_t f = 0; f < 5; ++f)
                spread += cv.foldSizes[f] / 41.0 * std::pow(cv.foldErrors[f][k] - mean, 2);
            QVERIFY(std::abs(cv.meanError[k] - mean) < 1e-12 * mean);
            QVERIFY(std::abs(cv.standardError[k] - std::sqrt(spread / 4.0)) < 1e-12 * mean);
        }
        const double least = *std::min_element(cv.meanError.begin(), cv.meanError.end());
        QCOMPARE(cv.meanError[cv.minimumIndex], least);
        const double bound = least + cv.standardError[cv.minimumIndex];
        QVERIFY(cv.oneStandardErrorIndex <= cv.minimumIndex);
        QVERIFY(cv.meanError[cv.oneStandardErrorIndex] <= bound);
        for (std::size_t k = 0; k < cv.oneStandardErrorIndex; ++k)
            QVERIFY(cv.meanError[k] > bound);
    }

    void threadsChangeNothing() {
        const auto problem = randomProblem(33, 60, 20);
        const CrossValidationOptions one{.folds = 7, .seed = 3, .threads = 1};
        CrossValidationOptions three = one;
        three.threads = 3;
        QVERIFY(crossValidated(*problem, one) == crossValidated(*problem, three));
    }

    void partialResultsArriveAndCancellingStops() {
        const auto problem = randomProblem(34, 40, 6);
        Progress progress;
        std::vector<int> done;
        const auto full =
            crossValidate(*problem, {.folds = 4}, progress, [&](const CrossValidation& partial) {
                done.push_back(partial.foldsDone);
                QCOMPARE(partial.meanError.size(), std::size_t{100});
            });
        QVERIFY(full.has_value());
        QVERIFY((done == std::vector<int>{1, 2, 3, 4}));
        QCOMPARE(progress.fraction(), 1.0);

        Progress stopping;
        int calls = 0;
        const auto stopped = crossValidate(*problem, {.folds = 4}, stopping, [&](const CrossValidation&) {
            ++calls;
            stopping.cancel();
        });
        QVERIFY(!stopped && stopped.error().code == ErrorCode::Cancelled);
        QCOMPARE(calls, 1);
    }

    void foldsThatDoNotFitAreRefused() {
        const auto problem = randomProblem(35, 6, 2);
        Progress progress;
        for (const int folds : {0, 1, 7})
            QVERIFY(!crossValidate(*problem, {.folds = folds}, progress));
        QVERIFY(crossValidate(*problem, {.folds = 6}, progress).has_value());
    }
};

QTEST_APPLESS_MAIN(TestCrossValidation)
#include "tst_cross_validation.moc"
