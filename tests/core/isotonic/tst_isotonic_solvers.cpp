// The three steppable solvers against oracles, each other, and themselves at every moment of a run.
#include "core/isotonic/shapes.h"
#include "tests/core/isotonic/isotonic_cases.h"
#include "tests/support/scrub.h"

#include <QtTest>

using namespace orrery;
using namespace orrery::isotonic;
using namespace orrery::isotonic::testing;

namespace {

void addMethods() {
    QTest::addColumn<int>("index");
    for (const IsotonicMethod method : kIsotonicMethods)
        QTest::newRow(idOf(method).data()) << static_cast<int>(method);
}

IsotonicMethod method() {
    QFETCH_GLOBAL(int, index);
    return static_cast<IsotonicMethod>(index);
}

std::shared_ptr<const IsotonicProblem> weightedProblem(const std::vector<double>& y,
                                                       const std::vector<double>& weights) {
    return *makeProblemInOrder(y, weights);
}

} // namespace

class TestIsotonicSolvers : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase_data() { addMethods(); }

    void knownValues() {
        const auto first = solved(method(), weightedProblem({1, 41, 51, 1, 2, 5, 24}, {1, 2, 3, 4, 5, 6, 7}));
        QCOMPARE(first.size(), std::size_t{3});
        QVERIFY(largestDifference(valuesOf(first), {1, 13.95, 13.95, 13.95, 13.95, 13.95, 24}) < 1e-14);
        const auto second = solved(method(), weightedProblem({22.5, 23.333, 20.833, 24.25}, {3, 3, 3, 2}));
        const double mean = (22.5 + 23.333 + 20.833) / 3.0;
        QVERIFY(largestDifference(valuesOf(second), {mean, mean, mean, 24.25}) < 1e-14);
    }

    void trivialCases() {
        QCOMPARE(valuesOf(solved(method(), weightedProblem({3.5}, {}))), std::vector<double>{3.5});
        QCOMPARE(solved(method(), weightedProblem({2, 2, 2, 2}, {})).size(), std::size_t{1});
        QCOMPARE(solved(method(), weightedProblem({1, 2, 3, 4}, {})).size(), std::size_t{4});
        QCOMPARE(solved(method(), weightedProblem({4, 3, 2, 1}, {})).size(), std::size_t{1});
    }

    void agreesWithTheMinMaxFormula() {
        for (std::uint64_t seed = 0; seed < 400; ++seed) {
            const auto problem = problemOf(randomCase(seed, 40));
            const auto blocks = solved(method(), problem);
            const double tolerance = 1e-12 * scaleOf(*problem);
            const double apart = largestDifference(valuesOf(blocks), minMaxFormula(*problem));
            QVERIFY2(apart <= tolerance, qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(apart)));
        }
    }

    void meetsTheOptimalityConditions() {
        for (std::uint64_t seed = 1000; seed < 1200; ++seed) {
            const auto problem = problemOf(randomCase(seed, 800));
            const QString failure =
                kktFailure(*problem, solved(method(), problem), 1e-12 * scaleOf(*problem));
            QVERIFY2(failure.isEmpty(), qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(failure)));
        }
    }

    void tracedLossIsThatOfTheFit() {
        for (std::uint64_t seed = 2000; seed < 2100; ++seed) {
            const auto problem = problemOf(randomCase(seed, 300));
            AnyIsotonicSolver solver(method(), problem);
            (void)solve(solver);
            const double loss = IsotonicFit{problem, blocksOf(*problem, solver.state())}.loss();
            const double scale = scaleOf(*problem);
            QVERIFY2(std::abs(commonOf(solver.state()).loss - loss) <= 1e-10 * (loss + scale * scale),
                     qPrintable(QString::number(seed)));
        }
    }

    void absoluteLossIsTheLeast() {
        for (std::uint64_t seed = 3000; seed < 3150; ++seed) {
            Case data = randomCase(seed, 40);
            data.options.loss = Loss::L1;
            const auto problem = problemOf(data);
            const double loss = IsotonicFit{problem, solved(method(), problem)}.loss();
            const double best = bestAbsoluteLoss(*problem, data);
            QVERIFY2(std::abs(loss - best) <= 1e-11 * (1.0 + best),
                     qPrintable(QStringLiteral("seed %1: %2, best %3").arg(seed).arg(loss).arg(best)));
        }
    }

    void stepsCanBeTakenInAnyOrder_data() {
        QTest::addColumn<int>("shape");
        QTest::addColumn<int>("size");
        QTest::addColumn<bool>("absolute");
        for (const Shape shape : kShapes) {
            QTest::addRow("%s 20", idOf(shape).data()) << static_cast<int>(shape) << 20 << false;
            QTest::addRow("%s 300", idOf(shape).data()) << static_cast<int>(shape) << 300 << false;
            QTest::addRow("%s 60 L1", idOf(shape).data()) << static_cast<int>(shape) << 60 << true;
        }
        QTest::addRow("more than a chunk") << static_cast<int>(Shape::PerturbedLog) << 20000 << false;
        QTest::addRow("a stack of several chunks") << static_cast<int>(Shape::NoisyLine) << 60000 << false;
    }
    void stepsCanBeTakenInAnyOrder() {
        QFETCH(int, shape);
        QFETCH(int, size);
        QFETCH(bool, absolute);
        const ShapeData data = makeShape(static_cast<Shape>(shape), static_cast<std::size_t>(size));
        ProblemOptions options;
        options.loss = absolute ? Loss::L1 : Loss::L2;
        const auto problem = *makeProblem(data.x, data.y, {}, options);
        const auto make = [&] { return AnyIsotonicSolver(method(), problem); };
        const QString failure =
            orrery::testing::scrubFailure<AnyIsotonicSolver>(make, size > 1000 ? 300 : 2000);
        QVERIFY2(failure.isEmpty(), qPrintable(failure));
    }

    // Copies share chunks: neither may change when the other goes on.
    void copiesAreIndependent() {
        const ShapeData data = makeShape(Shape::NoisyLine, 30000);
        const auto problem = *makeProblem(data.x, data.y);
        AnyIsotonicSolver solver(method(), problem);
        std::vector<AnyIsotonicSolver::State> kept;
        std::vector<std::vector<Block>> seen;
        const std::int64_t stride = method() == IsotonicMethod::ActiveSet ? 5000 : 9000;
        for (StepResult last; last.status == StepStatus::Advanced;) {
            kept.push_back(solver.state());
            seen.push_back(blocksOf(*problem, kept.back()));
            last = solve(solver, stride).last;
            if (kept.size() == 12) break;
        }
        for (std::size_t i = 0; i < kept.size(); ++i)
            QVERIFY(blocksOf(*problem, kept[i]) == seen[i]);
        QVERIFY(kept.size() > 3);
    }

    void visitsTheBlocksOfARange() {
        const ShapeData data = makeShape(Shape::NoisyLine, 2000);
        const auto problem = *makeProblem(data.x, data.y);
        AnyIsotonicSolver solver(method(), problem);
        (void)solve(solver, 1500);
        const auto taken = static_cast<std::uint32_t>(pointsTaken(*problem, solver.state()));
        const auto all = blocksOf(*problem, solver.state());
        Rng rng(5);
        for (int i = 0; i < 200; ++i) {
            const auto first = static_cast<std::uint32_t>(rng.below(taken));
            const auto last = first + static_cast<std::uint32_t>(rng.below(50));
            std::vector<Block> part, expected;
            forEachBlock(*problem, solver.state(), first, last,
                         [&](const Block& block) { part.push_back(block); });
            for (const Block& block : all)
                if (block.last >= first && block.first <= last) expected.push_back(block);
            QVERIFY(part == expected);
        }
    }

    void doesNotMoveOnceItIsDone() {
        AnyIsotonicSolver solver(method(), weightedProblem({3, 1, 2}, {}));
        QCOMPARE(solve(solver).last.status, StepStatus::Converged);
        const auto end = solver.state();
        QCOMPARE(solver.step().status, StepStatus::Converged);
        QVERIFY(solver.state() == end);
    }
};

QTEST_APPLESS_MAIN(TestIsotonicSolvers)
#include "tst_isotonic_solvers.moc"
