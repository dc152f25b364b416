// `orrery solve isotonic` from its arguments to what it prints, what it writes and the exit code.
#include "app/cli/solve_isotonic.h"

#include <QFile>
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

Run run(const std::vector<std::string>& arguments) {
    std::ostringstream out, err;
    Run result;
    result.code = cli::solveIsotonic(arguments, out, err);
    result.out = out.str();
    result.err = err.str();
    return result;
}

} // namespace

class TestSolveIsotonic : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() {
        QVERIFY(m_folder.isValid());
        write("data.csv", "t,value,w,kind,three\n"
                          "1,1,1,a,p\n2,41,2,a,q\n3,51,3,b,r\n4,1,4,a,p\n5,2,5,b,q\n6,5,6,b,r\n7,24,7,b,p\n");
        write("holes.csv", "t,value,w\n3,3,1\n1,2,1\n,9,1\n2,1,1\n4,,1\n5,7,0\n");
    }

    void solvesTheKnownCase_data() {
        QTest::addColumn<QString>("solver");
        for (const char* solver : {"", "stack", "sweep", "active-set"})
            QTest::addRow("%s.", solver) << solver;
    }
    void solvesTheKnownCase() {
        QFETCH(QString, solver);
        std::vector<std::string> arguments{"--data", path("data.csv"), "--x", "t",     "--y",
                                           "value",  "--weight",       "w",   "--json"};
        if (!solver.isEmpty()) arguments.insert(arguments.end(), {"--solver", solver.toStdString()});
        const Run result = run(arguments);
        QVERIFY2(result.code == 0, result.err.c_str());
        QCOMPARE(result.json()["blocks"].toInt(), 3);
        QVERIFY(std::abs(result.json()["loss"].toDouble() - 7446.95) < 1e-9);
        QVERIFY(result.json()["seconds"].toDouble() > 0.0);
        QCOMPARE(result.json()["solver"].toString(), solver.isEmpty() ? QStringLiteral("fast") : solver);
        QCOMPARE(result.json().contains("comparisons"), !solver.isEmpty());
    }

    void writesTheFit() {
        const Run result = run({"--data", path("holes.csv"), "--x", "t", "--y", "value", "--weight", "w",
                                "--out", path("fitted.csv")});
        QVERIFY2(result.code == 0, result.err.c_str());
        QCOMPARE(read("fitted.csv"),
                 QByteArray("t,value,w,fitted\n3,3,1,3\n1,2,1,1.5\n,9,1,\n2,1,1,1.5\n4,,1,\n5,7,0,\n"));
        QCOMPARE(result.err,
                 std::string(
                     "orrery: 2 rows with a missing value left out\norrery: 1 row of weight 0 left out\n"));
        QVERIFY(result.out.find("2 blocks of 3 points") != std::string::npos);
    }

    void directionLossAndBounds() {
        const std::vector<std::string> base{"--data", path("data.csv"), "--x", "t", "--y", "value", "--json"};
        const auto with = [&](std::vector<std::string> more) {
            more.insert(more.begin(), base.begin(), base.end());
            return run(more).json();
        };
        QCOMPARE(with({"--increasing", "auto"})["increasing"].toBool(), true);
        QCOMPARE(with({"--increasing", "false"})["increasing"].toBool(), false);
        // 1 | 41 51 1 2 5 → 5, | 24: the median of five
        QCOMPARE(with({"--loss", "l1"})["loss"].toDouble(), 36.0 + 46.0 + 4.0 + 3.0 + 0.0);
        QCOMPARE(with({"--y-min", "100"})["loss"].toDouble(), 99.0 * 99.0 + 59.0 * 59.0 + 49.0 * 49.0 +
                                                                  99.0 * 99.0 + 98.0 * 98.0 + 95.0 * 95.0 +
                                                                  76.0 * 76.0);
    }

    void twoLevelsCountAsNumbers() {
        const Run result = run({"--data", path("data.csv"), "--x", "t", "--y", "kind", "--json"});
        QVERIFY2(result.code == 0, result.err.c_str());
        QCOMPARE(result.json()["blocks"].toInt(), 3); // 0 0 | 1 0 | 1 1 1
        QCOMPARE(result.json()["loss"].toDouble(), 0.5);
    }

    void refusesInOneLine_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("said");
        const QString data = QString::fromStdString(path("data.csv"));
        QTest::newRow("no data") << QStringList{"--x", "t", "--y", "value"} << "--data";
        QTest::newRow("no file") << QStringList{"--data", "missing.csv", "--x", "t", "--y", "value"}
                                 << "missing.csv";
        QTest::newRow("no column") << QStringList{"--data", data, "--x", "u", "--y", "value"}
                                   << "has no column “u”";
        QTest::newRow("no weight") << QStringList{"--data", data, "--x", "t", "--y", "value", "--weight", "v"}
                                   << "--weight";
        QTest::newRow("text x") << QStringList{"--data", data, "--x", "kind", "--y", "value"}
                                << "--x: “kind” has 2 levels";
        QTest::newRow("three levels")
            << QStringList{"--data", data, "--x", "t", "--y", "three"} << "--y: “three” has 3 levels";
        QTest::newRow("solver") << QStringList{"--data", data,    "--x",      "t",
                                               "--y",    "value", "--solver", "bubble"}
                                << "--solver";
        QTest::newRow("bounds") << QStringList{"--data", data,      "--x", "t",       "--y",
                                               "value",  "--y-min", "2",   "--y-max", "1"}
                                << "the lower bound 2 is above";
        QTest::newRow("out") << QStringList{"--data", data,    "--x",   "t",
                                            "--y",    "value", "--out", "/nowhere/fitted.csv"}
                             << "--out: /nowhere/fitted.csv cannot be written";
    }
    void refusesInOneLine() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, said);
        std::vector<std::string> list;
        for (const QString& argument : arguments)
            list.push_back(argument.toStdString());
        const Run result = run(list);
        QCOMPARE(result.code, 2);
        QVERIFY(result.out.empty());
        QVERIFY2(QString::fromStdString(result.err).contains(said), result.err.c_str());
        QCOMPARE(std::count(result.err.begin(), result.err.end(), '\n'), 1);
    }

    void helps() {
        const Run result = run({"--help"});
        QCOMPARE(result.code, 0);
        QVERIFY(result.out.find("--increasing") != std::string::npos);
    }

  private:
    [[nodiscard]] std::string path(const char* name) const { return m_folder.filePath(name).toStdString(); }
    void write(const char* name, const char* text) const {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    [[nodiscard]] QByteArray read(const char* name) const {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QTemporaryDir m_folder;
};

QTEST_APPLESS_MAIN(TestSolveIsotonic)
#include "tst_solve_isotonic.moc"
