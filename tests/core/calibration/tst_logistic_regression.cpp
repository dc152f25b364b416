// Logistic regression against scikit-learn on the breast-cancer data, against its optimality conditions, and
// by its two ways of solving for a step.
#include "core/calibration/logistic_regression.h"
#include "core/data/builtins.h"
#include "tests/core/calibration/calibration_cases.h"

#include <QtTest>

using namespace orrery;
using namespace orrery::calibration;
using namespace orrery::calibration::testing;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

BinaryDesign breastCancer() {
    return *binaryDesignOf({.table = *data::loadBuiltin("breast_cancer")});
}

BinaryDesign randomDesign(Index rows, Index columns, std::uint64_t seed, double signal = 1.0) {
    Rng rng(seed);
    BinaryDesign design;
    MatrixXd x(rows, columns);
    for (Index i = 0; i < rows; ++i) {
        for (Index j = 0; j < columns; ++j)
            x(i, j) = rng.uniform() < 0.5
                          ? 0.0
                          : rng.normal(static_cast<double>(j % 3), 1.0 + static_cast<double>(j % 5));
        design.labels.push_back(i < 2 ? i == 0 : rng.uniform() < sigmoid(signal * (x(i, 0) - 0.5)));
    }
    design.x = x;
    return design;
}

LogisticModel fit(const BinaryDesign& design, const LogisticOptions& options = {}) {
    Progress progress;
    return *fitLogisticRegression(design, options, progress);
}

/// Largest entry of the gradient in standardised columns, from the data as given.
double largestGradient(const BinaryDesign& design, const LogisticModel& model, double penalty) {
    const MatrixXd x = std::visit([](const auto& m) { return MatrixXd(m); }, design.x);
    const VectorXd z = logOdds(model, design);
    VectorXd residual(z.size());
    for (Index i = 0; i < z.size(); ++i)
        residual[i] = sigmoid(z[i]) - design.labels[static_cast<std::size_t>(i)];
    double largest = std::abs(residual.sum());
    for (Index j = 0; j < x.cols(); ++j) {
        const VectorXd centred = x.col(j).array() - x.col(j).mean();
        const double scale = std::sqrt(centred.squaredNorm() / static_cast<double>(x.rows()));
        const double beta = model.coefficients[j] * scale;
        largest = std::max(largest, std::abs(centred.dot(residual) / scale + penalty * beta));
    }
    return largest / static_cast<double>(z.size());
}

} // namespace

class TestLogisticRegression : public QObject {
    Q_OBJECT
  private slots:
    void equalsScikitLearn() {
        const BinaryDesign design = breastCancer();
        QCOMPARE(design.eventName, std::string("malignant"));
        for (const auto& row : readGolden("logistic_regression.csv")) {
            const LogisticModel model = fit(design, {.inverseStrength = number(row[0]), .tolerance = 1e-12});
            QVERIFY2(model.converged,
                     qPrintable(QString("%1 after %2").arg(model.gradientNorm).arg(model.iterations)));
            QVERIFY(std::abs(model.standardizedIntercept - number(row[1])) < 1e-7);
            for (Index j = 0; j < 30; ++j)
                QVERIFY2(std::abs(model.standardized[j] - number(row[static_cast<std::size_t>(j) + 2])) <
                             1e-7,
                         qPrintable(QString("C %1 column %2").arg(row[0].c_str()).arg(j)));
        }
    }
    void meetsItsConditions() {
        for (const std::uint64_t seed : {1, 2, 3})
            for (const double c : {0.1, 10.0}) {
                const BinaryDesign design = randomDesign(60, 8, seed);
                const LogisticModel model = fit(design, {.inverseStrength = c});
                QVERIFY(model.converged);
                QVERIFY2(largestGradient(design, model, 1.0 / c) < 2e-8,
                         qPrintable(QString("seed %1").arg(seed)));
            }
    }
    void moreColumnsThanRowsAndBothWaysOfSolving() {
        const BinaryDesign wide = randomDesign(50, kDirectColumns + 40, 4);
        const LogisticModel byGradients = fit(wide);
        QVERIFY(byGradients.converged);
        QVERIFY(largestGradient(wide, byGradients, 1.0) < 2e-8);
        // The same design, once factored and once sparse (which takes conjugate gradients).
        BinaryDesign dense = randomDesign(120, 12, 5), sparse = dense;
        sparse.x = data::SparseMatrix(std::get<MatrixXd>(dense.x).sparseView());
        const LogisticModel a = fit(dense, {.tolerance = 1e-11}), b = fit(sparse, {.tolerance = 1e-11});
        QVERIFY(a.converged && b.converged);
        QVERIFY((a.coefficients - b.coefficients).cwiseAbs().maxCoeff() < 1e-8);
        QVERIFY(std::abs(a.intercept - b.intercept) < 1e-8);
    }
    void separableDataStaysFinite() {
        BinaryDesign design = randomDesign(40, 3, 6);
        auto& x = std::get<MatrixXd>(design.x);
        for (Index i = 0; i < x.rows(); ++i)
            x(i, 0) = design.labels[static_cast<std::size_t>(i)] ? 5.0 + static_cast<double>(i)
                                                                 : -5.0 - static_cast<double>(i);
        for (const double c : {1.0, 1e6}) {
            const LogisticModel model = fit(design, {.inverseStrength = c});
            QVERIFY(model.converged && model.coefficients.allFinite());
            QVERIFY(largestGradient(design, model, 1.0 / c) < 2e-8);
        }
    }
    void constantColumnsCountNothing() {
        BinaryDesign design = randomDesign(50, 4, 7);
        std::get<MatrixXd>(design.x).col(2).setConstant(3.7);
        const LogisticModel model = fit(design);
        QVERIFY(model.converged);
        QCOMPARE(model.coefficients[2], 0.0);
    }
    void unitsOfColumnsDoNotMatter() {
        const BinaryDesign design = randomDesign(70, 5, 8);
        BinaryDesign scaled = design;
        std::get<MatrixXd>(scaled.x).col(1) *= 1e6;
        std::get<MatrixXd>(scaled.x).col(3).array() += 1e3;
        const VectorXd a = logOdds(fit(design, {.tolerance = 1e-11}), design);
        const VectorXd b = logOdds(fit(scaled, {.tolerance = 1e-11}), scaled);
        QVERIFY((a - b).cwiseAbs().maxCoeff() < 1e-7);
    }
    void saysWhenItDidNotConverge() {
        const LogisticModel model = fit(breastCancer(), {.maxIterations = 2});
        QVERIFY(!model.converged);
        QCOMPARE(model.iterations, 2);
        Progress progress;
        const BinaryDesign design = breastCancer();
        const auto scores = LogisticScoring({.maxIterations = 2}).scores(design, design, progress);
        QVERIFY(!scores);
        QVERIFY(scores.error().message.starts_with("logistic regression stopped after 2 iterations"));
    }
    void refusesInOneSentence() {
        Progress progress;
        BinaryDesign design = randomDesign(20, 3, 9);
        QVERIFY(!fitLogisticRegression(design, {.inverseStrength = 0.0}, progress));
        design.labels.assign(20, 0);
        QCOMPARE(QString::fromStdString(fitLogisticRegression(design, {}, progress).error().message),
                 "every row is 0, but logistic regression needs two classes");
        design = randomDesign(20, 3, 9);
        std::get<MatrixXd>(design.x)(4, 1) = std::nan("");
        QVERIFY(!fitLogisticRegression(design, {}, progress));
        const auto manyClasses = binaryDesignOf({.table = *data::loadBuiltin("iris")});
        QVERIFY(!manyClasses);
        QVERIFY(manyClasses.error().message.starts_with("column “species” has more than two values"));
        progress.cancel();
        const auto stopped = fitLogisticRegression(randomDesign(20, 3, 9), {}, progress);
        QVERIFY(!stopped && stopped.error().code == ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestLogisticRegression)
#include "tst_logistic_regression.moc"
