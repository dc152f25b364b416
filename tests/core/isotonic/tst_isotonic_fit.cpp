// The fast twin against the steppable solvers, scikit-learn's results (version in the file), and the count of
// operations on data that once made scikit-learn quadratic.
#include "core/isotonic/constants/constant_factor.h"
#include "core/isotonic/isotonic_race.h"
#include "core/isotonic/pool_blocks.h"
#include "tests/core/isotonic/isotonic_cases.h"

#include <QtTest>
#include <fstream>
#include <map>

using namespace orrery;
using namespace orrery::isotonic;
using namespace orrery::isotonic::testing;

namespace {

struct GoldenCase {
    QString increasing, yMin, yMax;
    std::vector<double> x, y, weights, fitted, queries, predicted;
};

std::map<QString, GoldenCase> readGolden() {
    std::map<QString, GoldenCase> cases;
    std::ifstream file(ORRERY_TEST_DATA "/isotonic/scikit_learn.csv");
    for (std::string line; std::getline(file, line);) {
        const QStringList cells = QString::fromStdString(line).split(';');
        if (line.starts_with('#') || cells[0] == "case") continue;
        GoldenCase& golden = cases[cells[0]];
        golden.increasing = cells[1];
        golden.yMin = cells[2];
        golden.yMax = cells[3];
        const bool isFit = cells[4] == "fit";
        (isFit ? golden.x : golden.queries).push_back(cells[5].toDouble());
        (isFit ? golden.fitted : golden.predicted).push_back(cells[8].toDouble());
        if (isFit) golden.y.push_back(cells[6].toDouble());
        if (isFit) golden.weights.push_back(cells[7].toDouble());
    }
    return cases;
}

ProblemOptions optionsOf(const GoldenCase& golden) {
    ProblemOptions options;
    if (golden.increasing == "False") options.direction = Direction::Decreasing;
    if (golden.increasing == "auto") options.direction = Direction::Auto;
    if (!golden.yMin.isEmpty()) options.yMin = golden.yMin.toDouble();
    if (!golden.yMax.isEmpty()) options.yMax = golden.yMax.toDouble();
    return options;
}

} // namespace

class TestIsotonicFit : public QObject {
    Q_OBJECT
  private slots:
    void agreesWithScikitLearn() {
        const auto cases = readGolden();
        QCOMPARE(cases.size(), std::size_t{15});
        for (const auto& [name, golden] : cases) {
            const auto fit = fitIsotonic(golden.x, golden.y, golden.weights, optionsOf(golden));
            QVERIFY2(fit.has_value(), qPrintable(name));
            std::vector<double> fitted, predicted;
            for (const double x : golden.x)
                fitted.push_back(fit->predict(x));
            for (const double x : golden.queries)
                predicted.push_back(fit->predict(x));
            QVERIFY2(largestDifference(fitted, golden.fitted) < 1e-12, qPrintable(name));
            QVERIFY2(largestDifference(predicted, golden.predicted) < 1e-12, qPrintable(name));
            const std::vector<double> rows = fit->fittedRows();
            const auto& points = fit->problem->x;
            for (std::size_t i = 0; i < rows.size(); ++i) { // tied rows are at the first of their x
                const auto after = std::upper_bound(points.begin(), points.end(), golden.x[i]);
                const auto point = static_cast<std::size_t>(after - points.begin()) - 1;
                QVERIFY(golden.weights[i] == 0.0 ? std::isnan(rows[i]) : rows[i] == fit->at(point));
            }
        }
    }

    void agreesWithTheSteppableSolvers() {
        for (std::uint64_t seed = 0; seed < 1500; ++seed) {
            Case data = randomCase(seed, seed % 10 == 0 ? 5000 : 60);
            if (seed % 7 == 0) data.options.loss = Loss::L1;
            const auto problem = problemOf(data);
            const std::vector<double> expected = valuesOf(solved(IsotonicMethod::Stack, problem));
            for (const int threads : {1, 2, 5}) {
                const double apart =
                    largestDifference(valuesOf(fitIsotonic(problem, threads).blocks), expected);
                QVERIFY2(
                    apart <= 1e-12 * scaleOf(*problem),
                    qPrintable(QStringLiteral("seed %1, %2 threads: %3").arg(seed).arg(threads).arg(apart)));
            }
        }
    }

    void agreesOnEveryShape() {
        for (const Shape shape : kShapes)
            for (const std::size_t n :
                 {std::size_t{1}, std::size_t{2}, std::size_t{17}, std::size_t{1000}, std::size_t{300'000}}) {
                const ShapeData data = makeShape(shape, n, n);
                const auto problem = *makeProblem(data.x, data.y);
                const std::vector<double> expected = valuesOf(solved(IsotonicMethod::Stack, problem));
                for (const int threads : {1, 2, 3}) {
                    const IsotonicFit fit = fitIsotonic(problem, threads);
                    QVERIFY2(largestDifference(fit.values(), expected) <= 1e-11 * scaleOf(*problem),
                             idOf(shape).data());
                    const QString failure = kktFailure(*problem, fit.blocks, 1e-11 * scaleOf(*problem));
                    QVERIFY2(failure.isEmpty(), qPrintable(failure));
                }
            }
    }

    void boundsAreAppliedToTheFit() {
        ProblemOptions options;
        options.yMin = 0.0;
        options.yMax = 1.0;
        const auto fit = *fitIsotonic(std::vector<double>{1, 2, 3, 4, 5},
                                      std::vector<double>{-2, 0.5, 0.3, 4, 9}, {}, options);
        QVERIFY(largestDifference(fit.values(), {0.0, 0.4, 0.4, 1.0, 1.0}) < 1e-15);
        QVERIFY(std::abs(fit.loss() - (4.0 + 0.01 + 0.01 + 9.0 + 64.0)) < 1e-12);
    }

    // The vector of scikit-learn's pull request #6691: comparisons and writes grow as n, not as n².
    void pathologicalDataStayLinear() {
        for (const std::size_t n : {std::size_t{1000}, std::size_t{100'000}, std::size_t{1'000'000}}) {
            const auto problem = *makeProblemInOrder(makeShape(Shape::Pathological, n).y);
            StackPava solver(problem);
            const AdvanceResult run = solve(solver);
            QVERIFY(run.steps <= static_cast<std::int64_t>(2 * n));
            QVERIFY(solver.state().counters.operations() <= static_cast<std::int64_t>(4 * n));
        }
        // … while a sweep joins a few points at a time: n/4 sweeps.
        const auto problem = *makeProblemInOrder(makeShape(Shape::Pathological, 4000).y);
        SweepPava sweep(problem);
        (void)solve(sweep);
        QVERIFY(sweep.state().counters.passes >= 1000);
    }

    void pathologicalDataAreThePublishedOnes() {
        const std::vector<double> published{0, 1, 2, -2, -1, 0, 1, 2, -2, -1, 0}; // k = 3
        QCOMPARE(makeShape(Shape::Pathological, 11).y, published);
        QCOMPARE(makeShape(Shape::Alternating, 4).y, (std::vector<double>{4, 1.5, 2, -0.5}));
    }

    void shapesRepeat() {
        for (const Shape shape : kShapes) {
            const ShapeData a = makeShape(shape, 500, 4), b = makeShape(shape, 500, 4);
            QVERIFY(a.x == b.x && a.y == b.y);
            QVERIFY(std::is_sorted(a.x.begin(), a.x.end()));
            QVERIFY(shapeFromId(idOf(shape)) == shape);
            const ShapeData mixed = shuffled(a, 9);
            QVERIFY(mixed.x != a.x);
            QVERIFY(std::ranges::equal(fitIsotonic(mixed.x, mixed.y)->problem->x, a.x));
        }
    }

    void racesAllMethods() {
        RaceOptions options;
        options.sizes = {10, 100, 1000};
        Progress progress;
        int updates = 0;
        const auto race = runRace(options, progress, [&](const std::vector<RaceSeries>&) { ++updates; });
        QVERIFY(race.has_value());
        QCOMPARE(race->size(), std::size_t{4});
        QCOMPARE(updates, 12);
        for (const RaceSeries& series : *race) {
            QCOMPARE(series.points.size(), std::size_t{3});
            for (const RacePoint& point : series.points)
                QVERIFY(point.finished && point.seconds > 0.0 && point.blocks > 0);
        }
        QCOMPARE((*race)[0].points[2].blocks, (*race)[3].points[2].blocks);
        progress.cancel();
        QCOMPARE(runRace(options, progress).error().code, ErrorCode::Cancelled);
    }

    void everyLevelOfCodeFindsTheFit() {
        for (const Shape shape : kShapes)
            for (const std::size_t n :
                 {std::size_t{1}, std::size_t{63}, std::size_t{64}, std::size_t{2000}}) {
                const ShapeData data = makeShape(shape, n, 3);
                const std::vector<double> expected = fitIsotonic(data.x, data.y)->values();
                const double scale = static_cast<double>(n) + 60.0;
                for (const CodeLevel level : kCodeLevels)
                    QVERIFY2(largestDifference(sweepAt(level, data.y).fitted, expected) <= 1e-11 * scale,
                             idOf(level).data());
            }
        ConstantOptions options;
        options.sizes = {100, 1000};
        Progress progress;
        const auto series = *compareLevels(options, progress);
        for (const ConstantSeries& one : series) {
            QCOMPARE(one.points.size(), std::size_t{2});
            QCOMPARE(one.points[1].sweeps, series[0].points[1].sweeps);
            QVERIFY(std::abs(one.points[1].checksum - series[0].points[1].checksum) < 1e-10);
        }
        progress.cancel();
        QCOMPARE(compareLevels(options, progress).error().code, ErrorCode::Cancelled);
    }

    // The same bits, whatever the number of threads.
    void threadsChangeNothing() {
        for (const bool weighted : {false, true}) {
            const ShapeData data = makeShape(Shape::NoisyLog, 700'000);
            std::vector<double> weights;
            Rng rng(8);
            for (std::size_t i = 0; weighted && i < data.y.size(); ++i)
                weights.push_back(rng.uniform(0.5, 2.0));
            std::vector<double> one(data.y.size()), two(data.y.size());
            fitInOrder(data.y, weights, {.threads = 1}, one);
            fitInOrder(data.y, weights, {.threads = 2}, two);
            QVERIFY(one == two);
            QVERIFY(std::is_sorted(one.begin(), one.end()));
        }
    }

    void theClockStopsAMethod() {
        RaceOptions options;
        options.sizes = {100'000, 200'000};
        options.methods = {IsotonicMethod::ActiveSet};
        options.withFastTwin = false;
        options.maxSeconds = 0.01;
        Progress progress;
        const auto race = *runRace(options, progress);
        QCOMPARE(race[0].points.size(), std::size_t{1});
        QVERIFY(!race[0].points[0].finished);
    }
};

QTEST_APPLESS_MAIN(TestIsotonicFit)
#include "tst_isotonic_fit.moc"
