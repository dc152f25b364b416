// The fast path: certificates at every λ, against brute force, against descent as written on a board, engine
// against engine, and against changed data that must not change the answer.
#include "core/linear/coordinate_descent_path.h"
#include "tests/core/linear/lasso_cases.h"

#include <Eigen/Dense>
#include <QtTest>
#include <algorithm>
#include <limits>
#include <numeric>

using namespace orrery;
using namespace orrery::linear;
using namespace orrery::linear::testing;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using Problem = std::shared_ptr<const RegressionProblem>;

namespace {

LassoOptions optionsFor(const Problem& problem, double alpha, int count = 20, double gap = 1e-6,
                        double ratio = 0.01) {
    return {.alpha = alpha, .lambdas = lambdaGrid(*problem, alpha, count, ratio), .relativeGap = gap};
}

CoordinateDescentPath solved(const Problem& problem, const LassoOptions& options,
                             SweepEngine engine = SweepEngine::Automatic) {
    CoordinateDescentPath solver(problem, options, engine);
    (void)solve(solver);
    return solver;
}

/// How much the best move of one coordinate lowers the objective: never more than the gap.
double bestSingleMove(const RegressionProblem& problem, const VectorXd& r, const VectorXd& beta,
                      double lambda, double alpha) {
    const VectorXd c = transposeTimes(problem, r) / static_cast<double>(problem.rows());
    double best = 0.0;
    for (Eigen::Index j = 0; j < beta.size(); ++j) {
        const double norm = problem.columnNorm2[j];
        if (norm == 0.0) continue;
        VectorXd moved = beta;
        moved[j] = softThreshold(c[j] + norm * beta[j], lambda * alpha) / (norm + lambda * (1.0 - alpha));
        const VectorXd unit = VectorXd::Unit(beta.size(), j);
        const VectorXd left = r - (moved[j] - beta[j]) * times(problem, unit);
        best = std::max(best, objective(problem, r, beta, lambda, alpha) -
                                  objective(problem, left, moved, lambda, alpha));
    }
    return best;
}

/// Every λ there, with a gap that holds when computed again from β alone.
bool isCertified(const CoordinateDescentPath& solver) {
    const RegressionProblem& problem = solver.problem();
    const auto& options = solver.options();
    if (solver.state().status != StepStatus::Converged ||
        solver.state().path.size() != options.lambdas.size())
        return false;
    for (std::size_t k = 0; k < options.lambdas.size(); ++k) {
        const PathPoint& point = *solver.state().path[k];
        const VectorXd beta = betaOf(point, problem.columns());
        const VectorXd r = problem.response - times(problem, beta);
        const double gap = dualityGap(problem, r, beta, point.lambda, options.alpha);
        const double slack = 1e-12 * problem.nullDeviance;
        if (point.lambda != options.lambdas[k] || gap > options.relativeGap * problem.nullDeviance + slack)
            return false;
        if (std::abs(gap - point.gap) > 1e-9 * problem.nullDeviance) return false;
        if (std::abs(point.objective - objective(problem, r, beta, point.lambda, options.alpha)) > slack)
            return false;
        if (bestSingleMove(problem, r, beta, point.lambda, options.alpha) >
            options.relativeGap * problem.nullDeviance + slack)
            return false;
    }
    return true;
}

double largestDifference(const CoordinateDescentPath& a, const CoordinateDescentPath& b) {
    double worst =
        a.state().path.size() == b.state().path.size() ? 0.0 : std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < std::min(a.state().path.size(), b.state().path.size()); ++k)
        worst = std::max(worst, (betaOf(*a.state().path[k], a.problem().columns()) -
                                 betaOf(*b.state().path[k], b.problem().columns()))
                                    .cwiseAbs()
                                    .maxCoeff());
    return worst;
}

/// The least objective over all supports and sign patterns: each gives a linear system, and the minimum is
/// among those solutions whose signs agree with the pattern.
double bruteForce(const RegressionProblem& problem, double lambda, double alpha) {
    const MatrixXd& x = std::get<MatrixXd>(problem.design);
    const double n = static_cast<double>(x.rows());
    const auto p = static_cast<int>(x.cols());
    double best = problem.nullDeviance;
    const int patterns = static_cast<int>(std::lround(std::pow(3.0, p)));
    for (int pattern = 1; pattern < patterns; ++pattern) {
        std::vector<int> support;
        std::vector<double> sign;
        for (int j = 0, rest = pattern; j < p; ++j, rest /= 3)
            if (rest % 3 != 0) {
                support.push_back(j);
                sign.push_back(rest % 3 == 1 ? 1.0 : -1.0);
            }
        const MatrixXd xs = x(Eigen::all, support);
        const VectorXd s = Eigen::Map<const VectorXd>(sign.data(), static_cast<Eigen::Index>(sign.size()));
        MatrixXd system = xs.transpose() * xs / n;
        system.diagonal().array() += lambda * (1.0 - alpha);
        const VectorXd part = system.ldlt().solve(xs.transpose() * problem.response / n - lambda * alpha * s);
        if ((part.array() * s.array() < 0.0).any()) continue;
        VectorXd beta = VectorXd::Zero(p);
        beta(support) = part;
        best = std::min(best, objective(problem, problem.response - x * beta, beta, lambda, alpha));
    }
    return best;
}

} // namespace

class TestCoordinateDescentPath : public QObject {
    Q_OBJECT
  private slots:
    void everyLambdaIsCertified_data() {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<bool>("sparse");
        QTest::addColumn<bool>("standardize");
        QTest::addColumn<double>("alpha");
        for (const double alpha : {1.0, 0.5, 0.05, 0.0})
            for (const bool sparse : {false, true})
                for (const bool standardize : {false, true})
                    for (const auto& [rows, columns] : {std::pair(80, 12), std::pair(30, 90)})
                        QTest::addRow("%d x %d %s %s alpha %g", rows, columns, sparse ? "sparse" : "dense",
                                      standardize ? "standardized" : "as given", alpha)
                            << rows << columns << sparse << standardize << alpha;
    }
    void everyLambdaIsCertified() {
        QFETCH(int, rows);
        QFETCH(int, columns);
        QFETCH(bool, sparse);
        QFETCH(bool, standardize);
        QFETCH(double, alpha);
        for (const std::uint64_t seed : {1, 2, 3}) {
            const LassoCase data =
                sparse ? sparseCase(rows, columns, seed) : correlatedCase(rows, columns, seed);
            const Problem problem =
                sparse ? sparseProblem(data, standardize) : denseProblem(data, standardize);
            for (const double gap : {1e-4, 1e-6, 1e-9})
                QVERIFY2(isCertified(solved(problem, optionsFor(problem, alpha, 20, gap))),
                         qPrintable(QString("seed %1 gap %2").arg(seed).arg(gap)));
        }
    }

    void equalsBruteForce() {
        for (const std::uint64_t seed : {1, 2, 3, 4})
            for (const double alpha : {1.0, 0.5}) {
                const Problem problem = denseProblem(correlatedCase(12, 6, seed), seed % 2 == 0);
                const CoordinateDescentPath solver =
                    solved(problem, optionsFor(problem, alpha, 6, 1e-12, 0.001));
                for (const auto& point : solver.state().path)
                    QVERIFY(std::abs(point->objective - bruteForce(*problem, point->lambda, alpha)) <
                            1e-11 * problem->nullDeviance);
            }
    }

    void equalsDescentAsOnTheBoard() {
        for (const bool sparse : {false, true})
            for (const double alpha : {1.0, 0.5, 0.0}) {
                const LassoCase data = sparse ? sparseCase(40, 15, 7) : correlatedCase(40, 15, 7);
                const Problem problem = sparse ? sparseProblem(data) : denseProblem(data);
                const CoordinateDescentPath solver = solved(problem, optionsFor(problem, alpha, 5, 1e-14));
                for (const auto& point : solver.state().path) {
                    const VectorXd slow = plainDescent(*problem, point->lambda, alpha);
                    QVERIFY((betaOf(*point, 15) - slow).cwiseAbs().maxCoeff() < 1e-6);
                }
            }
    }

    void enginesAgree() {
        for (const double alpha : {1.0, 0.3, 0.0})
            for (const auto& [rows, columns] : {std::pair(60, 20), std::pair(40, 100)}) {
                const Problem problem = denseProblem(correlatedCase(rows, columns, 11));
                const auto options = optionsFor(problem, alpha, 15, 1e-13, 0.05);
                const auto gram = solved(problem, options, SweepEngine::Gram);
                const auto residual = solved(problem, options, SweepEngine::Residual);
                QVERIFY(gram.state().engine == SweepEngine::Gram);
                QVERIFY(residual.state().engine == SweepEngine::Residual);
                QVERIFY(largestDifference(gram, residual) < 1e-5);
                const LassoCase data = correlatedCase(rows, columns, 11);
                QVERIFY(largestDifference(gram, solved(sparseProblem(data), options)) < 1e-5);
            }
    }

    void leastSquaresAtLambdaZero() {
        const LassoCase data = correlatedCase(50, 8, 13);
        for (const Problem& problem : {denseProblem(data), sparseProblem(data)}) {
            LassoOptions options = optionsFor(problem, 1.0, 5, 1e-11);
            options.lambdas.push_back(0.0);
            const auto solver = solved(problem, options);
            QVERIFY(solver.state().status == StepStatus::Converged);
            const Problem dense = denseProblem(data);
            const MatrixXd& x = std::get<MatrixXd>(dense->design);
            const VectorXd exact = x.colPivHouseholderQr().solve(problem->response);
            QVERIFY((betaOf(*solver.state().path.back(), 8) - exact).cwiseAbs().maxCoeff() < 1e-7);
        }
    }

    // y ↦ c·y, λ ↦ c·λ gives c·β; a power of two changes no rounding, so the whole run is the same.
    void scalingTheResponseScalesTheCoefficients() {
        const LassoCase data = correlatedCase(40, 60, 17);
        LassoCase scaled = data;
        scaled.y *= 8.0;
        const Problem a = denseProblem(data), b = denseProblem(scaled);
        const auto first = solved(a, optionsFor(a, 1.0)), second = solved(b, optionsFor(b, 1.0));
        QCOMPARE(first.state().totalSweeps, second.state().totalSweeps);
        for (std::size_t k = 0; k < first.state().path.size(); ++k) {
            const VectorXd expected = 8.0 * betaOf(*first.state().path[k], 60);
            QVERIFY(betaOf(*second.state().path[k], 60) == expected);
        }
    }

    void permutingTheColumnsPermutesTheCoefficients() {
        const LassoCase data = correlatedCase(50, 30, 19);
        LassoCase shuffled = data;
        std::vector<int> order(30);
        std::iota(order.begin(), order.end(), 0);
        Rng(5).shuffle(order);
        for (int j = 0; j < 30; ++j)
            shuffled.x.col(j) = data.x.col(order[static_cast<std::size_t>(j)]);
        const Problem a = denseProblem(data), b = denseProblem(shuffled);
        auto options = optionsFor(a, 1.0, 15, 1e-13);
        const auto first = solved(a, options), second = solved(b, options);
        for (std::size_t k = 0; k < options.lambdas.size(); ++k) {
            const VectorXd beta = betaOf(*first.state().path[k], 30),
                           other = betaOf(*second.state().path[k], 30);
            for (int j = 0; j < 30; ++j)
                QVERIFY(std::abs(other[j] - beta[order[static_cast<std::size_t>(j)]]) < 1e-5);
        }
    }

    void constantAndDuplicatedColumns() {
        LassoCase data = sparseCase(40, 12, 23, 3);
        data.x.col(3).setConstant(4.0);
        data.x.col(7) = data.x.col(0);
        for (const Problem& problem : {denseProblem(data), sparseProblem(data)})
            for (const double alpha : {1.0, 0.5}) {
                const auto solver = solved(problem, optionsFor(problem, alpha));
                QVERIFY(isCertified(solver));
                for (const auto& point : solver.state().path)
                    QCOMPARE(betaOf(*point, 12)[3], 0.0);
            }
    }

    void constantResponseGivesZero() {
        LassoCase data = correlatedCase(30, 10, 29);
        data.y.setConstant(0.3);
        for (const Problem& problem : {denseProblem(data), sparseProblem(data)})
            for (const double alpha : {1.0, 0.0}) {
                const auto solver = solved(problem, optionsFor(problem, alpha, 4));
                QVERIFY(solver.state().status == StepStatus::Converged);
                for (const auto& point : solver.state().path)
                    QVERIFY(point->support.empty());
            }
    }

    void sweepLimitIsExhausted() {
        const Problem problem = denseProblem(correlatedCase(40, 60, 31));
        auto options = optionsFor(problem, 1.0, 20, 1e-12);
        options.maxSweeps = 2;
        CoordinateDescentPath solver(problem, options);
        QVERIFY(solve(solver).last.status == StepStatus::Exhausted);
        const auto stopped = solver.state();
        QVERIFY(solver.step().status == StepStatus::Exhausted);
        QVERIFY(solver.state() == stopped);
    }
};

QTEST_APPLESS_MAIN(TestCoordinateDescentPath)
#include "tst_coordinate_descent_path.moc"
