// The fast support vector machine against the stepped one, its optimality conditions and plain loops.
#include "core/svm/fast/fast_svm.h"

#include "core/svm/fast/dual_solver.h"
#include "tests/core/svm/svm_cases.h"
#include "tests/support/property.h"

#include <QtTest>
#include <numeric>

using namespace orrery;
using namespace orrery::svm;
using namespace orrery::svm::testing;

namespace {

struct Case {
    std::size_t kind = 0;
    std::size_t kernel = 0;
    std::uint64_t seed = 0;
    Eigen::Index points = 2;
    Eigen::Index dimensions = 2;
    double c = 1.0;

    friend bool operator==(const Case&, const Case&) = default;
    [[nodiscard]] ProblemPtr problem() const {
        return randomProblem(kProblemKinds[kind], seed, points, someKernels()[kernel], c, dimensions);
    }
};

std::string print(const Case& c) {
    return std::string(idOf(kProblemKinds[c.kind])) + ", " + std::string(idOf(someKernels()[c.kernel].kind)) +
           ", seed " + std::to_string(c.seed) + ", " + std::to_string(c.points) + " × " +
           std::to_string(c.dimensions) + ", C = " + std::to_string(c.c);
}

Case drawCase(Rng& rng, std::size_t size) {
    return {rng.below(3),
            rng.below(someKernels().size()),
            rng.below(1000),
            static_cast<Eigen::Index>(2 + size * (1 + rng.below(8))),
            static_cast<Eigen::Index>(1 + rng.below(5)),
            std::array{0.1, 1.0, 20.0}[rng.below(3)]};
}

std::vector<Case> smallerCases(const Case& c) {
    std::vector<Case> smaller;
    for (const Eigen::Index points : {c.points / 2, c.points - 1})
        if (points >= 2 && points < c.points) {
            smaller.push_back(c);
            smaller.back().points = points;
        }
    if (c.dimensions > 1) {
        smaller.push_back(c);
        smaller.back().dimensions = 1;
    }
    return smaller;
}

/// What rounding kernel values to single precision may do to a gradient.
double roundingOf(const SvmProblem& problem, std::span<const double> alpha) {
    double size = 0.0, largest = 0.0;
    for (const double a : alpha)
        size += a;
    for (Eigen::Index i = 0; i < problem.points(); ++i)
        largest = std::max(largest, std::abs(problem.kernel.value(problem.point(i), problem.point(i))));
    return 4e-7 * size * largest;
}

bool meetsConditions(const SvmProblem& problem, const FastFit& fit, double tolerance) {
    return fit.converged && fit.gap <= tolerance &&
           kktResidual(problem, fit.alpha) <= tolerance + roundingOf(problem, fit.alpha);
}

bool agreesWithSmo(const Case& c) {
    const ProblemPtr problem = c.problem();
    const auto fit = solveFast(*problem, {.tolerance = 1e-4});
    if (!fit || !meetsConditions(*problem, *fit, 1e-4)) return false;
    const auto exact = objectiveAndGradient(*problem, fit->alpha);
    const double allowed = 1e-6 * (1.0 + std::abs(exact.objective)) + 1e-2 * roundingOf(*problem, fit->alpha);
    if (std::abs(exact.objective - fit->objective) > allowed) return false;
    if (problem->kernel.canBeIndefinite()) return true; // other minima are as good
    // The gap bounds what is left to gain: (m − M) Σ U over the variables that are still to move.
    double box = 0.0;
    for (const double a : fit->alpha)
        box += a;
    const double smo = solved(problem, 1e-4).state().objective;
    return std::abs(fit->objective - smo) <= allowed + 2e-4 * box + 1e-4;
}

PointMatrix randomPoints(Eigen::Index rows, Eigen::Index columns, std::uint64_t seed) {
    Rng rng(seed, 1);
    PointMatrix x(rows, columns);
    for (double& value : x.reshaped())
        value = rng.normal(0.5, 1.0);
    return x;
}

} // namespace

class TestFastSvm : public QObject {
    Q_OBJECT
  private slots:
    // Shrunk or not, the conditions hold at the end over all variables, and the objectives are equal.
    void shrinkingEndsAtTheSameOptimum() {
        for (const ProblemKind kind : {ProblemKind::Classification, ProblemKind::Regression})
            for (const std::size_t kernel : {1UL, 3UL, 4UL})
                for (const double c : {0.1, 1.0}) {
                    const ProblemPtr problem = randomProblem(kind, 11, 700, someKernels()[kernel], c);
                    const fast::KernelBlocks blocks(*problem);
                    const fast::BoxDual dual = fast::boxDualOf(*problem, startingAlphas(*problem));
                    fast::DualOptions options{.tolerance = 1e-4, .mostPairs = 10'000'000};
                    options.shrinkFrom = 1;
                    fast::DualSolver shrunk(dual, blocks, options);
                    options.shrinkFrom = fast::kNever;
                    fast::DualSolver whole(dual, blocks, options);
                    for (fast::DualSolver* solver : {&shrunk, &whole})
                        QVERIFY(solver->solve() == fast::DualSolver::Ending::Converged);
                    QVERIFY(shrunk.active() > 1 && 2 * shrunk.active() <= shrunk.dual().size());
                    QCOMPARE(whole.active(), std::size_t{0});
                    const std::vector<double> alpha = fast::alphasOf(*problem, shrunk.dual());
                    QVERIFY(kktResidual(*problem, alpha) <= 1e-4 + roundingOf(*problem, alpha));
                    const double objective = objectiveAndGradient(*problem, alpha).objective;
                    QVERIFY(std::abs(objective - whole.objective()) <= 2e-5 * (1.0 + std::abs(objective)));
                }
    }
    void kernelValuesAreTheKernels() {
        for (const Kernel& kernel : someKernels())
            for (const auto precision : {fast::Precision::Chosen, fast::Precision::Double})
                for (const auto& [rows, columns] :
                     {std::pair{1, 1}, {47, 3}, {48, 7}, {49, 20}, {133, 200}}) {
                    const PointMatrix x = randomPoints(rows, columns, 3) / std::sqrt(columns);
                    const fast::KernelBlocks blocks(x, fast::mapOf(kernel, x, precision));
                    std::vector<std::int32_t> all(static_cast<std::size_t>(rows));
                    std::iota(all.begin(), all.end(), 0);
                    std::vector<float> values(all.size() * blocks.padded());
                    std::vector<float*> out;
                    for (std::size_t r = 0; r < all.size(); ++r)
                        out.push_back(values.data() + r * blocks.padded());
                    blocks.values(blocks.rows(all), out.data(), 0, blocks.padded());
                    for (Eigen::Index i = 0; i < rows; ++i)
                        for (Eigen::Index j = 0; j < rows; ++j) {
                            const auto at = [&](Eigen::Index k) {
                                return std::span(x.data() + k * columns, static_cast<std::size_t>(columns));
                            };
                            const double exact = kernel.value(at(i), at(j));
                            const double found = out[static_cast<std::size_t>(i)][j];
                            const double allowed =
                                (precision == fast::Precision::Double ? 7e-8 : 3e-6) * std::abs(exact) + 1e-9;
                            QVERIFY2(std::abs(found - exact) <= allowed,
                                     qPrintable(QStringLiteral("%1 %2×%3: %4, not %5")
                                                    .arg(idOf(kernel.kind).data())
                                                    .arg(rows)
                                                    .arg(columns)
                                                    .arg(found, 0, 'g', 10)
                                                    .arg(exact, 0, 'g', 10)));
                            QCOMPARE(out[static_cast<std::size_t>(i)][j],
                                     out[static_cast<std::size_t>(j)][i]);
                        }
                }
    }

    void fixedPointIsTheNearest() {
        const PointMatrix x = randomPoints(133, 7, 5);
        for (const Kernel& kernel :
             {Kernel{KernelKind::Rbf, 0.3, 0.0, 1}, Kernel{KernelKind::Laplacian, 0.4, 0.0, 1}})
            for (const auto precision : {fast::Precision::Single, fast::Precision::Double}) {
                const fast::KernelBlocks blocks(x, fast::mapOf(kernel, x, precision));
                QVERIFY(blocks.isFixed());
                const std::vector<std::int32_t> some = {0, 5, 131};
                std::vector<std::uint16_t> fixed(3 * blocks.padded());
                std::vector<float> values(3 * blocks.padded());
                std::vector<std::uint16_t*> outFixed;
                std::vector<float*> out;
                for (std::size_t r = 0; r < 3; ++r) {
                    outFixed.push_back(fixed.data() + r * blocks.padded());
                    out.push_back(values.data() + r * blocks.padded());
                }
                blocks.values(blocks.rows(some), outFixed.data(), 0, blocks.padded());
                blocks.values(blocks.rows(some), out.data(), 0, blocks.padded());
                for (std::size_t i = 0; i < values.size(); ++i)
                    QVERIFY(std::abs(fixed[i] - fast::kFixedOne * static_cast<double>(values[i])) < 0.51);
                QCOMPARE(outFixed[0][0], std::uint16_t{65535}); // a point with itself
                const std::vector<double> factors = {0.5, -2.0, 3.0};
                std::vector<double> sums(blocks.padded(), 1.0);
                fast::addRows(outFixed.data(), factors.data(), 3, sums.data(), 0, blocks.padded());
                for (std::size_t i = 0; i < sums.size(); ++i)
                    QVERIFY(std::abs(sums[i] - 1.0 -
                                     (0.5 * outFixed[0][i] - 2.0 * outFixed[1][i] + 3.0 * outFixed[2][i]) /
                                         fast::kFixedOne) < 1e-6);
            }
        const fast::KernelBlocks linear(x, fast::mapOf({KernelKind::Linear}, x));
        QVERIFY(!linear.isFixed());
    }

    // Rows are kept in fixed point where nearly every variable is free; at the end that has left no trace.
    void manyFreeVariablesMeetTheConditions() {
        const ProblemPtr problem =
            randomProblem(ProblemKind::Classification, 21, 1500, {KernelKind::Rbf, 0.15, 0.0, 1}, 100.0, 12);
        const auto fit = solveFast(*problem, {.tolerance = 1e-4});
        QVERIFY(fit && meetsConditions(*problem, *fit, 1e-4));
        int free = 0;
        for (std::size_t i = 0; i < fit->alpha.size(); ++i)
            free += fit->alpha[i] > 0.0 && fit->alpha[i] < problem->upper[static_cast<Eigen::Index>(i)];
        QVERIFY2(free > 700, qPrintable(QString::number(free)));
        QVERIFY(std::abs(objectiveAndGradient(*problem, fit->alpha).objective - fit->objective) <=
                1e-6 * std::abs(fit->objective));
        QVERIFY(solveFast(*problem, {.tolerance = 1e-4, .threads = 2})->alpha == fit->alpha);
    }

    // Far apart: not below 0, not NaN. The same point: exactly 1.
    void exponentialsAtTheirEnds() {
        PointMatrix x(3, 1);
        x << 0.0, 0.0, 1e4;
        for (const Kernel& kernel :
             {Kernel{KernelKind::Rbf, 1.0, 0.0, 1}, Kernel{KernelKind::Laplacian, 1.0, 0.0, 1}})
            for (const auto precision : {fast::Precision::Single, fast::Precision::Double}) {
                const fast::KernelBlocks blocks(x, fast::mapOf(kernel, x, precision));
                std::vector<float> values(fast::kPanel);
                float* out = values.data();
                const std::vector<std::int32_t> first = {0};
                blocks.values(blocks.rows(first), &out, 0, fast::kPanel);
                QCOMPARE(values[0], 1.0F);
                QCOMPARE(values[1], 1.0F);
                QVERIFY(values[2] >= 0.0F && values[2] < 1e-37F);
            }
    }

    void agreesWithTheSteppedSolver() {
        const auto failure =
            orrery::testing::counterexample<Case>({.holds = agreesWithSmo, .smaller = smallerCases}, drawCase,
                                                  {.cases = 150, .seed = 6, .largest = 40});
        QVERIFY2(!failure, failure ? failure->text(print).c_str() : "");
    }

    void isTheLeastOfAllByBruteForce() {
        for (const ProblemKind kind : kProblemKinds)
            for (std::uint64_t seed = 0; seed < 20; ++seed) {
                const Eigen::Index points = kind == ProblemKind::Regression ? 3 : 6;
                const auto problem = randomProblem(kind, 300 + seed, points, someKernels()[seed % 5], 2.0);
                const double best = BruteForce(*problem).objective();
                const auto fit = solveFast(*problem, {.tolerance = 1e-6});
                QVERIFY(fit && fit->converged);
                QVERIFY2(std::abs(fit->objective - best) <= 2e-5 * (1.0 + std::abs(best)),
                         qPrintable(QStringLiteral("%1 seed %2: %3, best %4")
                                        .arg(idOf(kind).data())
                                        .arg(seed)
                                        .arg(fit->objective, 0, 'g', 12)
                                        .arg(best, 0, 'g', 12)));
            }
    }

    // More variables than a working set holds, and a cache that holds all rows, few, or none.
    void manyRoundsAndAnyCache() {
        for (const ProblemKind kind : kProblemKinds)
            for (const std::size_t kernel : {std::size_t{0}, std::size_t{3}, std::size_t{5}}) {
                const auto problem = randomProblem(kind, 11, 700, someKernels()[kernel], 5.0, 6);
                const fast::KernelBlocks blocks(problem->x, fast::mapOf(problem->kernel, problem->x));
                for (const std::size_t bytes :
                     {std::size_t{1} << 30, std::size_t{40} * 720 * 4, std::size_t{0}}) {
                    fast::DualSolver solver(
                        fast::boxDualOf(*problem, startingAlphas(*problem)), blocks,
                        {.tolerance = 1e-3, .cacheBytes = bytes, .workingSet = 96, .mostPairs = 1'000'000});
                    QVERIFY(solver.solve() == fast::DualSolver::Ending::Converged);
                    QVERIFY(solver.rounds() > 3);
                    const auto alpha = fast::alphasOf(*problem, solver.dual());
                    const double residual = kktResidual(*problem, alpha);
                    QVERIFY2(residual <= 1e-3 + roundingOf(*problem, alpha),
                             qPrintable(QStringLiteral("%1 %2 cache %3: %4")
                                            .arg(idOf(kind).data())
                                            .arg(idOf(problem->kernel.kind).data())
                                            .arg(bytes)
                                            .arg(residual)));
                }
            }
    }

    void threadsChangeNothing() {
        const auto problem = randomProblem(ProblemKind::Classification, 4, 3000, someKernels()[3], 10.0, 8);
        const auto one = solveFast(*problem, {.threads = 1});
        const auto two = solveFast(*problem, {.threads = 2});
        QVERIFY(one && two && one->converged && one->rounds > 1);
        QVERIFY(one->alpha == two->alpha);
        QCOMPARE(one->objective, two->objective);
        QCOMPARE(one->bias, two->bias);
        QCOMPARE(one->iterations, two->iterations);
        const SvmModel model = modelWithBias(*problem, one->alpha, one->bias);
        QVERIFY(decisionValues(model, problem->x, 1) == decisionValues(model, problem->x, 2));
    }

    void predictsLikeAPlainLoop() {
        for (const ProblemKind kind : kProblemKinds)
            for (const Kernel& kernel : someKernels()) {
                const auto problem = randomProblem(kind, 9, 150, kernel, 2.0, 5);
                const auto fit = solveFast(*problem);
                const SvmModel model = modelWithBias(*problem, fit->alpha, fit->bias);
                for (const Eigen::Index queries : {0, 1, 48, 500}) {
                    const PointMatrix x = randomPoints(queries, 5, 8);
                    const Eigen::VectorXd found = decisionValues(model, x);
                    QCOMPARE(found.size(), queries);
                    for (Eigen::Index i = 0; i < queries; ++i) {
                        double exact = model.bias, size = 1.0;
                        for (Eigen::Index j = 0; j < model.size(); ++j) {
                            const double term =
                                model.coefficients[j] *
                                kernel.value({x.data() + 5 * i, 5}, {model.vectors.data() + 5 * j, 5});
                            exact += term;
                            size += std::abs(term);
                        }
                        QVERIFY(std::abs(found[i] - exact) <= 5e-7 * size);
                    }
                }
            }
    }

    void goesOnFromAStart() {
        const auto problem = randomProblem(ProblemKind::Classification, 5, 600, someKernels()[3], 3.0);
        const auto cold = solveFast(*problem);
        const auto warm = solveFast(*problem, {}, cold->alpha);
        QVERIFY(warm->converged && warm->iterations <= cold->iterations / 20);
        QVERIFY(std::abs(warm->objective - cold->objective) <= 1e-4 * std::abs(cold->objective));
    }

    void degenerateData() {
        ProblemOptions options;
        options.kernel = someKernels()[3];
        // the same point in both classes; all points equal; two points
        for (const Eigen::Index points : {2, 3, 50}) {
            Eigen::VectorXd y = Eigen::VectorXd::Ones(points);
            y[0] = -1.0;
            const auto problem = makeProblem(PointMatrix::Zero(points, 2), y, options);
            const auto fit = solveFast(**problem);
            QVERIFY(fit && meetsConditions(**problem, *fit, 1e-3));
        }
        const auto problem = randomProblem(ProblemKind::Classification, 2, 60, someKernels()[0], 1e6);
        const auto fit = solveFast(*problem, {.maxPairs = 50});
        QVERIFY(fit && !fit->converged && fit->iterations <= 50);
        QVERIFY(!solveFast(*problem, {.tolerance = 0.0}));
    }

    void refusesWhatSinglePrecisionCannotHold() {
        PointMatrix x(2, 1);
        x << 1e25, -1e25;
        ProblemOptions options;
        options.kernel = someKernels()[0];
        Eigen::VectorXd y(2);
        y << 1.0, -1.0;
        const auto problem = makeProblem(x, y, options);
        QVERIFY(problem.has_value());
        QVERIFY(!solveFast(**problem));
    }

    void stopsWhenAsked() {
        const auto problem = randomProblem(ProblemKind::Classification, 4, 500, someKernels()[3], 10.0);
        Progress progress;
        progress.cancel();
        const auto fit = solveFast(*problem, {.progress = &progress});
        QVERIFY(!fit && fit.error().code == ErrorCode::Cancelled);
        Progress whole;
        QVERIFY(solveFast(*problem, {.progress = &whole}).has_value());
        QVERIFY(whole.fraction() > 0.99);
    }
};

QTEST_APPLESS_MAIN(TestFastSvm)
#include "tst_fast_svm.moc"
