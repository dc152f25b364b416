// The regression problem: centring and scaling, dense against sparse, and the certificates against their
// definitions and against closed forms.
#include "core/linear/regression_problem.h"
#include "core/support/rng.h"

#include <QtTest>
#include <cmath>
#include <limits>

using namespace orrery;
using namespace orrery::linear;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

struct Data {
    MatrixXd x;
    VectorXd y;
};

/// About one entry in three is not zero, so that the same data serve both storages.
Data randomData(int rows, int columns, std::uint64_t seed) {
    Rng rng(seed);
    Data data{MatrixXd::Zero(rows, columns), VectorXd(rows)};
    for (int j = 0; j < columns; ++j)
        for (int i = 0; i < rows; ++i)
            if (rng.below(3) == 0) data.x(i, j) = rng.normal(2.0 * j, 1.0 + j);
    for (int i = 0; i < rows; ++i)
        data.y[i] = rng.normal(5.0, 2.0);
    return data;
}

std::shared_ptr<const RegressionProblem> dense(const Data& data, bool standardize) {
    return makeProblem(data.x, data.y, standardize).value();
}

std::shared_ptr<const RegressionProblem> sparse(const Data& data, bool standardize) {
    return makeProblem(SparseDesign(data.x.sparseView()), data.y, standardize).value();
}

double distance(const VectorXd& a, const VectorXd& b) {
    return (a - b).cwiseAbs().maxCoeff();
}

} // namespace

class TestRegressionProblem : public QObject {
    Q_OBJECT
  private slots:
    void columnsAreCentredAndScaled() {
        const Data data = randomData(40, 6, 1);
        const auto problem = dense(data, true);
        const MatrixXd& x = std::get<MatrixXd>(problem->design);
        for (int j = 0; j < 6; ++j) {
            QVERIFY(std::abs(x.col(j).sum()) < 1e-11);
            QVERIFY(std::abs(x.col(j).squaredNorm() / 40.0 - 1.0) < 1e-13);
            const VectorXd back = (x.col(j) * problem->columnScale[j]).array() + problem->columnMean[j];
            QVERIFY(distance(back, data.x.col(j)) < 1e-11);
        }
        QVERIFY(std::abs(problem->response.sum()) < 1e-11);
        QCOMPARE(problem->nullDeviance, problem->response.squaredNorm() / 80.0);
        QCOMPARE(dense(data, false)->columnScale, VectorXd::Ones(6));
    }

    void sparseEqualsDense() {
        for (const bool standardize : {false, true}) {
            const Data data = randomData(50, 8, 2);
            const auto a = dense(data, standardize);
            const auto b = sparse(data, standardize);
            QVERIFY(b->isSparse() && !a->isSparse());
            QVERIFY(distance(a->columnMean, b->columnMean) < 1e-12);
            QVERIFY(distance(a->columnScale, b->columnScale) < 1e-12);
            QVERIFY(distance(a->columnNorm2, b->columnNorm2) < 1e-10);
            const VectorXd beta = VectorXd::LinSpaced(8, -1.0, 2.0);
            QVERIFY(distance(times(*a, beta), times(*b, beta)) < 1e-11);
            const VectorXd r = a->response - times(*a, beta);
            QVERIFY(distance(transposeTimes(*a, r), transposeTimes(*b, r)) < 1e-8);
            for (const double alpha : {1.0, 0.5, 0.0}) {
                const double gap = dualityGap(*a, r, beta, 0.3, alpha);
                QVERIFY(std::abs(gap - dualityGap(*b, r, beta, 0.3, alpha)) < 1e-10 * (1.0 + gap));
                QVERIFY(std::abs(kktViolation(*a, r, beta, 0.3, alpha) -
                                 kktViolation(*b, r, beta, 0.3, alpha)) < 1e-9);
            }
        }
    }

    void constantColumnsAreZero() {
        Data data = randomData(30, 4, 3);
        data.x.col(1).setConstant(0.1);
        data.x.col(2).setZero();
        for (const auto& problem : {dense(data, true), sparse(data, true)}) {
            for (const int j : {1, 2}) {
                QCOMPARE(problem->columnNorm2[j], 0.0);
                QCOMPARE(problem->columnScale[j], 1.0);
                QCOMPARE(transposeTimes(*problem, problem->response)[j], 0.0);
                VectorXd unit = VectorXd::Zero(4);
                unit[j] = 1.0;
                QCOMPARE(times(*problem, unit).norm(), 0.0);
            }
            QVERIFY(problem->columnNorm2[0] > 0.5);
        }
    }

    void constantResponseHasNothingToFit() {
        Data data = randomData(30, 4, 4);
        data.y.setConstant(0.1);
        const auto problem = dense(data, true);
        QCOMPARE(problem->nullDeviance, 0.0);
        QCOMPARE(problem->responseMean, 0.1);
        QCOMPARE(lambdaMax(*problem, 1.0), 0.0);
        const auto grid = lambdaGrid(*problem, 1.0, 5, 0.01);
        QVERIFY(grid.front() > 0.0 && grid.back() > 0.0);
    }

    void lambdaMaxIsWhereTheFirstColumnEnters() {
        for (const double alpha : {1.0, 0.5, 0.05}) {
            const auto problem = dense(randomData(40, 6, 5), true);
            const double top = lambdaMax(*problem, alpha);
            const VectorXd zero = VectorXd::Zero(6);
            QVERIFY(kktViolation(*problem, problem->response, zero, top, alpha) < 1e-13 * top);
            QVERIFY(kktViolation(*problem, problem->response, zero, 0.99 * top, alpha) > 1e-4 * top * alpha);
            QVERIFY(dualityGap(*problem, problem->response, zero, top, alpha) <
                    1e-12 * problem->nullDeviance);
        }
        const auto problem = dense(randomData(40, 6, 5), true);
        QVERIFY(std::abs(lambdaMax(*problem, 0.0) - 1e3 * lambdaMax(*problem, 1.0)) <
                1e-6 * lambdaMax(*problem, 0.0));
    }

    void gridIsGeometric() {
        const auto problem = dense(randomData(40, 6, 6), true);
        const auto grid = lambdaGrid(*problem, 1.0, 11, 0.01);
        QCOMPARE(grid.size(), std::size_t{11});
        QCOMPARE(grid[0], lambdaMax(*problem, 1.0));
        QVERIFY(std::abs(grid[10] / grid[0] - 0.01) < 1e-15);
        for (std::size_t k = 1; k < grid.size(); ++k)
            QVERIFY(std::abs(grid[k] / grid[k - 1] - std::pow(0.01, 0.1)) < 1e-14);
        QCOMPARE(defaultLambdaRatio(*problem), 1e-4);
        QCOMPARE(defaultLambdaRatio(*dense(randomData(6, 40, 6), true)), 1e-2);
    }

    // One column with ‖x‖²/n = 1: β* = S(ρ, λα)/(1 + λ(1 − α)), so the true suboptimality is known.
    void gapBoundsTheSuboptimalityOfOneColumn() {
        const auto problem = dense(randomData(30, 1, 7), true);
        const double rho = transposeTimes(*problem, problem->response)[0] / 30.0;
        for (const double alpha : {1.0, 0.5, 0.05, 0.0}) {
            const double lambda = 0.3 * std::abs(rho);
            const auto at = [&](double b) {
                const VectorXd beta = VectorXd::Constant(1, b);
                const VectorXd r = problem->response - times(*problem, beta);
                return std::tuple(objective(*problem, r, beta, lambda, alpha),
                                  dualityGap(*problem, r, beta, lambda, alpha),
                                  kktViolation(*problem, r, beta, lambda, alpha));
            };
            const double best = softThreshold(rho, lambda * alpha) / (1.0 + lambda * (1.0 - alpha));
            const auto [bestObjective, bestGap, bestViolation] = at(best);
            QVERIFY(bestGap < 1e-13 * problem->nullDeviance);
            QVERIFY(bestViolation < 1e-14);
            for (const double b : {-1.0, 0.0, 0.5 * best, 0.999 * best, 1.7 * best}) {
                const auto [value, gap, violation] = at(b);
                QVERIFY(value > bestObjective);
                QVERIFY(gap >= (value - bestObjective) * (1.0 - 1e-9));
                QVERIFY(violation > 0.0);
            }
        }
    }

    void modelInDataScalePredictsTheSame() {
        const Data data = randomData(30, 5, 8);
        const auto problem = dense(data, true);
        const VectorXd beta = VectorXd::LinSpaced(5, -1.0, 1.0);
        const DataScaleModel model = coefficientsInDataScale(*problem, beta);
        const VectorXd fitted = (data.x * model.coefficients).array() + model.intercept;
        const VectorXd centred = times(*problem, beta).array() + problem->responseMean;
        QVERIFY(distance(fitted, centred) < 1e-12);
    }

    void badInputIsRefused() {
        const Data data = randomData(10, 3, 9);
        QVERIFY(!makeProblem(data.x.topRows(9), data.y, true));
        QVERIFY(!makeProblem(MatrixXd(10, 0), data.y, true));
        QVERIFY(!makeProblem(MatrixXd::Ones(1, 3), VectorXd::Ones(1), true));
        QVERIFY(!makeProblem(data.x, data.y, true, {"a"}));
        Data broken = data;
        broken.x(4, 2) = std::numeric_limits<double>::quiet_NaN();
        const auto refused = makeProblem(broken.x, broken.y, true, {"a", "b", "c"});
        QVERIFY(!refused);
        QVERIFY(refused.error().message.find("row 5") != std::string::npos);
        QVERIFY(refused.error().message.find("“c”") != std::string::npos);
        QVERIFY(!makeProblem(SparseDesign(broken.x.sparseView()), broken.y, true));
        broken = data;
        broken.y[2] = std::numeric_limits<double>::infinity();
        QVERIFY(!makeProblem(broken.x, broken.y, true));
    }
};

QTEST_APPLESS_MAIN(TestRegressionProblem)
#include "tst_regression_problem.moc"
