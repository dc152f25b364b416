// `orrery solve svm` from its arguments to what it prints, what it writes and the exit code.
#include "app/cli/solve_svm.h"
#include "core/support/rng.h"
#include "tests/core/svm/golden_data.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>
#include <sstream>

using namespace orrery;
using namespace orrery::svm::testing;

namespace {

struct Run {
    int code = 0;
    std::string out;
    std::string err;
    [[nodiscard]] QJsonObject json() const {
        return QJsonDocument::fromJson(QByteArray::fromStdString(out)).object();
    }
};

Run run(const QStringList& arguments) {
    std::vector<std::string> list;
    for (const QString& argument : arguments)
        list.push_back(argument.toStdString());
    std::ostringstream out, err;
    Run result;
    result.code = cli::solveSvm(list, out, err);
    result.out = out.str();
    result.err = err.str();
    return result;
}

QStringList words(const char* text) {
    return QString::fromUtf8(text).split(' ', Qt::SkipEmptyParts);
}

} // namespace

class TestSolveSvm : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() {
        QVERIFY(m_folder.isValid());
        QByteArray rows = "a,b,kind,value\n";
        for (int i = 0; i < 60; ++i) {
            const double x = 0.1 * i, y = 0.37 * ((i * 7) % 11);
            rows += QByteArray::number(x) + ',' + QByteArray::number(y) + (x + y > 5 ? ",yes," : ",no,") +
                    QByteArray::number(2 * x - y) + '\n';
        }
        write("data.csv", rows);
        write("holes.csv", "a,b,kind\n0,0,no\n1,,no\n4,4,yes\n5,4,yes\n1,0,no\n");
        write("single.csv", "a,b,kind\n0,0,no\n1,2,no\n");
    }

    void solvesTheGoldenCase_data() {
        QTest::addColumn<QString>("solver");
        for (const char* solver : {"smo", "fast", "auto"})
            QTest::newRow(solver) << solver;
    }
    void solvesTheGoldenCase() {
        QFETCH(QString, solver);
        const Run result = run(words("--kernel rbf --gamma 0.3 --c 1 --json --data")
                               << goldenPath("two.svm") << "--solver" << solver);
        QVERIFY2(result.code == 0, result.err.c_str());
        const QJsonObject json = result.json();
        for (const Golden& golden : goldenMachines()) {
            if (golden.name != QLatin1String("rbf") || golden.tolerance != 1e-3) continue;
            QVERIFY(std::abs(json["objective"].toDouble() - golden.objective) <
                    1e-6 * std::abs(golden.objective));
            QVERIFY(std::abs(json["bias"].toDouble() + golden.rho) < 1e-3);
            QCOMPARE(json["support_vectors"].toDouble(), golden.vectors);
            QCOMPARE(json["bounded"].toDouble(), golden.bounded);
        }
        QVERIFY(json["iterations"].toInt() > 0 && json["seconds"].toDouble() > 0.0 &&
                json["load_seconds"].toDouble() > 0.0);
        QVERIFY(json["train_accuracy"].toDouble() > 0.85 && json["train_accuracy"].toDouble() <= 1.0);
        if (solver != QLatin1String("auto")) QCOMPARE(json["solver"].toString(), solver);
    }

    void severalClassesGiveARowAPair() {
        const Run result =
            run(words("--kernel rbf --gamma 0.4 --c 3 --json --data") << goldenPath("three.svm"));
        QVERIFY2(result.code == 0, result.err.c_str());
        const QJsonArray pairs = result.json()["pairs"].toArray();
        QCOMPARE(pairs.size(), 3);
        double sum = 0.0;
        for (const auto& pair : pairs)
            sum += pair.toObject()["objective"].toDouble();
        QVERIFY(std::abs(sum - result.json()["objective"].toDouble()) < 1e-9);
        QCOMPARE(pairs[0].toObject()["first"].toString(), QStringLiteral("7"));
        QVERIFY(result.json()["bias"].isNull());
        QCOMPARE(result.json()["support_vectors"].toInt(), 155); // as in the golden model's total_sv
    }

    void aModelGoesThereAndBack_data() {
        QTest::addColumn<QString>("options");
        QTest::newRow("classes") << "--target kind --features a,b";
        QTest::newRow("poly")
            << "--target kind --features a,b --kernel poly --degree 2 --coef0 1 --gamma 0.2";
        QTest::newRow("probability") << "--target kind --features a,b --probability";
        QTest::newRow("laplacian") << "--target kind --features a,b --kernel laplacian";
        QTest::newRow("regression") << "--target value --features a,b --kind eps-svr --kernel linear";
        QTest::newRow("one class") << "--features a,b --kind one-class --nu 0.2";
    }
    void aModelGoesThereAndBack() {
        QFETCH(QString, options);
        const Run trained = run(options.split(' ') << "--json"
                                                   << "--data" << path("data.csv") << "--model-out"
                                                   << path("m.model") << "--out" << path("train.csv"));
        QVERIFY2(trained.code == 0, trained.err.c_str());
        QCOMPARE(trained.err.empty(), !options.contains(QLatin1String("laplacian")));
        const QString target =
            options.contains(QLatin1String("--target")) ? options.section(' ', 0, 1) : QString();
        const Run again =
            run(target.split(' ', Qt::SkipEmptyParts) << "--features"
                                                      << "a,b"
                                                      << "--json"
                                                      << "--data" << path("data.csv") << "--model-in"
                                                      << path("m.model") << "--out" << path("again.csv"));
        QVERIFY2(again.code == 0, again.err.c_str());
        const auto lines = [this](const char* name) { return QString::fromUtf8(read(name)).split('\n'); };
        const QStringList a = lines("train.csv"), b = lines("again.csv");
        QCOMPARE(a.size(), 62); // a head, 60 rows, an end
        QCOMPARE(b.size(), 62);
        for (int i = 1; i <= 60; ++i) {
            const QStringList left = a[i].split(','), right = b[i].split(',');
            if (options.contains(QLatin1String("--target kind"))) QCOMPARE(left[1], right[1]);
            QVERIFY(std::abs(left[2].toDouble() - right[2].toDouble()) < 1e-9);
        }
        QCOMPARE(again.json()["support_vectors"], trained.json()["support_vectors"]);
        if (options.contains(QLatin1String("probability"))) {
            QVERIFY(read("m.model").contains("probA"));
            QVERIFY(a[0].endsWith(QLatin1String("probability no,probability yes")) && a[0] == b[0]);
            const QStringList cells = a[1].split(',');
            QVERIFY(std::abs(cells[3].toDouble() + cells[4].toDouble() - 1.0) < 1e-12);
        }
        if (options.contains(QLatin1String("--target kind")))
            QCOMPARE(again.json()["accuracy"], trained.json()["train_accuracy"]);
    }

    void classWeightsByName() {
        const auto with = [&](const char* weight) {
            return run(words("--target kind --features a --kernel linear --c 0.01 --json --class-weight")
                       << weight << "--data" << path("data.csv"))
                .json()["objective"]
                .toDouble();
        };
        QVERIFY(with("yes=1") != 0.0);
        QVERIFY(with("yes=5") != with("yes=1") && with("yes=5") != with("no=5"));
        QVERIFY(with("yes=2,no=2") < with("yes=1"));
    }

    void rowsWithHolesAreLeftOut() {
        const Run result = run(words("--target kind --kernel linear --c 10 --data")
                               << path("holes.csv") << "--out" << path("p.csv"));
        QVERIFY2(result.code == 0, result.err.c_str());
        QCOMPARE(result.err, std::string("orrery: 1 row with a missing value left out\n"));
        QVERIFY(read("p.csv").startsWith("row,predicted,decision\n1,no,"));
        QVERIFY(read("p.csv").contains("\n2,,\n3,yes,"));
        QVERIFY(result.out.find("train_accuracy 1") != std::string::npos);
    }

    void standardisingIsScaling() {
        const QStringList base = words("--target kind --features a,b --kernel rbf --gamma 0.5 --json --data")
                                 << path("data.csv");
        const double plain = run(base).json()["objective"].toDouble();
        const double scaled = run(base + words("--standardize true")).json()["objective"].toDouble();
        QVERIFY(plain != 0.0 && scaled != 0.0 && std::abs(plain - scaled) > 1e-3);
    }

    // An SVMlight file of which most is zeros stays sparse: trained by either solver, and predicted from its
    // file.
    void sparseFilesStaySparse() {
        Rng rng(5, 0);
        QByteArray text;
        for (int i = 0; i < 240; ++i) {
            const bool first = i % 2 == 0;
            QByteArray row = first ? "+1" : "-1";
            for (int k = 1; k < 300; ++k)
                if (rng.below(k <= 20 ? 4 : 60) == 0)
                    row += ' ' + QByteArray::number(k) + ':' +
                           QByteArray::number(rng.normal(k <= 20 ? (first ? 0.4 : -0.4) : 0.0, 0.7));
            text += row + " 300:0.5\n";
        }
        write("sparse.svm", text);
        const QStringList common = words("--kernel rbf --gamma 0.05 --c 5 --json --tolerance 1e-5 --data")
                                   << path("sparse.svm");
        const Run smo = run(QStringList(common) << words("--solver smo --model-out") << path("sparse.model"));
        QVERIFY2(smo.code == 0, smo.err.c_str());
        QCOMPARE(smo.json()["features"].toInt(), 300);
        const Run fast = run(QStringList(common) << words("--solver fast"));
        QVERIFY(std::abs(fast.json()["objective"].toDouble() - smo.json()["objective"].toDouble()) <
                1e-6 * std::abs(smo.json()["objective"].toDouble()));
        const Run dense = run(QStringList(common) << words("--solver smo --standardize true"));
        QVERIFY2(dense.code == 0, dense.err.c_str()); // a scale makes zeros something else
        const Run read = run(words("--json --data") << path("sparse.svm") << "--model-in"
                                                    << path("sparse.model") << "--out" << path("sparse.csv"));
        QVERIFY2(read.code == 0, read.err.c_str());
        QCOMPARE(read.json()["accuracy"].toDouble(), smo.json()["train_accuracy"].toDouble());
        QCOMPARE(read.json()["support_vectors"].toInt(), smo.json()["support_vectors"].toInt());
    }

    void refusesInOneLine_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("said");
        QTest::newRow("no target") << "data.csv"
                                   << ""
                                   << "--target is required";
        QTest::newRow("no column") << "data.csv"
                                   << "--target z"
                                   << "--target: ";
        QTest::newRow("no feature") << "data.csv"
                                    << "--target kind --features z"
                                    << "has no column “z”";
        QTest::newRow("one class") << "single.csv"
                                   << "--target kind"
                                   << "every point is of class";
        QTest::newRow("kernel") << "data.csv"
                                << "--target kind --kernel cubic"
                                << "--kernel";
        QTest::newRow("gamma") << "data.csv"
                               << "--target kind --gamma -1"
                               << "γ of the RBF kernel";
        QTest::newRow("c") << "data.csv"
                           << "--target kind --c 0"
                           << "--c: 0 is not a number above 0";
        QTest::newRow("weight") << "data.csv"
                                << "--target kind --class-weight maybe=2"
                                << "has no class “maybe”";
        QTest::newRow("weights") << "data.csv"
                                 << "--target kind --class-weight yes"
                                 << "is not CLASS=WEIGHT";
        QTest::newRow("levels") << "data.csv"
                                << "--target kind --kind eps-svr"
                                << "a regression needs numbers";
        QTest::newRow("model") << "data.csv"
                               << "--target kind --model-in nowhere.model"
                               << "--model-in: nowhere.model cannot be read";
        QTest::newRow("both") << "data.csv"
                              << "--target kind --model-in a --model-out b"
                              << "take one of them";
        QTest::newRow("scale") << "data.csv"
                               << "--target kind --standardize true --model-out b"
                               << "no place for the scale";
        QTest::newRow("out") << "data.csv"
                             << "--target kind --features a,b --out /nowhere/p.csv"
                             << "--out: /nowhere/p.csv cannot be written";
        QTest::newRow("no file") << "missing.csv"
                                 << "--target kind"
                                 << "missing.csv";
    }
    void refusesInOneLine() {
        QFETCH(QString, file);
        QFETCH(QString, options);
        QFETCH(QString, said);
        const Run result = run(options.split(' ', Qt::SkipEmptyParts) << "--data" << path(file));
        QCOMPARE(result.code, 2);
        QVERIFY(result.out.empty());
        QVERIFY2(QString::fromStdString(result.err).contains(said), result.err.c_str());
        QCOMPARE(std::count(result.err.begin(), result.err.end(), '\n'), 1);
    }

    void helps() {
        const Run result = run({"--help"});
        QCOMPARE(result.code, 0);
        QVERIFY(result.out.find("--class-weight") != std::string::npos);
    }

  private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    void write(const char* name, const QByteArray& text) const {
        QFile file(m_folder.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    [[nodiscard]] QByteArray read(const char* name) const {
        QFile file(m_folder.filePath(QLatin1String(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QTemporaryDir m_folder;
};

QTEST_APPLESS_MAIN(TestSolveSvm)
#include "tst_solve_svm.moc"
