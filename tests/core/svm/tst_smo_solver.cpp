// SMO against its optimality conditions, against brute force, and as a machine that goes back in time.
#include "tests/core/svm/svm_cases.h"
#include "tests/support/scrub.h"

#include <QtTest>
#include <chrono>

using namespace orrery;
using namespace orrery::svm;
using namespace orrery::svm::testing;

namespace {

ProblemPtr pointsOf(const std::vector<std::vector<double>>& rows, const std::vector<double>& labels,
                    ProblemOptions options = {}) {
    PointMatrix x(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(rows[0].size()));
    for (Eigen::Index i = 0; i < x.rows(); ++i)
        for (Eigen::Index k = 0; k < x.cols(); ++k)
            x(i, k) = rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(k)];
    const auto problem = makeProblem(
        std::move(x),
        Eigen::Map<const Eigen::VectorXd>(labels.data(), static_cast<Eigen::Index>(labels.size())), options);
    if (!problem) qWarning("%s", problem.error().message.c_str());
    return problem ? *problem : nullptr;
}

} // namespace

class TestSmoSolver : public QObject {
    Q_OBJECT
  private slots:
    void meetsTheOptimalityConditions() {
        for (const ProblemKind kind : kProblemKinds)
            for (const Kernel& kernel : someKernels())
                for (std::uint64_t seed = 0; seed < 6; ++seed) {
                    const double c = std::array{0.05, 1.0, 30.0}[seed % 3];
                    const auto problem = randomProblem(kind, seed, 20 + 17 * static_cast<Eigen::Index>(seed),
                                                       kernel, c, 1 + static_cast<Eigen::Index>(seed) % 4);
                    const SmoSolver solver = solved(problem, 1e-4);
                    const double residual = kktResidual(*problem, solver.state().alpha);
                    QVERIFY2(solver.state().status == StepStatus::Converged && residual <= 1.01e-4,
                             qPrintable(QStringLiteral("%1 %2 seed %3: %4")
                                            .arg(idOf(kind).data(), idOf(kernel.kind).data())
                                            .arg(seed)
                                            .arg(residual)));
                }
    }

    void isTheLeastOfAllByBruteForce() {
        for (const ProblemKind kind : kProblemKinds)
            for (std::uint64_t seed = 0; seed < 40; ++seed) {
                const Kernel kernel = someKernels()[seed % 5]; // convex ones
                const Eigen::Index points = kind == ProblemKind::Regression
                                                ? 2 + static_cast<Eigen::Index>(seed) % 2
                                                : 2 + static_cast<Eigen::Index>(seed) % 5;
                const auto problem =
                    randomProblem(kind, 100 + seed, points, kernel, seed % 2 == 0 ? 0.5 : 20.0);
                const double best = BruteForce(*problem).objective();
                const double found = solved(problem, 1e-9).state().objective;
                QVERIFY2(std::abs(found - best) <= 1e-7 * (1.0 + std::abs(best)),
                         qPrintable(QStringLiteral("%1 seed %2: %3, best %4")
                                        .arg(idOf(kind).data())
                                        .arg(seed)
                                        .arg(found, 0, 'g', 12)
                                        .arg(best, 0, 'g', 12)));
            }
    }

    void tracksItsObjectiveAndGradient() {
        for (const ProblemKind kind : kProblemKinds) {
            const auto problem = randomProblem(kind, 7, 90, someKernels()[3], 10.0);
            SmoOptions options;
            options.shrinking = false;
            SmoSolver solver(problem, options);
            double before = solver.state().objective;
            for (StepResult last; last.status == StepStatus::Advanced;) {
                last = solver.step();
                QVERIFY(solver.state().objective <= before + 1e-12);
                before = solver.state().objective;
            }
            const auto exact = objectiveAndGradient(*problem, solver.state().alpha);
            QVERIFY(std::abs(exact.objective - before) <= 1e-10 * std::abs(before));
            for (std::size_t t = 0; t < exact.gradient.size(); ++t)
                QVERIFY(std::abs(exact.gradient[t] - solver.state().gradient[t]) < 1e-9);
            std::int32_t vectors = 0, bounded = 0;
            for (std::size_t t = 0; t < exact.gradient.size(); ++t) {
                vectors += solver.state().alpha[t] > 0.0;
                bounded += solver.state().alpha[t] >= problem->upperOf(static_cast<Eigen::Index>(t));
            }
            QCOMPARE(solver.state().supportVectors, vectors);
            QCOMPARE(solver.state().bounded, bounded);
        }
    }

    // The move that is told is the one that was made, and it went to the least point of its line. (Its
    // violation may be below the gap: j is chosen by what the objective gains.)
    void tellsItsMoves() {
        const auto problem = randomProblem(ProblemKind::Classification, 21, 40, someKernels()[3], 2.0);
        SmoSolver solver(problem);
        int clipped = 0, free = 0;
        for (;;) {
            const auto before = solver.state();
            const StepResult last = solver.step();
            const auto& after = solver.state();
            const PairMove& move = after.move;
            QCOMPARE(move.first, before.nextFirst);
            QCOMPARE(move.second, before.nextSecond);
            const auto i = static_cast<std::size_t>(move.first), j = static_cast<std::size_t>(move.second);
            QCOMPARE(move.firstBefore, before.alpha[i]);
            QCOMPARE(move.firstAfter, after.alpha[i]);
            QCOMPARE(move.secondBefore, before.alpha[j]);
            QCOMPARE(move.secondAfter, after.alpha[j]);
            QVERIFY(move.gain > 0.0 && move.violation > 0.0);
            if (last.status == StepStatus::Advanced && !move.clipped) {
                QVERIFY(std::abs(move.firstAfter - move.freeFirst) < 1e-12);
                // both values −s G of the pair agree now
                const double apart =
                    problem->y[move.first] * after.gradient[i] - problem->y[move.second] * after.gradient[j];
                QVERIFY(std::abs(apart) < 1e-10);
            }
            (move.clipped ? clipped : free) += 1;
            if (last.status != StepStatus::Advanced) break;
        }
        QVERIFY(clipped > 0 && free > 0);
    }

    void shrinkingAndTheCacheChangeNoAnswer() {
        for (const ProblemKind kind : kProblemKinds) {
            const auto problem = randomProblem(kind, 3, 400, someKernels()[3], 50.0);
            SmoOptions options;
            options.tolerance = 1e-5;
            SmoSolver roomy(problem, options);
            options.cacheBytes = 0; // two rows
            SmoSolver tight(problem, options);
            (void)solve(roomy);
            (void)solve(tight);
            QVERIFY(roomy.state() == tight.state());
            const double whole = solved(problem, 1e-5, false).state().objective;
            QVERIFY(std::abs(whole - roomy.state().objective) <= 1e-6 * std::abs(whole));
            QVERIFY(kktResidual(*problem, roomy.state().alpha) <= 1.01e-5);
        }
    }

    void stepsCanBeTakenInAnyOrder_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("kernel");
        QTest::addColumn<int>("points");
        for (const ProblemKind kind : kProblemKinds)
            for (int kernel = 0; kernel < 6; kernel += kind == ProblemKind::Classification ? 1 : 3)
                for (const int points : {6, 70})
                    QTest::addRow("%s %d %d", idOf(kind).data(), kernel, points)
                        << static_cast<int>(kind) << kernel << points;
    }
    void stepsCanBeTakenInAnyOrder() {
        QFETCH(int, kind);
        QFETCH(int, kernel);
        QFETCH(int, points);
        const auto problem = randomProblem(static_cast<ProblemKind>(kind), 11, points,
                                           someKernels()[static_cast<std::size_t>(kernel)], 20.0);
        const auto make = [&] { return SmoSolver(problem); };
        const QString failure = orrery::testing::scrubFailure<SmoSolver>(make, 1500);
        QVERIFY2(failure.isEmpty(), qPrintable(failure));
    }

    void goesBackOverShrinking() {
        const auto problem = randomProblem(ProblemKind::Classification, 4, 60, someKernels()[3], 100.0);
        SmoSolver probe(problem);
        int phases = 0;
        std::size_t fewest = 60;
        for (StepResult last; last.status == StepStatus::Advanced;) {
            last = probe.step();
            phases += last.boundary == StepBoundary::Phase;
            fewest = std::min(fewest, probe.state().active.size());
        }
        QVERIFY(fewest < 60 && phases >= 2);
        QCOMPARE(probe.state().active.size(), std::size_t{60});
        const QString failure =
            orrery::testing::scrubFailure<SmoSolver>([&] { return SmoSolver(problem); }, 3000);
        QVERIFY2(failure.isEmpty(), qPrintable(failure));
    }

    void startsFromAnotherProblem() {
        Rng rng(9);
        for (const ProblemKind kind : kProblemKinds)
            for (int round = 0; round < 12; ++round) {
                const auto from =
                    randomProblem(kind, 40 + static_cast<std::uint64_t>(round), 60, someKernels()[3], 5.0);
                const SmoSolver first = solved(from, 1e-4);
                // Some go, some come, some move, some change their class.
                std::vector<std::int32_t> oldRow;
                for (std::int32_t i = 0; i < 60; ++i)
                    if (rng.below(8) != 0) oldRow.push_back(i);
                for (int added = 0; added < 5; ++added)
                    oldRow.push_back(-1);
                SvmProblem to = subProblem(*from, std::vector<Eigen::Index>(oldRow.size(), 0));
                for (std::size_t i = 0; i < oldRow.size(); ++i) {
                    const auto row = static_cast<Eigen::Index>(i);
                    const Eigen::Index old = std::max(oldRow[i], 0);
                    to.x.row(row) = from->x.row(old);
                    to.y[row] = from->y[old];
                    to.upper[row] = from->upper[old];
                    if (rng.below(6) == 0) to.x(row, 0) += rng.normal(0.0, 0.5);
                    if (kind == ProblemKind::Classification && rng.below(6) == 0) to.y[row] = -to.y[row];
                    if (kind != ProblemKind::OneClass && rng.below(6) == 0) to.upper[row] *= 0.5;
                }
                const auto shared = std::make_shared<const SvmProblem>(std::move(to));
                const auto carried = carriedOver(*from, first.state().alpha, *shared, oldRow);
                QVERIFY(kktResidual(*shared, carried) < 1e6); // feasible
                const SmoSolver cold = solved(shared, 1e-6);
                const SmoSolver warm = solved(shared, 1e-6, true, carried);
                QVERIFY(kktResidual(*shared, warm.state().alpha) <= 1.01e-6);
                const double objective = cold.state().objective;
                QVERIFY(std::abs(warm.state().objective - objective) <= 1e-7 * (1.0 + std::abs(objective)));
            }
    }

    void aStartThatIsOptimalStays() {
        const auto problem = randomProblem(ProblemKind::Classification, 2, 50, someKernels()[3], 1.0);
        const SmoSolver first = solved(problem, 1e-3);
        const SmoSolver again = solved(problem, 2e-3, true, first.state().alpha);
        QCOMPARE(again.state().iteration, std::int64_t{0});
        QVERIFY(again.state().alpha == first.state().alpha);
        QCOMPARE(again.state().status, StepStatus::Converged);
    }

    void feasibleRepairsAnything() {
        const auto problem = randomProblem(ProblemKind::Classification, 2, 30, someKernels()[0], 1.0);
        Rng rng(4);
        for (int round = 0; round < 100; ++round) {
            std::vector<double> alpha(30);
            for (double& value : alpha)
                value = rng.below(10) == 0 ? std::nan("") : rng.normal(0.0, 2.0);
            const auto repaired = feasible(*problem, alpha);
            double sum = 0.0;
            for (std::size_t t = 0; t < 30; ++t) {
                QVERIFY(repaired[t] >= 0.0 && repaired[t] <= problem->upper[static_cast<Eigen::Index>(t)]);
                sum += problem->y[static_cast<Eigen::Index>(t)] * repaired[t];
            }
            QVERIFY(std::abs(sum) < 1e-12);
        }
    }

    void doesNotMoveOnceItIsDone() {
        SmoSolver solver = solved(randomProblem(ProblemKind::Classification, 1, 40, someKernels()[3], 1.0));
        const auto end = solver.state();
        QCOMPARE(solver.step().status, StepStatus::Converged);
        QVERIFY(solver.state() == end);
    }

    void stopsAtItsLimit() {
        const auto problem = randomProblem(ProblemKind::Classification, 1, 200, someKernels()[3], 100.0);
        SmoOptions options;
        options.maxSteps = 250;
        SmoSolver solver(problem, options);
        const auto run = solve(solver);
        QCOMPARE(run.last.status, StepStatus::Exhausted);
        QCOMPARE(solver.state().iteration, std::int64_t{250});
        QCOMPARE(solver.state().active.size(), std::size_t{200}); // the gradient is whole
        // No tolerance that doubles can reach: it ends all the same.
        options.maxSteps = 0;
        options.tolerance = 1e-18;
        SmoSolver endless(randomProblem(ProblemKind::Classification, 1, 30, someKernels()[3], 100.0),
                          options);
        QVERIFY(solve(endless, 5'000'000).last.status != StepStatus::Advanced);
    }

    void separablePointsHaveTheWidestMargin() {
        // (0,0), (1,0) | (3,0), (4,1): the margin is between x₁ = 1 and x₁ = 3
        ProblemOptions options;
        options.kernel.kind = KernelKind::Linear;
        options.c = 1e6;
        const auto problem = pointsOf({{0, 0}, {1, 0}, {3, 0}, {4, 1}}, {-1, -1, 1, 1}, options);
        const SmoSolver solver = solved(problem, 1e-8);
        const SvmModel model = modelOf(*problem, solver.state().alpha, solver.state().gradient);
        QVERIFY(std::abs(model.decision(std::array{1.0, 0.0}) + 1.0) < 1e-6);
        QVERIFY(std::abs(model.decision(std::array{3.0, 0.0}) - 1.0) < 1e-6);
        QVERIFY(std::abs(model.decision(std::array{2.0, 5.0})) < 1e-6);
        QCOMPARE(solver.state().bounded, 0);
        QVERIFY(std::abs(solver.state().objective + 0.5) < 1e-6); // −½‖w‖²... w = (1, 0)
    }

    void duplicatesWithOppositeLabels() {
        ProblemOptions options;
        options.c = 2.0;
        // Both are at their bound, and nothing tells them apart: f = 0 everywhere.
        const auto problem = pointsOf({{1, 1}, {1, 1}}, {1, -1}, options);
        const SmoSolver solver = solved(problem, 1e-6);
        QCOMPARE(solver.state().status, StepStatus::Converged);
        QCOMPARE(solver.state().bounded, 2);
        const SvmModel model = modelOf(*problem, solver.state().alpha, solver.state().gradient);
        QCOMPARE(model.decision(std::array{1.0, 1.0}), 0.0);
        // And among others the rest is still told apart.
        const auto more = pointsOf({{0, 0}, {0, 0}, {2, 0}, {-2, 0}}, {1, -1, 1, -1}, options);
        const SmoSolver rest = solved(more, 1e-6);
        const SvmModel modelOfRest = modelOf(*more, rest.state().alpha, rest.state().gradient);
        QVERIFY(modelOfRest.decision(std::array{2.0, 0.0}) > 0.0 &&
                modelOfRest.decision(std::array{-2.0, 0.0}) < 0.0);
    }

    void constantColumnsChangeNothing() {
        const auto problem = pointsOf({{0, 7}, {1, 7}, {3, 7}, {4, 7}}, {-1, 1, -1, 1});
        const auto without = pointsOf({{0}, {1}, {3}, {4}}, {-1, 1, -1, 1});
        QVERIFY(solved(problem).state() == solved(without).state());
        // All of them constant: the machine knows the size of the classes and nothing else.
        const auto same = pointsOf({{7}, {7}, {7}}, {1, 1, -1});
        const SmoSolver solver = solved(same);
        QCOMPARE(solver.state().status, StepStatus::Converged);
        QVERIFY(modelOf(*same, solver.state().alpha, solver.state().gradient).decision(std::array{7.0}) >
                0.0);
    }

    void onePointOfRegressionAndOneClass() {
        ProblemOptions options;
        options.kind = ProblemKind::Regression;
        const auto regression = pointsOf({{2, 3}}, {4.5}, options);
        const SmoSolver fitted = solved(regression);
        QCOMPARE(fitted.state().status, StepStatus::Converged);
        QCOMPARE(modelOf(*regression, fitted.state().alpha, fitted.state().gradient)
                     .decision(std::array{2.0, 3.0}),
                 4.5);
        options.kind = ProblemKind::OneClass;
        const auto one = pointsOf({{2, 3}}, {0}, options);
        const SmoSolver around = solved(one);
        QCOMPARE(around.state().status, StepStatus::Converged);
        const SvmModel model = modelOf(*one, around.state().alpha, around.state().gradient);
        QVERIFY(std::abs(model.decision(std::array{2.0, 3.0})) < 1e-12 &&
                model.decision(std::array{9.0, 9.0}) < 0.0);
    }

    void refusesInOneSentence_data() {
        QTest::addColumn<QString>("case_");
        QTest::addColumn<QString>("said");
        QTest::newRow("no points") << "none"
                                   << "at least one point";
        QTest::newRow("no feature") << "flat"
                                    << "at least one feature";
        QTest::newRow("lengths") << "lengths"
                                 << "2 points but 3 targets";
        QTest::newRow("nan") << "nan"
                             << "feature 2 of point 1 is not a finite number";
        QTest::newRow("nan target") << "target"
                                    << "the target of point 2";
        QTest::newRow("label") << "label"
                               << "labels are +1 and −1";
        QTest::newRow("one class") << "single"
                                   << "every point is of class −1";
        QTest::newRow("one point") << "point"
                                   << "every point is of class +1";
        QTest::newRow("c") << "c"
                           << "C must be a number above 0";
        QTest::newRow("gamma") << "gamma"
                               << "γ of the RBF kernel must be above 0";
        QTest::newRow("degree") << "degree"
                                << "degree";
        QTest::newRow("size") << "size"
                              << "too large for this kernel";
        QTest::newRow("nu") << "nu"
                            << "ν must be above 0";
        QTest::newRow("epsilon") << "epsilon"
                                 << "ε must be a number from 0";
        QTest::newRow("weight") << "weight"
                                << "weights must be numbers above 0";
    }
    void refusesInOneSentence() {
        QFETCH(QString, case_);
        QFETCH(QString, said);
        PointMatrix x{{0.0, 1.0}, {2.0, 3.0}};
        Eigen::VectorXd y = Eigen::Vector2d(1.0, -1.0);
        ProblemOptions options;
        if (case_ == "none") x.resize(0, 2), y.resize(0);
        if (case_ == "flat") x.resize(2, 0);
        if (case_ == "lengths") y = Eigen::Vector3d::Ones();
        if (case_ == "nan") x(0, 1) = std::nan("");
        if (case_ == "target") y[1] = std::nan("");
        if (case_ == "label") y[1] = 0.0;
        if (case_ == "single") y[0] = -1.0;
        if (case_ == "point") x = PointMatrix::Ones(1, 2), y = Eigen::VectorXd::Ones(1);
        if (case_ == "c") options.c = 0.0;
        if (case_ == "gamma") options.kernel.gamma = -1.0;
        if (case_ == "degree") options.kernel = {KernelKind::Polynomial, 1.0, 0.0, 0};
        if (case_ == "size") x(0, 0) = 1e40, options.kernel = {KernelKind::Polynomial, 1.0, 0.0, 3};
        if (case_ == "nu") options.kind = ProblemKind::OneClass, options.nu = 0.0;
        if (case_ == "epsilon") options.kind = ProblemKind::Regression, options.epsilon = -0.1;
        if (case_ == "weight") options.sampleWeights = {1.0, 0.0};
        const auto problem = makeProblem(x, y, options);
        QVERIFY(!problem);
        QVERIFY2(QString::fromStdString(problem.error().message).contains(said),
                 problem.error().message.c_str());
    }
};

QTEST_APPLESS_MAIN(TestSmoSolver)
#include "tst_smo_solver.moc"
