// What the views read: results in the scale of the data, λ between knots, frames, the race, the plane
// geometry.
#include "core/linear/any_lasso_solver.h"
#include "core/linear/geometry.h"
#include "core/linear/lasso_result.h"
#include "core/linear/solver_race.h"
#include "tests/core/linear/lasso_fixtures.h"

#include <QtTest>
#include <limits>

using namespace orrery;
using namespace orrery::linear;
using namespace orrery::linear::fixtures;
using Eigen::Vector2d;
using Eigen::VectorXd;

class TestLassoViews : public QObject {
    Q_OBJECT
  private slots:
    void resultIsInTheScaleOfTheData() {
        const auto problem = diabetes();
        QVERIFY(problem);
        auto solver = *makeLassoSolver(LassoMethod::CoordinateDescent, problem, {});
        (void)solve(solver);
        const Path path = solver.frame().path;
        const LassoResult result = makeLassoResult(*problem, path);
        QCOMPARE(result.points.size(), path.size());
        QCOMPARE(result.names.size(), std::size_t{10});
        for (std::size_t k = 0; k < path.size(); ++k) {
            const LassoResultPoint& point = result.points[k];
            const DataScaleModel model =
                coefficientsInDataScale(*problem, denseBeta(path[k]->support, path[k]->values, 10));
            QVERIFY((denseBeta(point.support, point.coefficients, 10) - model.coefficients).norm() < 1e-12);
            QVERIFY(std::abs(point.intercept - model.intercept) < 1e-9);
            QCOMPARE(point.df(), static_cast<int>(path[k]->support.size()));
            QVERIFY(point.relativeGap <= 1e-6);
        }
    }

    void betweenKnotsThePathIsInterpolatedExactly() {
        const auto problem = randomProblem(41, 50, 9, 0.6);
        auto solver =
            *makeLassoSolver(LassoMethod::Lars, problem, {.lambdas = lambdaGrid(*problem, 1.0, 3, 1e-3)});
        (void)solve(solver);
        const LassoFrame frame = solver.frame();
        const Path path = mergePaths(frame.path, frame.knots);
        for (std::size_t k = 1; k < path.size(); ++k)
            QVERIFY(path[k]->lambda < path[k - 1]->lambda);
        for (const double part : {0.9, 0.31, 0.07, 0.004}) {
            const double lambda = part * lambdaMax(*problem, 1.0);
            const VectorXd expected = plainCoordinateDescent(*problem, lambda, 1.0);
            QVERIFY((betaAt(path, lambda, 9) - expected).cwiseAbs().maxCoeff() < 1e-9);
        }
        QCOMPARE(betaAt(path, 2.0 * lambdaMax(*problem, 1.0), 9).norm(), 0.0);
        QVERIFY(betaAt(path, 0.0, 9) == denseBeta(path.back()->support, path.back()->values, 9));
    }

    void framesAndTracesAgree() {
        const auto problem = randomProblem(42, 40, 7);
        for (const LassoMethod method : kLassoMethods) {
            auto solver = *makeLassoSolver(method, problem, {.lambdas = lambdaGrid(*problem, 1.0, 5, 0.05)});
            std::vector<double> row(AnyLassoSolver::traceColumns().size());
            do {
                const LassoFrame frame = solver.frame();
                solver.traceRow(row);
                QCOMPARE(frame.method, method);
                QVERIFY((row == std::vector<double>{frame.objective, frame.relativeGap, frame.kkt,
                                                    static_cast<double>(frame.nonZeros), frame.flops}));
                QCOMPARE(frame.beta.size(), 7);
            } while (solver.step().status == StepStatus::Advanced);
        }
    }

    void coordinateMoveTellsTheSoftThreshold() {
        const auto problem = randomProblem(43, 40, 5);
        auto solver = *makeLassoSolver(LassoMethod::CoordinateDescent, problem,
                                       {.alpha = 0.8, .lambdas = {0.2 * lambdaMax(*problem, 0.8)}});
        int moves = 0;
        do {
            const CoordinateMove move = solver.frame().move;
            if (move.column < 0) continue;
            ++moves;
            QVERIFY(std::abs(move.after - softThreshold(move.rho, move.threshold) / move.denominator) <
                    1e-12);
            QCOMPARE(solver.frame().beta[move.column], move.after);
        } while (solver.step().status == StepStatus::Advanced);
        QVERIFY(moves > 0);
    }

    void everyoneFinishesTheRace() {
        const auto problem = randomProblem(44, 80, 20);
        Progress progress;
        const RaceOptions options{.lambda = 0.1 * lambdaMax(*problem, 1.0), .relativeGap = 1e-7};
        const auto entries = runRace(problem, options, progress);
        QVERIFY(entries.has_value());
        QCOMPARE(entries->size(), kLassoMethods.size());
        for (const RaceEntry& entry : *entries) {
            QVERIFY(entry.status == StepStatus::Converged);
            QVERIFY(entry.samples.back().relativeGap <= 1.0001e-7);
            // All start from β = 0.
            QCOMPARE(entry.samples.front().iteration, 0);
            QVERIFY(std::abs(entry.samples.front().relativeGap -
                             entries->front().samples.front().relativeGap) < 1e-12);
            for (std::size_t k = 1; k < entry.samples.size(); ++k) {
                QVERIFY(entry.samples[k].iteration > entry.samples[k - 1].iteration);
                QVERIFY(entry.samples[k].seconds >= entry.samples[k - 1].seconds);
                QVERIFY(entry.samples[k].flops >= entry.samples[k - 1].flops);
            }
        }
        progress.cancel();
        const auto stopped = runRace(problem, options, progress);
        QVERIFY(!stopped && stopped.error().code == ErrorCode::Cancelled);
    }

    void momentumWinsAgainstIstaWhereColumnsAreCorrelated() {
        const auto problem = randomProblem(45, 100, 30, 0.95);
        Progress progress;
        const auto entries = runRace(
            problem,
            {.methods = {LassoMethod::Ista, LassoMethod::Fista}, .lambda = 0.01 * lambdaMax(*problem, 1.0)},
            progress);
        QVERIFY(entries->at(1).samples.back().iteration * 3 < entries->at(0).samples.back().iteration);
    }

    void contoursLieOnTheirLevel() {
        const auto problem = randomProblem(46, 30, 4, 0.8, false);
        const VectorXd beta = VectorXd::LinSpaced(4, -1.0, 1.0);
        const LossQuadratic loss = lossQuadratic(*problem, 1, 3, beta);
        for (const Vector2d& at : {Vector2d(0.0, 0.0), Vector2d(1.5, -2.0)}) {
            VectorXd moved = beta;
            moved[1] = at[0];
            moved[3] = at[1];
            const double expected = (problem->response - times(*problem, moved)).squaredNorm() / 60.0;
            QVERIFY(std::abs(loss.at(at) - expected) < 1e-10 * expected);
        }
        const double level = 1.7 * loss.minimum + 0.1;
        const Polyline contour = lossContour(loss, level);
        QVERIFY(contour.size() > 100 && (contour.front() - contour.back()).norm() < 1e-12);
        for (const Vector2d& point : contour)
            QVERIFY(std::abs(loss.at(point) - level) < 1e-9 * level);
        QVERIFY(lossContour(loss, loss.minimum).empty());
    }

    void singularLossHasItsCentreOfLeastNorm() {
        Eigen::MatrixXd x(4, 2);
        x << 1, 1, 2, 2, 3, 3, 4, 4;
        const auto problem = *makeProblem(x, VectorXd(2.0 * x.col(0)), false);
        const LossQuadratic loss = lossQuadratic(*problem, 0, 1, VectorXd::Zero(2));
        QVERIFY((loss.centre - Vector2d(1.0, 1.0)).norm() < 1e-9);
        QVERIFY(lossContour(loss, 1.0).size() > 100);
    }

    void ballsHaveTheirNorm() {
        for (const double q : {0.5, 1.0, 1.5, 2.0, std::numeric_limits<double>::infinity()}) {
            for (const Vector2d& point : normBall(q, 1.3))
                QVERIFY(std::abs(normOf(q, point) - 1.3) < 1e-6);
        }
        // The corner of the ℓ₁ ball is a vertex.
        const Polyline diamond = normBall(1.0, 2.0);
        QVERIFY(std::any_of(diamond.begin(), diamond.end(),
                            [](const Vector2d& v) { return (v - Vector2d(0.0, 2.0)).norm() < 1e-12; }));
        QCOMPARE(normOf(0.0, Vector2d(0.0, 3.0)), 1.0);
        for (const Vector2d& point : elasticNetBall(0.4, 0.7))
            QVERIFY(std::abs(0.4 * point.lpNorm<1>() + 0.3 * point.squaredNorm() - 0.7) < 1e-12);
    }

    void softThresholdCurveHasItsCorners() {
        const Polyline curve = softThresholdCurve(0.5, 2.0, 3.0);
        QVERIFY((curve == Polyline{{-3.0, -1.25}, {-0.5, 0.0}, {0.5, 0.0}, {3.0, 1.25}}));
    }
};

QTEST_APPLESS_MAIN(TestLassoViews)
#include "tst_lasso_views.moc"
