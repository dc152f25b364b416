// The pure parts of the plot toolkit: labels that keep apart, decimation, ticks, numbers, places for labels.
#include "widgets/plot/decimate.h"
#include "widgets/plot/number_format.h"
#include "widgets/plot/place_label.h"
#include "widgets/plot/spread_labels.h"
#include "widgets/plot/strokes.h"
#include "widgets/plot/ticks.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>

using namespace orrery;

class PlotLayoutTest : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void labelsNeverTouch();
    void labelsMoveAsLittleAsPossible();
    void decimateKeepsExtremes();
    void decimateLeavesFewPoints();
    void numbersAreReal_data();
    void numbersAreReal();
    void linearTicksAreFewAndRound();
    void ticksReadAlike_data();
    void ticksReadAlike();
    void logTicksAreDecades();
    void placedLabelMeetsNothing();
    void labelsLeaveLabelsAlone();
    void clippedLineStaysInside();
};

namespace {

struct Case {
    std::vector<double> positions, heights;
    double lower = 0.0, upper = 0.0;
};

Case randomCase(std::mt19937_64& random) {
    std::uniform_real_distribution<double> unit(0.0, 1.0);
    Case c;
    const int n = static_cast<int>(1 + 24 * unit(random));
    c.upper = 300.0;
    for (int i = 0; i < n; ++i) {
        c.positions.push_back(unit(random) < 0.3 ? 150.0 : 300.0 * unit(random)); // ties are common
        c.heights.push_back(4.0 + 8.0 * unit(random));
    }
    return c;
}

double cost(const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum;
}

/// Lowest and highest y of every column of one pixel.
std::map<int, std::pair<double, double>> extremes(const QPolygonF& line) {
    std::map<int, std::pair<double, double>> result;
    for (const QPointF& p : line) {
        auto& [low, high] =
            result.try_emplace(static_cast<int>(std::floor(p.x())), p.y(), p.y()).first->second;
        low = std::min(low, p.y());
        high = std::max(high, p.y());
    }
    return result;
}

bool feasible(const Case& c, const std::vector<double>& centres) {
    std::vector<std::size_t> order(centres.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return centres[a] < centres[b]; });
    double bottom = c.lower;
    for (const std::size_t i : order) {
        if (centres[i] - c.heights[i] / 2 < bottom - 1e-9) return false;
        bottom = centres[i] + c.heights[i] / 2;
    }
    return bottom <= c.upper + 1e-9;
}

} // namespace

void PlotLayoutTest::labelsNeverTouch() {
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        std::mt19937_64 random(seed);
        const Case c = randomCase(random);
        const auto centres = spreadLabels(c.positions, c.heights, c.lower, c.upper);
        QVERIFY2(feasible(c, centres), qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
}

// No feasible nudge of one label, or of a run of neighbours, costs less.
void PlotLayoutTest::labelsMoveAsLittleAsPossible() {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        std::mt19937_64 random(seed);
        const Case c = randomCase(random);
        const auto centres = spreadLabels(c.positions, c.heights, c.lower, c.upper);
        std::vector<std::size_t> order(centres.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::sort(order.begin(), order.end(), [&](auto a, auto b) { return centres[a] < centres[b]; });
        for (std::size_t from = 0; from < order.size(); ++from)
            for (std::size_t to = from; to < order.size(); ++to)
                for (const double nudge : {-0.05, 0.05}) {
                    auto moved = centres;
                    for (std::size_t k = from; k <= to; ++k)
                        moved[order[k]] += nudge;
                    if (feasible(c, moved))
                        QVERIFY2(cost(moved, c.positions) >= cost(centres, c.positions) - 1e-9,
                                 qPrintable(QStringLiteral("seed %1").arg(seed)));
                }
    }
}

void PlotLayoutTest::decimateKeepsExtremes() {
    std::mt19937_64 random(5);
    std::normal_distribution<double> noise;
    QPolygonF line;
    for (int i = 0; i < 20000; ++i)
        line.append({i * 0.01, 50 * std::sin(i * 0.001) + 10 * noise(random)});
    const QPolygonF thin = decimate(line);
    QVERIFY(extremes(line) == extremes(thin));
    QCOMPARE(thin.first(), line.first());
    QCOMPARE(thin.last(), line.last());
}

void PlotLayoutTest::decimateLeavesFewPoints() {
    QPolygonF line;
    for (int i = 0; i < 100000; ++i)
        line.append({i * 0.004, double(i % 97)});
    QVERIFY(decimate(line).size() <= 4 * 401);
    const QPolygonF sparse{{0, 1}, {5, 2}, {9, 3}};
    QCOMPARE(decimate(sparse), sparse);
}

void PlotLayoutTest::numbersAreReal_data() {
    QTest::addColumn<QString>("made");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const QString& made, const QString& expected) {
        QTest::newRow(name) << made << expected;
    };
    row("minus", fixedNumber(-30, 0), QStringLiteral("−30"));
    row("no minus zero", fixedNumber(-0.004, 2), QStringLiteral("0.00"));
    row("thousands", fixedNumber(1234567.5, 1), QStringLiteral("1\u2009234\u2009567.5"));
    row("short", shortNumber(1.8342), QStringLiteral("1.83"));
    row("short, large", shortNumber(12404.2), QStringLiteral("12\u2009404"));
    row("scientific", shortNumber(3.14e-5), QStringLiteral("3.1e−05"));
}

void PlotLayoutTest::numbersAreReal() {
    QFETCH(QString, made);
    QFETCH(QString, expected);
    QCOMPARE(made, expected);
}

void PlotLayoutTest::linearTicksAreFewAndRound() {
    std::mt19937_64 random(11);
    std::uniform_real_distribution<double> exponent(-6.0, 6.0), shift(-3.0, 3.0);
    for (int i = 0; i < 3000; ++i) {
        const double span = std::pow(10.0, exponent(random)), lower = span * shift(random);
        const TickOptions options{.most = 2 + i % 9};
        const auto ticks = linearTicks(lower, lower + span, options);
        QVERIFY(static_cast<int>(ticks.size()) <= options.most);
        for (std::size_t k = 0; k < ticks.size(); ++k) {
            QVERIFY(ticks[k].value >= lower - 1e-6 * span && ticks[k].value <= lower + span * (1 + 1e-6));
            if (k > 0) QVERIFY(ticks[k].text != ticks[k - 1].text);
        }
    }
    QCOMPARE(linearTicks(0, 4, {.most = 9, .integers = true}).size(), std::size_t(5));
}

// One way of writing for a whole axis; powers where digits would fill the margin.
void PlotLayoutTest::ticksReadAlike_data() {
    QTest::addColumn<double>("lower");
    QTest::addColumn<double>("upper");
    QTest::addColumn<QString>("texts");
    QTest::newRow("thousands") << 0.0 << 6000.0 << QStringLiteral("0 2k 4k 6k");
    QTest::newRow("half thousands") << 400.0 << 1600.0 << QStringLiteral("500 1_000 1_500");
    QTest::newRow("millions") << 0.0 << 1.5e6 << QStringLiteral("0 0.5M 1.0M 1.5M");
    QTest::newRow("tenths") << 0.0 << 0.5 << QStringLiteral("0.0 0.2 0.4");
    QTest::newRow("rounding") << -2e-14 << 2e-14 << QStringLiteral("−2·10^−14 0 2·10^−14");
    QTest::newRow("nothing") << -1e-300 << 1e-300 << QStringLiteral("−1·10^−300 0 1·10^−300");
    QTest::newRow("immense") << 0.0 << 3e120 << QStringLiteral("0 1·10^120 2·10^120 3·10^120");
}

void PlotLayoutTest::ticksReadAlike() {
    QFETCH(double, lower);
    QFETCH(double, upper);
    QFETCH(QString, texts);
    QStringList got;
    for (const Tick& tick : linearTicks(lower, upper, {.most = 4, .abbreviate = true}))
        got << tick.text + (tick.power.isEmpty() ? QString() : QLatin1Char('^') + tick.power);
    QCOMPARE(got.join(QLatin1Char(' ')).replace(kThinSpace, QLatin1Char('_')), texts);
}

void PlotLayoutTest::logTicksAreDecades() {
    const auto ticks = logTicks(0.03, 60, {});
    QCOMPARE(ticks.size(), std::size_t(3));
    const QString powers[] = {QStringLiteral("−1"), QStringLiteral("0"), QStringLiteral("1")};
    for (std::size_t i = 0; i < 3; ++i) {
        QCOMPARE(ticks[i].text, QStringLiteral("10"));
        QCOMPARE(ticks[i].power, powers[i]);
    }
    QCOMPARE(logTicks(1, 1000, {}).back().text,
             QStringLiteral("1\u2009000")); // few whole decades need no powers
    QVERIFY(logTicks(1e-300, 1e300, {.most = 6}).size() <= 6);
    QVERIFY(logTicks(2.1, 2.4, {.most = 6}).size() >= 2); // within a decade: still two numbers to read
}

void PlotLayoutTest::placedLabelMeetsNothing() {
    std::mt19937_64 random(3);
    std::uniform_real_distribution<double> unit(0.0, 1.0);
    const QRectF area(0, 0, 400, 300);
    for (int i = 0; i < 500; ++i) {
        QPolygonF curve;
        const double depth = 50 + 200 * unit(random), rate = 4 + 10 * unit(random);
        for (int k = 0; k <= 100; ++k)
            curve.append({k * 4.0, 20 + depth * (1 - std::exp(-rate * k / 100.0))});
        const QPointF anchor = curve[static_cast<int>(100 * unit(random))];
        const std::vector<QPolygonF> lines{curve};
        const QRectF box = placeLabel({70, 15}, anchor, area, 7, lines, {});
        QVERIFY(area.contains(box));
        QVERIFY2(!meets(curve, box), qPrintable(QStringLiteral("case %1").arg(i)));
    }
}

// Marks all over: a label may cover a mark, but never another label.
void PlotLayoutTest::labelsLeaveLabelsAlone() {
    std::mt19937_64 random(5);
    std::uniform_real_distribution<double> x(20.0, 380.0), y(20.0, 280.0);
    const QRectF area(0, 0, 400, 300);
    for (int i = 0; i < 100; ++i) {
        std::vector<QRectF> marks, placed;
        for (int k = 0; k < 60; ++k)
            marks.push_back({x(random), y(random), 12, 12});
        const QPointF anchor(x(random), y(random));
        for (int k = 0; k < 3; ++k) {
            const QRectF box = placeLabel({70, 20}, anchor, area, 7, {}, marks, false, placed);
            for (const QRectF& other : placed)
                QVERIFY2(!box.intersects(other), qPrintable(QStringLiteral("case %1").arg(i)));
            placed.push_back(box);
        }
    }
}

void PlotLayoutTest::clippedLineStaysInside() {
    std::mt19937_64 random(8);
    std::uniform_real_distribution<double> wide(-200.0, 500.0);
    const QRectF box(0, 0, 300, 200);
    for (int i = 0; i < 500; ++i) {
        QPolygonF line;
        for (int k = 0; k < 6; ++k)
            line.append({wide(random), wide(random)});
        for (const QPolygonF& part : clippedLine(line, box))
            for (const QPointF& p : part)
                QVERIFY(box.adjusted(-1e-9, -1e-9, 1e-9, 1e-9).contains(p));
    }
    QCOMPARE(clippedLine(QPolygonF{{-10, 100}, {310, 100}}, box).front(), (QPolygonF{{0, 100}, {300, 100}}));
}

QTEST_APPLESS_MAIN(PlotLayoutTest)
#include "tst_plot_layout.moc"
