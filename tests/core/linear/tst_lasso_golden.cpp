// The path on the diabetes data against glmnet and scikit-learn, to 1e-6 in the coefficients at equal λ.
//
// Both were asked for far more digits than that (their versions and settings stand in the first line of each
// file), and they agree with each other to 2e-8.
#include "core/linear/coordinate_descent_path.h"
#include "tests/core/linear/lasso_cases.h"

#include <QtTest>
#include <cmath>
#include <fstream>
#include <sstream>

using namespace orrery;
using namespace orrery::linear;
using namespace orrery::linear::testing;

namespace {

/// Rows of numbers; lines that begin with # and the header are skipped.
std::vector<std::vector<double>> readNumbers(const std::string& path) {
    std::ifstream file(path);
    std::vector<std::vector<double>> rows;
    bool header = true;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#' || std::exchange(header, false)) continue;
        std::vector<double> row;
        std::stringstream text(line);
        for (std::string cell; std::getline(text, cell, ',');)
            row.push_back(std::stod(cell));
        rows.push_back(std::move(row));
    }
    return rows;
}

LassoCase diabetes() {
    const auto rows = readNumbers(ORRERY_SOURCE_DIR "/resources/data/diabetes.csv");
    LassoCase data{Eigen::MatrixXd(rows.size(), 10), Eigen::VectorXd(rows.size())};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        for (int j = 0; j < 10; ++j)
            data.x(row, j) = rows[i][static_cast<std::size_t>(j)];
        data.y[row] = rows[i][10];
    }
    return data;
}

} // namespace

class TestLassoGolden : public QObject {
    Q_OBJECT
  private slots:
    void pathEqualsPeers_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<double>("alpha");
        for (const char* peer : {"glmnet", "scikit_learn"}) {
            QTest::addRow("%s lasso", peer) << QString("%1_alpha_1.csv").arg(peer) << 1.0;
            QTest::addRow("%s elastic net", peer) << QString("%1_alpha_0.5.csv").arg(peer) << 0.5;
        }
    }
    void pathEqualsPeers() {
        QFETCH(QString, file);
        QFETCH(double, alpha);
        const auto golden = readNumbers(ORRERY_TEST_DATA "/lasso_diabetes/" + file.toStdString());
        QCOMPARE(golden.size(), std::size_t{20});
        LassoCase data = diabetes();
        QCOMPARE(data.y.size(), Eigen::Index{442});
        if (alpha < 1.0) // the unit of glmnet's ridge penalty
            data.y /= std::sqrt((data.y.array() - data.y.mean()).square().mean());
        const auto problem = denseProblem(data);
        LassoOptions options{.alpha = alpha, .relativeGap = 1e-13};
        for (const auto& row : golden)
            options.lambdas.push_back(row[0]);
        CoordinateDescentPath solver(problem, options);
        QVERIFY(solve(solver).last.status == StepStatus::Converged);
        for (std::size_t k = 0; k < golden.size(); ++k) {
            const DataScaleModel model =
                coefficientsInDataScale(*problem, betaOf(*solver.state().path[k], 10));
            QVERIFY(std::abs(model.intercept - golden[k][1]) < 1e-6);
            for (int j = 0; j < 10; ++j)
                QVERIFY2(std::abs(model.coefficients[j] - golden[k][static_cast<std::size_t>(j) + 2]) < 1e-6,
                         qPrintable(QString("λ %1 column %2").arg(k).arg(j)));
        }
    }
};

QTEST_APPLESS_MAIN(TestLassoGolden)
#include "tst_lasso_golden.moc"
