// `orrery solve lasso` from its arguments to what it prints and the exit code.
#include "app/cli/solve_lasso.h"
#include "tests/core/linear/lasso_fixtures.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>
#include <sstream>

using namespace orrery;

namespace {

struct Run {
    int code = 0;
    std::string out;
    std::string err;
    [[nodiscard]] QJsonObject json() const {
        return QJsonDocument::fromJson(QByteArray::fromStdString(out)).object();
    }
};

Run run(std::vector<std::string> arguments) {
    std::ostringstream out, err;
    Run result;
    result.code = cli::solveLasso(arguments, out, err);
    result.out = out.str();
    result.err = err.str();
    return result;
}

} // namespace

class TestSolveLasso : public QObject {
    Q_OBJECT
  private slots:
    void agreesWithScikitLearn_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("alpha");
        QTest::addColumn<QString>("solver");
        for (const char* solver : {"cd", "fista", "ista", "admm", "pg", "lars"}) {
            QTest::addRow("%s lasso", solver) << "lasso_path.csv"
                                              << "1" << solver;
            QTest::addRow("%s elastic net", solver) << "enet_path.csv"
                                                    << "0.5" << solver;
        }
    }
    void agreesWithScikitLearn() {
        QFETCH(QString, file);
        QFETCH(QString, alpha);
        QFETCH(QString, solver);
        const auto golden =
            linear::fixtures::readNumbers(QStringLiteral(ORRERY_TEST_DATA "/lasso_diabetes/") + file);
        QCOMPARE(golden.size(), std::size_t{12});
        // A gap bounds the objective; flat directions of the loss turn 1e-14 of it into 1e-4 in a
        // coefficient.
        const bool exact = solver == "cd" || solver == "lars";
        const double tolerance = exact ? 1e-6 : 1e-4;
        const QStringList names{"age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"};
        for (const auto& row : golden) {
            const Run result =
                run({"--data", "builtin:diabetes", "--lambda", QString::number(row[0], 'g', 17).toStdString(),
                     "--alpha", alpha.toStdString(), "--solver", solver.toStdString(), "--gap", "1e-14",
                     "--json"});
            QVERIFY2(result.code == 0, result.err.c_str());
            const QJsonObject json = result.json();
            const QJsonObject coefficients = json["coefficients"].toArray().at(0).toObject();
            for (int j = 0; j < 10; ++j) {
                const double expected = row[static_cast<std::size_t>(j) + 2];
                QVERIFY(std::abs(coefficients[names[j]].toDouble() - expected) <
                        tolerance * std::max(1.0, std::abs(expected)));
            }
            QVERIFY(std::abs(json["intercepts"].toArray().at(0).toDouble() - row[1]) <
                    1e-5 * std::abs(row[1]));
        }
    }

    void pathHasOneEntryALambda() {
        const Run result = run({"--data", "builtin:diabetes", "--target", "target", "--features", "bmi,bp",
                                "--lambdas", "7", "--lambda-ratio", "0.01", "--json"});
        QVERIFY2(result.code == 0, result.err.c_str());
        QVERIFY(result.err.empty());
        const QJsonObject json = result.json();
        QVERIFY(json["seconds"].toDouble() > 0.0);
        QVERIFY(json["load_seconds"].toDouble() > 0.0);
        for (const char* key : {"lambdas", "coefficients", "intercepts", "df", "deviance_ratio", "gap"})
            QCOMPARE(json[key].toArray().size(), 7);
        QVERIFY(json["coefficients"].toArray().first().toObject().isEmpty());
        QCOMPARE(json["coefficients"].toArray().last().toObject().keys(), (QStringList{"bmi", "bp"}));
        const QJsonArray lambdas = json["lambdas"].toArray();
        QVERIFY(std::abs(lambdas.last().toDouble() / lambdas.first().toDouble() - 0.01) < 1e-12);
        for (const auto& gap : json["gap"].toArray())
            QVERIFY(gap.toDouble() <= 1e-6);
    }

    void readableTableWithoutJson() {
        const Run result = run({"--data", "builtin:diabetes", "--lambdas", "3"});
        QCOMPARE(result.code, 0);
        QVERIFY(result.out.find("lambda") != std::string::npos &&
                result.out.find("bmi") != std::string::npos);
    }

    void badInputIsOneLineAndNothingElse_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("mentions");
        QTest::newRow("no data") << QStringList{} << "--data";
        QTest::newRow("unknown option")
            << QStringList{"--data", "builtin:diabetes", "--frobnicate", "1"} << "--frobnicate";
        QTest::newRow("no such file")
            << QStringList{"--data", "/nonexistent.csv", "--target", "y"} << "/nonexistent.csv";
        QTest::newRow("no such set") << QStringList{"--data", "builtin:nosuch", "--target", "y"} << "nosuch";
        QTest::newRow("no such target")
            << QStringList{"--data", "builtin:diabetes", "--target", "nosuch"} << "nosuch";
        QTest::newRow("no such feature")
            << QStringList{"--data", "builtin:diabetes", "--features", "bmi,nosuch"} << "nosuch";
        QTest::newRow("target among features")
            << QStringList{"--data", "builtin:diabetes", "--features", "target"} << "target";
        QTest::newRow("solver") << QStringList{"--data", "builtin:diabetes", "--solver", "magic"}
                                << "--solver";
        QTest::newRow("gap") << QStringList{"--data", "builtin:diabetes", "--gap", "0"} << "--gap";
        QTest::newRow("alpha") << QStringList{"--data", "builtin:diabetes", "--alpha", "2"} << "--alpha";
        QTest::newRow("lambda") << QStringList{"--data", "builtin:diabetes", "--lambda", "-1"} << "--lambda";
        QTest::newRow("not a number")
            << QStringList{"--data", "builtin:diabetes", "--lambda", "abc"} << "--lambda";
        QTest::newRow("lambdas") << QStringList{"--data", "builtin:diabetes", "--lambdas", "0"}
                                 << "--lambdas";
        QTest::newRow("lambda ratio")
            << QStringList{"--data", "builtin:diabetes", "--lambda-ratio", "1"} << "--lambda-ratio";
        QTest::newRow("target with many levels")
            << QStringList{"--data", "builtin:iris", "--target", "species"} << "species";
        QTest::newRow("standardize") << QStringList{"--data", "builtin:diabetes", "--standardize", "maybe"}
                                     << "--standardize";
    }
    void badInputIsOneLineAndNothingElse() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, mentions);
        std::vector<std::string> list;
        for (const QString& argument : arguments)
            list.push_back(argument.toStdString());
        const Run result = run(list);
        QCOMPARE(result.code, 2);
        QVERIFY(result.out.empty());
        QVERIFY2(result.err.find(mentions.toStdString()) != std::string::npos, result.err.c_str());
        QCOMPARE(std::count(result.err.begin(), result.err.end(), '\n'), 1);
        QVERIFY(result.err.back() == '\n');
    }

    void ownFile() {
        QTemporaryDir folder;
        const auto write = [&](const char* name, const char* text) {
            QFile file(folder.filePath(name));
            if (file.open(QIODevice::WriteOnly)) file.write(text);
            return file.fileName().toStdString();
        };
        const std::string good = write("good.csv", "a,b,y\n1,2,1\n2,1,2\n3,5,3\n4,0,4\n");
        const Run fit = run({"--data", good, "--target", "y", "--lambda", "0.001", "--json"});
        QVERIFY2(fit.code == 0, fit.err.c_str());
        const QJsonObject at = fit.json()["coefficients"].toArray().at(0).toObject();
        QVERIFY(std::abs(at["a"].toDouble() - 1.0) < 0.01 && !at.contains("b"));

        // A category enters as an indicator of each level but the first.
        const std::string words = write("words.csv", "c,y\nred,1\nblue,3\nred,1\nblue,3\n");
        const Run levels = run({"--data", words, "--target", "y", "--lambda", "0.0001", "--json"});
        QVERIFY2(levels.code == 0, levels.err.c_str());
        QVERIFY(std::abs(levels.json()["coefficients"].toArray().at(0).toObject()["c=blue"].toDouble() -
                         2.0) < 0.01);

        const std::string holes = write("holes.csv", "a,y\n1,1\n,2\n3,3\n4,5\n");
        const Run missing = run({"--data", holes, "--target", "y"});
        QCOMPARE(missing.code, 0);
        QVERIFY2(missing.err.find("1 row") != std::string::npos, missing.err.c_str());

        const std::string ordered = write("t.svm", "1 1:0.5 3:2\n2 2:1\n3 1:1.5 3:-1\n4 2:2 3:1\n");
        QVERIFY2(run({"--data", ordered, "--target", "label", "--lambdas", "5"}).code == 0, "sparse");

        const std::string torn = write("torn.csv", "a,y\n1,2\n1,2,3\n4,5\n");
        const Run refused = run({"--data", torn, "--target", "y"});
        QCOMPARE(refused.code, 2);
        QVERIFY2(refused.err.find("torn.csv") != std::string::npos && refused.out.empty(),
                 refused.err.c_str());
    }

    void earlyStopSaysSo() {
        // At λ = 0 the KKT violation decides, and rounding keeps it above 1e-298.
        const Run result = run({"--data", "builtin:diabetes", "--lambda", "0", "--gap", "1e-300", "--json"});
        QCOMPARE(result.code, 1);
        QVERIFY(result.err.find("lambda") != std::string::npos);
        QCOMPARE(result.json()["lambdas"].toArray().size(), 0);
    }
};

QTEST_APPLESS_MAIN(TestSolveLasso)
#include "tst_solve_lasso.moc"
