// The path solver as a value: steps equal solve(), and going back to any state and on again is exact.
#include "core/linear/coordinate_descent_path.h"
#include "tests/core/linear/lasso_cases.h"

#include <QtTest>

using namespace orrery;
using namespace orrery::linear;
using namespace orrery::linear::testing;

namespace {

struct Setting {
    std::shared_ptr<const RegressionProblem> problem;
    LassoOptions options;
    SweepEngine engine;

    [[nodiscard]] CoordinateDescentPath solver() const { return {problem, options, engine}; }
};

/// Gram, residual and sparse engines, lasso and elastic net, n > p and n < p.
std::vector<Setting> settings() {
    std::vector<Setting> all;
    const auto add = [&](auto problem, double alpha, SweepEngine engine) {
        all.push_back({problem, {.alpha = alpha, .lambdas = lambdaGrid(*problem, alpha, 12, 0.05)}, engine});
    };
    add(denseProblem(correlatedCase(60, 10, 1)), 1.0, SweepEngine::Automatic);
    add(denseProblem(correlatedCase(25, 80, 2)), 1.0, SweepEngine::Automatic);
    add(denseProblem(correlatedCase(25, 80, 3)), 0.5, SweepEngine::Residual);
    add(sparseProblem(sparseCase(40, 50, 4)), 1.0, SweepEngine::Automatic);
    add(denseProblem(correlatedCase(90, 250, 6)), 1.0, SweepEngine::Automatic); // a factor of several blocks
    return all;
}

} // namespace

class TestCoordinateDescentTime : public QObject {
    Q_OBJECT
  private slots:
    void stepsEqualSolve() {
        for (const Setting& setting : settings()) {
            CoordinateDescentPath whole = setting.solver(), stepped = setting.solver(),
                                  chunked = setting.solver();
            const AdvanceResult total = solve(whole);
            std::int64_t steps = 0, rounds = 0, phases = 0;
            for (StepResult last; last.status == StepStatus::Advanced; ++steps) {
                last = stepped.step();
                rounds += last.boundary == StepBoundary::Round;
                phases += last.boundary == StepBoundary::Phase;
            }
            QCOMPARE(steps, total.steps);
            QCOMPARE(phases, std::int64_t(setting.options.lambdas.size()));
            QVERIFY(rounds > 0);
            QVERIFY(stepped.state() == whole.state());
            Rng rng(9);
            std::int64_t taken = 0;
            while (chunked.state().status == StepStatus::Advanced)
                taken += chunked.advance(1 + static_cast<std::int64_t>(rng.below(7))).steps;
            QCOMPARE(taken, total.steps);
            QVERIFY(chunked.state() == whole.state());
        }
    }

    void anyStateCanBeTakenUpAgain() {
        for (const Setting& setting : settings()) {
            CoordinateDescentPath straight = setting.solver();
            std::vector<CoordinateDescentState> states{straight.state()};
            for (StepResult last; last.status == StepStatus::Advanced;) {
                last = straight.step();
                states.push_back(straight.state());
            }
            Rng rng(11);
            CoordinateDescentPath wanderer = setting.solver();
            for (int trial = 0; trial < 60; ++trial) {
                const std::size_t at = rng.below(states.size());
                const std::size_t length = std::min<std::size_t>(1 + rng.below(400), states.size() - 1 - at);
                wanderer.restore(states[at]);
                CoordinateDescentPath fresh = setting.solver();
                fresh.restore(states[at]);
                for (std::size_t i = 1; i <= length; ++i) {
                    (void)wanderer.step();
                    (void)fresh.step();
                    QVERIFY(wanderer.state() == states[at + i]);
                    QVERIFY(fresh.state() == states[at + i]);
                }
            }
        }
    }

    /// The last setting is there for the Cholesky factor: more rows than a block has, and columns that leave.
    void theFactorIsOfSeveralBlocks() {
        CoordinateDescentPath solver = settings().back().solver();
        std::size_t operations = 0, drops = 0;
        for (StepResult last; last.status == StepStatus::Advanced;) {
            last = solver.step();
            operations = std::max(operations, solver.state().factor.operations.size());
            drops = std::max(drops, solver.state().factor.drops);
        }
        QVERIFY2(operations > 64 && drops > 0,
                 qPrintable(QStringLiteral("%1, %2").arg(operations).arg(drops)));
    }

    void threadsChangeNothing() {
        const auto problem = denseProblem(correlatedCase(100, 1500, 5));
        LassoOptions options{.alpha = 1.0, .lambdas = lambdaGrid(*problem, 1.0, 10, 0.05)};
        CoordinateDescentPath one(problem, options);
        options.threads = 2;
        CoordinateDescentPath two(problem, options);
        (void)solve(one);
        (void)solve(two);
        QVERIFY(one.state() == two.state());
    }

    void moveIsTheFormula() {
        for (const Setting& setting : settings()) {
            CoordinateDescentPath solver = setting.solver();
            int moves = 0;
            for (StepResult last; last.status == StepStatus::Advanced;) {
                const double lambda = solver.lambda();
                const Eigen::VectorXd before = solver.currentBeta();
                last = solver.step();
                const CoordinateMove& move = solver.state().move;
                if (move.column < 0) continue;
                QCOMPARE(move.before, before[move.column]);
                QCOMPARE(solver.currentBeta()[move.column], move.after);
                QVERIFY(std::abs(move.after - softThreshold(move.rho, move.threshold) / move.denominator) <
                        1e-13);
                QCOMPARE(move.threshold, lambda * setting.options.alpha);
                if (++moves % 97 != 0) continue;
                const Eigen::VectorXd r = setting.problem->response - times(*setting.problem, before);
                const double norm = setting.problem->columnNorm2[move.column];
                const double rho =
                    transposeTimes(*setting.problem, r)[move.column] / double(r.size()) + norm * move.before;
                QVERIFY(std::abs(rho - move.rho) < 1e-10);
            }
            QVERIFY(moves > 100);
        }
    }
};

QTEST_APPLESS_MAIN(TestCoordinateDescentTime)
#include "tst_coordinate_descent_time.moc"
