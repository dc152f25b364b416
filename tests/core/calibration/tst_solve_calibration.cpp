// `orrery solve calibration` from its arguments to what it prints and the exit code.
#include "app/cli/solve_calibration.h"

#include "core/calibration/cross_fit.h"
#include "tests/core/calibration/calibration_cases.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>
#include <sstream>

using namespace orrery;
using namespace orrery::calibration;
using namespace orrery::calibration::testing;

namespace {

struct Run {
    int code = 0;
    std::string out;
    std::string err;
    [[nodiscard]] const QJsonObject json() const {
        return QJsonDocument::fromJson(QByteArray::fromStdString(out)).object();
    }
};

Run run(const std::vector<std::string>& arguments) {
    std::ostringstream out, err;
    Run result;
    result.code = cli::solveCalibration(arguments, out, err);
    result.out = out.str();
    result.err = err.str();
    return result;
}

const std::string kScores = ORRERY_TEST_DATA "/calibration/scores.csv";

} // namespace

class TestSolveCalibration : public QObject {
    Q_OBJECT
  private slots:
    void equalsTheLibrary() {
        const Run result = run({"--data", kScores, "--score", "score", "--label", "label", "--weight",
                                "weight", "--folds", "4", "--seed", "3", "--json"});
        QVERIFY2(result.code == 0 && result.err.empty(), result.err.c_str());
        Progress progress;
        const auto expected = *compareCalibrators(*goldenSample("score", true), kCalibrationMethods,
                                                  {.folds = 4, .seed = 3}, progress);
        const QJsonObject json = result.json();
        QCOMPARE(json["rows"].toInt(), 400);
        QCOMPARE(json["before"]["brier"].toDouble(), expected.before->brier.brier);
        const QJsonArray after = json["after"].toArray();
        QCOMPARE(after.size(), 3);
        for (int k = 0; k < 3; ++k) {
            const CrossFitted& fitted = expected.after[static_cast<std::size_t>(k)];
            QCOMPARE(after[k]["method"].toString().toStdString(), std::string(idOf(fitted.method)));
            QCOMPARE(after[k]["metrics"]["log_loss"].toDouble(), fitted.metrics.logLoss);
            QCOMPARE(after[k]["metrics"]["miscalibration"].toDouble(), fitted.metrics.brier.miscalibration);
        }
        QCOMPARE(after[1]["parameters"]["slope"].toDouble(), std::get<PlattMap>(expected.after[1].map).slope);
    }
    void realScoresHaveNoMetricsBefore() {
        const Run result =
            run({"--data", kScores, "--score", "margin", "--label", "label", "--method", "platt", "--json"});
        QVERIFY2(result.code == 0, result.err.c_str());
        QVERIFY(result.json()["before"].isNull());
        QCOMPARE(result.json()["after"].toArray().size(), 1);
        QCOMPARE(result.json()["after"].toArray().at(0)["parameters"]["on_log_odds"].toBool(), false);
    }
    void logisticRegressionGivesScores() {
        const Run result = run({"--data", "builtin:breast_cancer", "--label", "diagnosis", "--json"});
        QVERIFY2(result.code == 0, result.err.c_str());
        QCOMPARE(result.json()["rows"].toInt(), 569);
        QCOMPARE(result.json()["event"].toString(), "malignant");
        QVERIFY(result.json()["before"]["auc"].toDouble() > 0.98);
    }
    void tableNamesEveryMethod() {
        const Run result = run({"--data", kScores, "--score", "score", "--label", "label"});
        QCOMPARE(result.code, 0);
        for (const char* word : {"before", "isotonic", "platt", "beta", "Brier", "AUC"})
            QVERIFY2(result.out.find(word) != std::string::npos, word);
    }
    void badInputIsOneLine_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("part");
        const QString data = QString::fromStdString(kScores);
        QTest::newRow("no label") << QStringList{"--data", data, "--score", "score"} << "--label is required";
        QTest::newRow("unknown score") << QStringList{"--data", data, "--score", "nope", "--label", "label"}
                                       << "--score: " + data + " has no column “nope”";
        QTest::newRow("method") << QStringList{"--data",  data,    "--score",  "score",
                                               "--label", "label", "--method", "x"}
                                << "--method";
        QTest::newRow("folds") << QStringList{"--data",  data,    "--score", "score",
                                              "--label", "label", "--folds", "5000"}
                               << "cannot be dealt to 5000 folds";
        QTest::newRow("many labels") << QStringList{"--data", data, "--score", "score", "--label", "weight"}
                                     << "column “weight” has more than two values";
        QTest::newRow("beta on margins")
            << QStringList{"--data", data, "--score", "margin", "--label", "label", "--method", "beta"}
            << "beta calibration needs scores in [0, 1]";
        QTest::newRow("no file") << QStringList{"--data", "/nowhere.csv", "--score", "s", "--label", "y"}
                                 << "/nowhere.csv";
        QTest::newRow("weight alone")
            << QStringList{"--data", data, "--weight", "weight", "--label", "label"} << "--score";
    }
    void badInputIsOneLine() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, part);
        std::vector<std::string> list;
        for (const QString& argument : arguments)
            list.push_back(argument.toStdString());
        const Run result = run(list);
        QCOMPARE(result.code, 2);
        QVERIFY(result.out.empty());
        QVERIFY2(QString::fromStdString(result.err).contains(part), result.err.c_str());
        QCOMPARE(std::count(result.err.begin(), result.err.end(), '\n'), 1);
    }
    void helpIsPrinted() {
        const Run result = run({"--help"});
        QCOMPARE(result.code, 0);
        QVERIFY(result.out.find("--folds") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestSolveCalibration)
#include "tst_solve_calibration.moc"
