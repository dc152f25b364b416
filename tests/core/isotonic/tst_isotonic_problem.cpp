// From rows to a problem: what is refused, what is left out, how ties are merged; sorting and medians.
#include "core/isotonic/radix_sort.h"
#include "core/isotonic/spearman.h"
#include "tests/core/isotonic/isotonic_cases.h"

#include <QtTest>
#include <numeric>

using namespace orrery;
using namespace orrery::isotonic;
using namespace orrery::isotonic::testing;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

QString refusal(const std::vector<double>& x, const std::vector<double>& y,
                const std::vector<double>& weights = {}, const ProblemOptions& options = {}) {
    const auto problem = makeProblem(x, y, weights, options);
    return problem ? QStringLiteral("not refused") : QString::fromStdString(problem.error().message);
}

double plainLowerMedian(std::vector<std::pair<double, double>> pairs) {
    std::sort(pairs.begin(), pairs.end());
    double total = 0.0, below = 0.0;
    for (const auto& [y, w] : pairs)
        total += w;
    for (const auto& [y, w] : pairs)
        if ((below += w) >= total / 2.0) return y;
    return pairs.back().first;
}

} // namespace

class TestIsotonicProblem : public QObject {
    Q_OBJECT
  private slots:
    void refusesInOneSentence() {
        QCOMPARE(refusal({}, {}), QStringLiteral("an isotonic fit needs at least one row"));
        QCOMPARE(refusal({1, 2}, {1}), QStringLiteral("x has 2 rows but y has 1"));
        QCOMPARE(refusal({1, 2}, {1, 2}, {1}), QStringLiteral("y has 2 rows but there are 1 weights"));
        QCOMPARE(refusal({1, 2}, {1, 2}, {1, -1}), QStringLiteral("the weight in row 2 is negative: -1"));
        QCOMPARE(refusal({1, 2}, {1, 2}, {1, kInf}), QStringLiteral("the weight in row 2 is infinite"));
        QCOMPARE(refusal({1, kInf}, {1, 2}), QStringLiteral("x in row 2 is infinite"));
        QCOMPARE(refusal({1, 2}, {-kInf, 2}), QStringLiteral("y in row 1 is infinite"));
        QCOMPARE(refusal({kNan, 2}, {1, 2}, {1, 0}),
                 QStringLiteral("no row is left: 1 with a missing value, 1 of weight 0"));
        QCOMPARE(refusal({1, 2}, {1e300, 1}),
                 QStringLiteral("the values or weights are too large to be summed"));
        QCOMPARE(refusal({1, 2}, {1, 2}, {1e200, 1e200}),
                 QStringLiteral("the values or weights are too large to be summed"));
        ProblemOptions crossed;
        crossed.yMin = 2.0;
        crossed.yMax = 1.0;
        QCOMPARE(refusal({1, 2}, {1, 2}, {}, crossed),
                 QStringLiteral("the lower bound 2 is above the upper bound 1"));
    }

    void leavesRowsOutAndCountsThem() {
        const std::vector<double> x{5, kNan, 3, 1, 2, 4}, y{50, 1, kNan, 10, 20, 40}, w{1, 1, 1, 1, 0, 2};
        const auto problem = *makeProblem(x, y, w);
        QCOMPARE(problem->missingRows, std::size_t{2});
        QCOMPARE(problem->weightlessRows, std::size_t{1});
        QCOMPARE(problem->inputRows, std::size_t{6});
        QCOMPARE(problem->x, (HugeVector<double>{1, 4, 5}));
        QCOMPARE(problem->y, (HugeVector<double>{10, 40, 50}));
        QCOMPARE(problem->weights, (HugeVector<double>{1, 2, 1}));
        QCOMPARE(problem->originalRow(1), std::size_t{5});
        const std::vector<double> rows = fitIsotonic(problem).fittedRows();
        QCOMPARE(rows[0], 50.0);
        QVERIFY(std::isnan(rows[1]) && std::isnan(rows[2]) && std::isnan(rows[4]));
    }

    void mergesTies() {
        const std::vector<double> x{2, 1, 2, -0.0, 0.0}, y{10, 1, 40, 3, 5}, w{1, 1, 2, 1, 3};
        const auto problem = *makeProblem(x, y, w);
        QCOMPARE(problem->x, (HugeVector<double>{0, 1, 2}));
        QCOMPARE(problem->y, (HugeVector<double>{4.5, 1, 30}));
        QCOMPARE(problem->weights, (HugeVector<double>{4, 1, 3}));
        QCOMPARE(problem->tieLoss, 3.0 * 0.25 + 2.25 + 400.0 + 2.0 * 100.0);
        QCOMPARE(problem->rowCount(2), std::size_t{2});
        ProblemOptions absolute;
        absolute.loss = Loss::L1;
        QCOMPARE((*makeProblem(x, y, w, absolute))->y, (HugeVector<double>{5, 1, 40}));
    }

    void autoFollowsTheRankCorrelation() {
        ProblemOptions options;
        options.direction = Direction::Auto;
        const std::vector<double> x{1, 2, 3, 4, 5};
        QVERIFY((*makeProblem(x, std::vector<double>{1, 1, 2, 9, 3}, {}, options))->increasing);
        QVERIFY(!(*makeProblem(x, std::vector<double>{5, 1, 2, 0, -3}, {}, options))->increasing);
        // scipy.stats.spearmanr([1, 2, 2, 4, 5], [3, 1, 1, 7, 2])
        QVERIFY(std::abs(spearman(std::vector<double>{1, 2, 2, 4, 5}, std::vector<double>{3, 1, 1, 7, 2}) -
                         0.15789473684210528) < 1e-15);
    }

    void sortsDoubles() {
        Rng rng(3);
        const auto drawn = [&](int kind) {
            switch (kind) {
            case 0:
                return static_cast<double>(rng.below(7)) - 3.0;
            case 1:
                return rng.normal() * std::pow(10.0, rng.uniform(-300.0, 300.0));
            case 2:
                return rng.uniform();
            case 3:
                return rng.normal();
            case 4:
                return std::exp(40.0 * rng.normal());
            case 5:
                return rng.below(1000) == 0 ? 1e200 : rng.uniform(); // parted in vain at first
            default:
                return rng.below(5000) == 0 ? 1e300 : rng.below(900) == 0 ? 1e150 : rng.uniform();
            }
        };
        for (int round = 0; round < 70; ++round) {
            std::vector<double> keys(rng.below(round < 56 ? 3000 : 200000));
            for (double& key : keys)
                key = drawn(round % 7);
            std::vector<std::uint32_t> order(keys.size());
            std::iota(order.begin(), order.end(), 0U);
            std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return keys[a] < keys[b]; });
            for (const int threads : {1, 3}) {
                const SortedRows sorted = sortedKeys(keys, threads);
                QVERIFY2(std::ranges::equal(sorted.order, order), qPrintable(QString::number(round)));
                for (std::size_t i = 0; i < keys.size(); ++i)
                    if (sorted.keys[i] != keys[order[i]]) QCOMPARE(sorted.keys[i], keys[order[i]]);
            }
        }
    }

    void sortsZerosInfinitiesAndTinies() {
        const std::vector<double> keys{0.0, -0.0, kInf, -kInf, 5e-324, -5e-324, 1e308, -1e308, 0.0};
        QCOMPARE(sortedKeys(keys).order, (HugeVector<std::uint32_t>{3, 7, 5, 0, 1, 8, 4, 6, 2}));
    }

    void findsMediansOfRanges() {
        Rng rng(11);
        for (int round = 0; round < 80; ++round) {
            const std::size_t n = 1 + rng.below(400);
            const bool weighted = round % 2 == 1;
            std::vector<double> y, w;
            for (std::size_t i = 0; i < n; ++i) {
                y.push_back(round % 3 == 0 ? static_cast<double>(rng.below(4)) : rng.normal());
                if (weighted) w.push_back(1.0 + static_cast<double>(rng.below(5)));
            }
            const RangeMedian medians(y, w);
            for (int i = 0; i < 50; ++i) {
                const std::size_t begin = rng.below(n);
                const std::size_t end = begin + 1 + rng.below(n - begin);
                std::vector<std::pair<double, double>> members;
                for (std::size_t k = begin; k < end; ++k)
                    members.emplace_back(y[k], weighted ? w[k] : 1.0);
                QCOMPARE(medians.lower(begin, end), plainLowerMedian(members));
            }
        }
    }

    // Whatever comes in, there is a fit that meets the conditions or one sentence.
    void survivesAnything() {
        Rng rng(19);
        const double odd[] = {0.0,    -0.0,  kNan,  kInf,   -kInf, 1e308, -1e308, 5e-324,
                              1e-300, 1e150, 1e149, 1.0,    -1.0,  2.0,   3.0,    0.5,
                              1e16,   -7.0,  1e100, 1e-100, 4.0,   2.5,   -2.5,   1e10};
        int fitted = 0;
        for (int round = 0; round < 4000; ++round) {
            const std::size_t n = rng.below(12);
            const std::size_t kinds = round % 2 == 0 ? std::size(odd) : std::size_t{0};
            const auto draw = [&] {
                return kinds > 0 && rng.below(3) == 0 ? odd[rng.below(kinds)] : rng.normal();
            };
            std::vector<double> x(n), y(n), w(rng.below(2) * n);
            for (auto* column : {&x, &y, &w})
                for (double& value : *column)
                    value = column == &w ? std::abs(draw()) : draw();
            ProblemOptions options;
            options.direction = static_cast<Direction>(rng.below(3));
            const auto problem = makeProblem(x, y, w, options);
            if (!problem) {
                QVERIFY(!problem.error().message.empty() &&
                        problem.error().message.find('\n') == std::string::npos);
                continue;
            }
            ++fitted;
            const double tolerance = 1e-12 * scaleOf(**problem);
            const QString failure = kktFailure(**problem, fitIsotonic(*problem).blocks, tolerance);
            QVERIFY2(failure.isEmpty(), qPrintable(QStringLiteral("round %1: %2").arg(round).arg(failure)));
        }
        QVERIFY(fitted > 1000);
    }
};

QTEST_APPLESS_MAIN(TestIsotonicProblem)
#include "tst_isotonic_problem.moc"
