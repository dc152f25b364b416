// LARS: exact knots against scikit-learn's, against plain coordinate descent between them, drops, and the
// factor that grows and shrinks.
#include "core/linear/lars.h"
#include "core/linear/packed_cholesky.h"
#include "tests/core/linear/lasso_fixtures.h"

#include <Eigen/Cholesky>
#include <QtTest>

using namespace orrery;
using namespace orrery::linear;
using namespace orrery::linear::fixtures;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

std::vector<std::vector<double>> golden(const char* name) {
    return readNumbers(QStringLiteral(ORRERY_TEST_DATA "/lasso_diabetes/") + QLatin1String(name));
}

} // namespace

class TestLars : public QObject {
    Q_OBJECT
  private slots:
    void factorFollowsAppendAndRemove() {
        Rng rng(3);
        MatrixXd a(12, 7);
        for (double& value : a.reshaped())
            value = rng.normal();
        const MatrixXd gram = a.transpose() * a;
        PackedCholesky factor;
        std::vector<int> kept;
        const auto append = [&](int j) {
            std::vector<double> products;
            for (const int i : kept)
                products.push_back(gram(i, j));
            QVERIFY(factor.append(products, gram(j, j), 1e-10));
            kept.push_back(j);
        };
        for (int j = 0; j < 7; ++j)
            append(j);
        for (const int position : {2, 0, 4}) {
            factor.remove(static_cast<std::size_t>(position));
            kept.erase(kept.begin() + position);
        }
        append(2);
        const VectorXd right = VectorXd::LinSpaced(5, 1.0, 2.0);
        std::vector<double> x(right.begin(), right.end());
        factor.solveInPlace(x);
        const VectorXd expected = MatrixXd(gram(kept, kept)).llt().solve(right);
        for (std::size_t i = 0; i < x.size(); ++i)
            QVERIFY(std::abs(x[i] - expected[static_cast<Eigen::Index>(i)]) < 1e-9);
        // A copy of a column that is there is refused and changes nothing.
        const PackedCholesky before = factor;
        std::vector<double> products;
        for (const int i : kept)
            products.push_back(gram(i, kept[1]));
        QVERIFY(!factor.append(products, gram(kept[1], kept[1]), 1e-10));
        QVERIFY(factor == before);
    }

    void knotsOfDiabetesEqualScikitLearn() {
        const auto expected = golden("lars_path.csv");
        QVERIFY(!expected.empty());
        const auto problem = diabetes();
        QVERIFY(problem);
        Lars lars(problem, {.lambdas = {1e-9}});
        QVERIFY(solve(lars).last.status == StepStatus::Converged);
        Path knots = lars.state().knots;
        QCOMPARE(knots.size() + 1, expected.size()); // theirs has the end of the path, λ = 0, as well
        knots.push_back(lars.state().iterate.path.back());
        for (std::size_t k = 0; k < knots.size(); ++k) {
            QVERIFY(std::abs(knots[k]->lambda - expected[k][0]) < 1e-8);
            const VectorXd beta = denseBeta(knots[k]->support, knots[k]->values, 10);
            for (std::size_t j = 0; j < 10; ++j)
                QVERIFY(std::abs(beta[static_cast<Eigen::Index>(j)] - expected[k][j + 1]) < 1e-6);
        }
    }

    void betweenKnotsEqualsCoordinateDescent() {
        bool dropSeen = false;
        for (const auto& problem : {randomProblem(21, 40, 12, 0.7), randomProblem(22, 15, 40, 0.6)}) {
            const auto lambdas = lambdaGrid(*problem, 1.0, 40, 0.005);
            Lars lars(problem, {.lambdas = lambdas});
            do
                dropSeen = dropSeen || lars.state().event == LarsEvent::Drop;
            while (lars.step().status == StepStatus::Advanced);
            QVERIFY(lars.state().iterate.status == StepStatus::Converged);
            for (const auto& point : lars.state().iterate.path) {
                QVERIFY(point->gap <= 1e-12 * problem->nullDeviance);
                const VectorXd beta = denseBeta(point->support, point->values, problem->columns());
                const VectorXd fit =
                    times(*problem, beta - plainCoordinateDescent(*problem, point->lambda, 1.0));
                QVERIFY(fit.norm() < 1e-6 * problem->response.norm());
            }
        }
        QVERIFY(dropSeen);
    }

    void knotsAreExact() {
        // At a knot the joining column's correlation equals λ, and nothing exceeds it.
        const auto problem = randomProblem(23, 30, 10, 0.5);
        Lars lars(problem, {.lambdas = lambdaGrid(*problem, 1.0, 2, 1e-3)});
        while (lars.step().status == StepStatus::Advanced) {
            const Lars::State& s = lars.state();
            const VectorXd correlation = transposeTimes(*problem, s.iterate.residual) / 30.0;
            QVERIFY(correlation.cwiseAbs().maxCoeff() <= s.threshold * (1.0 + 1e-9) + 1e-12);
            if (s.event == LarsEvent::Join)
                QVERIFY(std::abs(std::abs(correlation[s.column]) - s.threshold) < 1e-9);
            if (s.event == LarsEvent::Drop) QCOMPARE(s.iterate.beta[s.column], 0.0);
        }
    }
};

QTEST_APPLESS_MAIN(TestLars)
#include "tst_lars.moc"
