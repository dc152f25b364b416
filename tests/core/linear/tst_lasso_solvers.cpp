// Every LASSO solver: same optimum as plain coordinate descent, a certificate that tells the truth, closed
// forms, degenerate inputs, and the time machine's promise (any state restored, same run bit for bit).
#include "core/linear/any_lasso_solver.h"
#include "tests/core/linear/lasso_fixtures.h"

#include <QtTest>

using namespace orrery;
using namespace orrery::linear;
using namespace orrery::linear::fixtures;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

AnyLassoSolver solverFor(LassoMethod method, const ProblemPointer& problem, LassoOptions options) {
    auto solver = makeLassoSolver(method, problem, std::move(options));
    Q_ASSERT(solver.has_value());
    return *std::move(solver);
}

std::vector<double> shortGrid(const RegressionProblem& problem, double alpha, int count = 6,
                              double ratio = 0.02) {
    return lambdaGrid(problem, alpha, count, ratio);
}

/// Every solver once for each row of the test.
void addMethods() {
    QTest::addColumn<int>("methodIndex");
    for (std::size_t i = 0; i < kLassoMethods.size(); ++i) {
        const LassoMethod method = kLassoMethods[i];
        QTest::newRow(std::string(idOf(method)).c_str()) << static_cast<int>(i);
    }
}

LassoMethod currentMethod() {
    QFETCH(int, methodIndex);
    return kLassoMethods[static_cast<std::size_t>(methodIndex)];
}

struct Case {
    const char* name;
    ProblemPointer problem;
    double alpha;
};

std::vector<Case> cases() {
    return {{"tall lasso", randomProblem(1, 60, 12), 1.0},
            {"wide lasso", randomProblem(2, 25, 60), 1.0},
            {"elastic net", randomProblem(3, 40, 15), 0.6},
            {"wide elastic net", randomProblem(4, 20, 40), 0.3},
            {"ridge", randomProblem(8, 30, 6), 0.0},
            {"not standardised", randomProblem(5, 50, 10, 0.3, false), 1.0},
            {"sparse", sparseTwins(6, 50, 14).second, 1.0},
            {"sparse elastic net", sparseTwins(7, 20, 30).second, 0.7}};
}

} // namespace

class TestLassoSolvers : public QObject {
    Q_OBJECT
  private slots:
    void reachesTheOptimum_data() { addMethods(); }
    void reachesTheOptimum() {
        const LassoMethod method = currentMethod();
        for (const Case& c : cases()) {
            const RegressionProblem& problem = *c.problem;
            const LassoOptions options{.alpha = c.alpha,
                                       .lambdas = shortGrid(problem, std::max(c.alpha, 0.05)),
                                       .relativeGap = 1e-8};
            AnyLassoSolver solver = solverFor(method, c.problem, options);
            const AdvanceResult end = solve(solver);
            QVERIFY2(end.last.status == StepStatus::Converged, c.name);
            const LassoFrame frame = solver.frame();
            QCOMPARE(frame.path.size(), options.lambdas.size());
            for (std::size_t k = 0; k < frame.path.size(); ++k)
                checkPoint(problem, c, *frame.path[k], options, k);
        }
    }

    void orthonormalDesignIsSoftThresholding_data() { addMethods(); }
    void orthonormalDesignIsSoftThresholding() {
        // Columns of a Hadamard matrix: centred, orthogonal, ‖x_j‖² = n, so β_j = S(x_jᵀy/n, λα)/(1 + λ(1 −
        // α)).
        MatrixXd x(8, 3);
        x << 1, 1, 1, -1, 1, -1, 1, -1, -1, -1, -1, 1, 1, 1, 1, -1, 1, -1, 1, -1, -1, -1, -1, 1;
        const VectorXd y = (VectorXd(8) << 9, -1, 4, -5, 7, 1, 2, -3).finished();
        const auto problem = *makeProblem(x, y, true);
        const double alpha = 0.8;
        const std::vector<double> lambdas{3.0, 1.0, 0.25};
        AnyLassoSolver solver =
            solverFor(currentMethod(), problem, {.alpha = alpha, .lambdas = lambdas, .relativeGap = 1e-13});
        QVERIFY(solve(solver).last.status == StepStatus::Converged);
        const VectorXd rho = x.transpose() * (y.array() - y.mean()).matrix() / 8.0;
        const Path path = solver.frame().path;
        for (std::size_t k = 0; k < lambdas.size(); ++k) {
            const VectorXd beta = denseBeta(path[k]->support, path[k]->values, 3);
            for (Eigen::Index j = 0; j < 3; ++j) {
                const double expected =
                    softThreshold(rho[j], lambdas[k] * alpha) / (1.0 + lambdas[k] * (1.0 - alpha));
                QVERIFY(std::abs(beta[j] - expected) < 1e-5);
            }
        }
    }

    void anyStateRestoresBitForBit_data() { addMethods(); }
    void anyStateRestoresBitForBit() {
        const LassoMethod method = currentMethod();
        for (const Case& c : cases()) {
            const LassoOptions options{.alpha = c.alpha,
                                       .lambdas = shortGrid(*c.problem, std::max(c.alpha, 0.05), 3),
                                       .relativeGap = 1e-4,
                                       .maxSweeps = 200};
            AnyLassoSolver straight = solverFor(method, c.problem, options);
            std::vector<AnyLassoSolver::State> states{straight.state()};
            while (states.size() < 400 && straight.step().status == StepStatus::Advanced)
                states.push_back(straight.state());
            Rng rng(11);
            AnyLassoSolver traveller = solverFor(method, c.problem, options);
            for (int visit = 0; visit < 25; ++visit) {
                const std::size_t from = rng.below(states.size());
                const std::size_t to = std::min(from + rng.below(40), states.size() - 1);
                traveller.restore(states[from]);
                for (std::size_t k = from; k < to; ++k)
                    (void)traveller.step();
                QVERIFY2(traveller.state() == states[to], c.name);
            }
        }
    }

    void stepsEqualSolve_data() { addMethods(); }
    void stepsEqualSolve() {
        for (const Case& c : cases()) {
            const LassoOptions options{.alpha = c.alpha,
                                       .lambdas = shortGrid(*c.problem, std::max(c.alpha, 0.05), 4),
                                       .relativeGap = 1e-5};
            AnyLassoSolver stepped = solverFor(currentMethod(), c.problem, options);
            AnyLassoSolver solved = solverFor(currentMethod(), c.problem, options);
            std::int64_t steps = 1, phases = 0;
            StepResult result;
            while ((result = stepped.step()).status == StepStatus::Advanced) {
                ++steps;
                phases += result.boundary == StepBoundary::Phase;
            }
            const AdvanceResult end = solve(solved);
            QCOMPARE(end.steps, steps);
            QVERIFY(end.last == result);
            QVERIFY(stepped.state() == solved.state());
            QCOMPARE(phases + 1, static_cast<std::int64_t>(options.lambdas.size()));
            // A step past the end changes nothing.
            const AnyLassoSolver::State before = stepped.state();
            QVERIFY(stepped.step().status == result.status);
            QVERIFY(stepped.state() == before);
        }
    }

    void sparseEqualsDense_data() { addMethods(); }
    void sparseEqualsDense() {
        const auto [dense, sparse] = sparseTwins(9, 40, 12);
        const LassoOptions options{.lambdas = shortGrid(*dense, 1.0), .relativeGap = 1e-11};
        AnyLassoSolver left = solverFor(currentMethod(), dense, options);
        AnyLassoSolver right = solverFor(currentMethod(), sparse, options);
        (void)solve(left);
        (void)solve(right);
        QVERIFY((left.frame().beta - right.frame().beta).cwiseAbs().maxCoeff() < 1e-4);
    }

    void degenerateInputs_data() { addMethods(); }
    void degenerateInputs() {
        MatrixXd duplicates(6, 4);
        duplicates << 1, 1, 5, -1, 2, 2, 5, -2, 4, 4, 5, -4, 3, 3, 5, -3, 7, 7, 5, -7, 6, 6, 5, -6;
        const VectorXd y = (VectorXd(6) << 1, 3, 2, 5, 4, 9).finished();
        MatrixXd ties(4, 2);
        ties << 1, 0, -1, 0, 0, 1, 0, -1;
        const VectorXd tied = (VectorXd(4) << 1, -1, 1, -1).finished();
        const std::vector<std::pair<const char*, ProblemPointer>> problems{
            {"duplicates and a constant column", *makeProblem(duplicates, y, true)},
            {"constant response", *makeProblem(duplicates, VectorXd::Constant(6, 3.25), true)},
            // xᵀy is zero but for rounding: x is even about the middle row, y odd.
            {"uncorrelated", *makeProblem(MatrixXd((VectorXd(5) << 0.1, 0.7, 0.3, 0.7, 0.1).finished()),
                                          (VectorXd(5) << 1.1, 0.4, 0.7, 1.0, 0.3).finished(), true)},
            {"p = 1", *makeProblem(MatrixXd(duplicates.leftCols(1)), y, true)},
            {"n = 2", *makeProblem(MatrixXd(duplicates.topRows(2)), VectorXd(y.head(2)), true)},
            {"only a constant column", *makeProblem(MatrixXd::Constant(6, 1, 2.0), y, true)},
            {"tied columns", *makeProblem(ties, tied, false)}};
        for (const auto& [name, problem] : problems) {
            for (const double alpha : {1.0, 0.5}) {
                const LassoOptions options{.alpha = alpha, .lambdas = lambdaGrid(*problem, alpha, 5, 0.01)};
                AnyLassoSolver solver = solverFor(currentMethod(), problem, options);
                const AdvanceResult end = solve(solver, 1'000'000);
                QVERIFY2(end.last.status == StepStatus::Converged, name);
                const LassoFrame frame = solver.frame();
                QVERIFY2(frame.beta.allFinite(), name);
                QVERIFY2(frame.relativeGap <= 1e-6, name);
                const VectorXd expected = plainCoordinateDescent(*problem, options.lambdas.back(), alpha);
                const double best = objective(*problem, problem->response - times(*problem, expected),
                                              expected, options.lambdas.back(), alpha);
                QVERIFY2(frame.objective <= best + 1e-6 * problem->nullDeviance + 1e-15, name);
            }
        }
    }

    void badOptionsAreRefusedInOneSentence() {
        const auto problem = randomProblem(1, 10, 3);
        const auto refused = [&](LassoOptions options) {
            const auto solver = makeLassoSolver(LassoMethod::Fista, problem, std::move(options));
            return !solver && !solver.error().message.empty();
        };
        QVERIFY(refused({.alpha = 1.5}));
        QVERIFY(refused({.lambdas = {0.1, 0.2}}));
        QVERIFY(refused({.lambdas = {-1.0}}));
        QVERIFY(refused({.relativeGap = 0.0}));
        QVERIFY(!refused({.lambdas = {0.2, 0.1}}));
    }

    void limitIsExhausted_data() { addMethods(); }
    void limitIsExhausted() {
        if (currentMethod() == LassoMethod::Lars) QSKIP("LARS counts knots, not iterations");
        const auto problem = randomProblem(12, 80, 30, 0.9);
        const LassoOptions options{
            .lambdas = shortGrid(*problem, 1.0, 4, 1e-3), .relativeGap = 1e-14, .maxSweeps = 2};
        AnyLassoSolver solver = solverFor(currentMethod(), problem, options);
        QVERIFY(solve(solver).last.status == StepStatus::Exhausted);
    }

    void operationsAreCounted_data() { addMethods(); }
    void operationsAreCounted() {
        const auto problem = randomProblem(13, 30, 8);
        AnyLassoSolver solver = solverFor(currentMethod(), problem, {.lambdas = shortGrid(*problem, 1.0)});
        double before = solver.frame().flops;
        while (solver.step().status == StepStatus::Advanced) {
            const double now = solver.frame().flops;
            QVERIFY(now >= before);
            before = now;
        }
        QVERIFY(before > 0.0);
    }

  private:
    static void checkPoint(const RegressionProblem& problem, const Case& c, const PathPoint& point,
                           const LassoOptions& options, std::size_t k) {
        const double lambda = options.lambdas[k];
        QCOMPARE(point.lambda, lambda);
        const VectorXd beta = denseBeta(point.support, point.values, problem.columns());
        const VectorXd residual = problem.response - times(problem, beta);
        // The recorded certificate against the reference functions, at the recorded β.
        const double scale = problem.nullDeviance;
        QVERIFY2(std::abs(point.objective - objective(problem, residual, beta, lambda, c.alpha)) <
                     1e-11 * scale,
                 c.name);
        QVERIFY2(dualityGap(problem, residual, beta, lambda, c.alpha) <= 1.001e-8 * scale, c.name);
        const VectorXd expected = plainCoordinateDescent(problem, lambda, c.alpha);
        const double best =
            objective(problem, problem.response - times(problem, expected), expected, lambda, c.alpha);
        QVERIFY2(point.objective - best <= 1.001e-8 * scale && point.objective - best >= -1e-10 * scale,
                 c.name);
        QVERIFY2(kktViolation(problem, residual, beta, lambda, c.alpha) < 1e-2 * lambdaMax(problem, 1.0),
                 c.name);
        QVERIFY2(std::abs(point.devianceRatio -
                          (1.0 - residual.squaredNorm() / problem.response.squaredNorm())) < 1e-10,
                 c.name);
    }
};

QTEST_APPLESS_MAIN(TestLassoSolvers)
#include "tst_lasso_solvers.moc"
