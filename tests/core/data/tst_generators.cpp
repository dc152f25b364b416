// Generators are what they say: same seed same table, the stated variances and correlations, both classes.
#include "core/data/generators.h"
#include "tests/core/data/table_text.h"

#include <Eigen/Cholesky>
#include <QtTest>
#include <fmt/format.h>

using namespace orrery;
using namespace orrery::data;

namespace {

std::shared_ptr<const Table> make(std::string_view id, const ParameterValues& values = {}, std::uint64_t seed = 1) {
    const auto table = generate(id, values, seed);
    if (!table) qWarning("%s", messageOf(table));
    return table ? *table : nullptr;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += a[i] * b[i];
        aa += a[i] * a[i];
        bb += b[i] * b[i];
    }
    return ab / std::sqrt(aa * bb);
}

} // namespace

class TestGenerators : public QObject {
    Q_OBJECT
  private slots:
    void seedDecidesAndParametersAreNamed() {
        for (const auto& info : generators()) {
            const auto a = make(info.id), b = make(info.id), other = make(info.id, {}, 2);
            QVERIFY2(a && b && other, info.id.c_str());
            QVERIFY2(sameTable(*a, *b), info.id.c_str());
            QVERIFY2(!sameTable(*a, *other), info.id.c_str());
            QVERIFY(a->find(info.defaultTarget));
            QVERIFY(a->provenance.find("seed 1") != std::string::npos);
            for (const auto& spec : info.parameters) QVERIFY(!spec.label.empty() && !spec.tooltip.empty());
        }
    }

    void classesAreEven() {
        for (const auto& info : generators()) {
            if (info.defaultTarget != "class" || info.id == "formula") continue;
            const auto summary = summarize(make(info.id, {{"n", std::int64_t{240}}})->columns[2]);
            for (const auto& [level, count] : summary.levels)
                QCOMPARE(count, 240 / summary.levels.size());
        }
    }

    void linearModelHasItsSignalToNoise_data() {
        QTest::addColumn<double>("rho");
        QTest::addColumn<double>("density");
        QTest::newRow("dense, correlated") << 0.5 << 1.0;
        QTest::newRow("dense, independent") << 0.0 << 1.0;
        QTest::newRow("sparse") << 0.5 << 0.2;
    }
    void linearModelHasItsSignalToNoise() {
        QFETCH(double, rho);
        QFETCH(double, density);
        const std::int64_t n = 200'000;
        const auto table = make("sparse_linear", {{"n", n}, {"p", std::int64_t{4}}, {"k", std::int64_t{3}}, {"snr", 4.0},
                                                  {"rho", rho}, {"density", density}});
        QCOMPARE(table->columnCount(), std::size_t{5});
        Eigen::MatrixXd x(n, 4);
        if (table->sparse) x = table->sparse->values;
        else
            for (int j = 0; j < 4; ++j)
                x.col(j) = Eigen::Map<const Eigen::VectorXd>(table->columns[j].numeric().values.data(), n);
        const auto& yValues = table->columns[*table->find("y")].numeric().values;
        const Eigen::VectorXd y = Eigen::Map<const Eigen::VectorXd>(yValues.data(), n);
        Eigen::Vector4d beta(-1.0, std::exp(-0.1), -std::exp(-0.2), 0.0);
        const Eigen::VectorXd signal = x * beta;
        const double ratio = (signal.array() - signal.mean()).square().mean() / (y - signal).squaredNorm() * n;
        QVERIFY2(std::abs(ratio / 4.0 - 1.0) < 0.05, qPrintable(QString::number(ratio)));
        // Least squares finds the truth again.
        const Eigen::VectorXd found = Eigen::Matrix4d(x.transpose().lazyProduct(x)).ldlt().solve(Eigen::Vector4d(x.transpose() * y));
        QVERIFY((found - beta).cwiseAbs().maxCoeff() < 0.05);
    }

    void featuresHaveTheirCorrelation() {
        const auto table = make("sparse_linear", {{"n", std::int64_t{100'000}}, {"p", std::int64_t{3}}, {"k", std::int64_t{1}},
                                                  {"rho", 0.7}});
        const double r = correlation(table->columns[0].numeric().values, table->columns[2].numeric().values);
        QVERIFY(std::abs(r - 0.7) < 0.02);
    }

    // A larger p leaves the first columns as they were.
    void moreFeaturesKeepTheFirst() {
        const auto small = make("sparse_linear", {{"p", std::int64_t{12}}});
        const auto large = make("sparse_linear", {{"p", std::int64_t{30}}});
        for (int j = 0; j < 12; ++j)
            QVERIFY(small->columns[j].numeric().values == large->columns[j].numeric().values);
    }

    void formulaParts() {
        const auto table = make("formula", {{"formula", std::string("x^2 - 1")}, {"n", std::int64_t{500}}});
        const auto& x = table->columns[0].numeric().values;
        const auto& y = table->columns[1].numeric().values;
        const auto& c = table->columns[2].categorical();
        for (std::size_t i = 0; i < x.size(); ++i) QCOMPARE(c.codes[i] == 1, y[i] > x[i] * x[i] - 1);
    }

    void refusalsNameTheParameter() {
        QCOMPARE(std::string(messageOf(generate("formula", {{"formula", std::string("sin(2*x")}}, 1))),
                 std::string("“sin(2*x”, character 8: a closing parenthesis is expected, not the end"));
        QVERIFY(!generate("sparse_linear", {{"k", std::int64_t{51}}}, 1));
        QVERIFY(!generate("sparse_linear", {{"rho", 1.5}}, 1));
        QVERIFY(!generate("no_such", {}, 1));
    }
};

QTEST_APPLESS_MAIN(TestGenerators)
#include "tst_generators.moc"
