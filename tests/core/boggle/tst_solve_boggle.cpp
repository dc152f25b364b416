// `orrery solve boggle` and `orrery bench boggle` from their arguments to what they print and the exit code.
#include "app/cli/bench_boggle.h"
#include "app/cli/solve_boggle.h"
#include "tests/core/boggle/boggle_cases.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
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

template <class Command>
Run run(Command command, std::vector<std::string> arguments) {
    std::ostringstream out, err;
    Run result;
    result.code = command(arguments, out, err);
    result.out = out.str();
    result.err = err.str();
    return result;
}

QStringList strings(const QJsonArray& array) {
    QStringList list;
    for (const auto& value : array)
        list << value.toString();
    return list;
}

} // namespace

class TestSolveBoggle : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    std::string list(const char* name, const std::string& text) {
        const std::string path = m_folder.filePath(QString::fromLatin1(name)).toStdString();
        std::ofstream(path, std::ios::binary) << text;
        return path;
    }

  private slots:
    void printsWordsAndScore_data() {
        QTest::addColumn<QString>("method");
        for (const char* method : {"fast", "dawg", "trie", "brute"})
            QTest::newRow(method) << method;
    }
    void printsWordsAndScore() {
        QFETCH(QString, method);
        const std::string words =
            list("words.txt", "quiet\nquit\nQuito\nquite\ntea\ncafé\nset\nit's\nnotes\nat\n");
        const Run solved = run(cli::solveBoggle, {"--board", "QuIT aes fco", "--dictionary", words, "--json",
                                                  "--paths", "--method", method.toStdString()});
        QVERIFY2(solved.code == 0, solved.err.c_str());
        const QJsonObject json = solved.json();
        QCOMPARE(strings(json["words"].toArray()),
                 QStringList({"cafe", "quiet", "quit", "quite", "set", "tea"}));
        QCOMPARE(json["score"].toInt(), 8);
        QCOMPARE(json["size"].toInt(), 3);
        QCOMPARE(json["dictionary_words"].toInt(), 7);
        QCOMPARE(json["board"].toString(), QStringLiteral("quit aes fco"));
        QVERIFY(json["seconds"].toDouble(-1.0) >= 0.0);
        QCOMPARE(json["paths"].toArray()[1].toArray(), QJsonArray({0, 1, 4, 2}));
        // Beginnings of words by hand: c ca caf cafe, qu qui quie quiet quit quite, s se set, t te tea, n
        // none.
        QCOMPARE(json["paths_visited"].toInt(), method == "brute" ? 10'305 : 16);
    }

    void minimumLengthLeavesWordsOut() {
        const std::string words = list("short.txt", "tea\nquiet\n");
        const Run solved = run(cli::solveBoggle, {"--board", "QuIT aes fco", "--dictionary", words, "--json",
                                                  "--min-length", "4"});
        QCOMPARE(strings(solved.json()["words"].toArray()), QStringList({"quiet"}));
    }

    void refusesBadInput_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("message");
        const QString words = QString::fromStdString(list("one.txt", "tea\n"));
        const QString empty = QString::fromStdString(list("empty.txt", ""));
        QTest::newRow("count") << QStringList{"--board", "abc", "--size", "2", "--dictionary", words}
                               << "A 2×2 board needs 4 tiles, this one has 3 (Qu is one tile)";
        QTest::newRow("empty list") << QStringList{"--board", "abcd", "--dictionary", empty}
                                    << empty + " is empty";
        QTest::newRow("no list") << QStringList{"--board", "abcd", "--dictionary", "/none"}
                                 << "/none cannot be read";
        QTest::newRow("option") << QStringList{"--board", "abcd", "--min-length", "many"} << "--min-length";
        QTest::newRow("unknown option") << QStringList{"--bord", "abcd"} << "--bord";
        QTest::newRow("no end") << QStringList{"--board", QString(25, u'e'), "--method",
                                               "brute",   "--dictionary",    words}
                                << "brute would not finish on 5×5";
        QTest::newRow("no board") << QStringList{"--dictionary", words} << "--board is required";
    }
    void refusesBadInput() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, message);
        std::vector<std::string> plain;
        for (const QString& argument : arguments)
            plain.push_back(argument.toStdString());
        const Run solved = run(cli::solveBoggle, plain);
        QCOMPARE(solved.code, 2);
        QVERIFY(solved.out.empty());
        QVERIFY2(QString::fromStdString(solved.err).contains(message), solved.err.c_str());
        QCOMPARE(std::count(solved.err.begin(), solved.err.end(), '\n'), std::ptrdiff_t{1});
    }

    void benchKnowsTheVariations() {
        const std::string words = list("few.txt", "tins\nstings\nlaps\npearls\n");
        const auto bench = [&](const char* kernel) {
            return run(cli::benchBoggle,
                       {"--letters", "variations", "--check", "20", "--threads", "1", "--repeats", "1",
                        "--stepped", "0", "--kernel", kernel, "--dictionary", words, "--json"})
                .json();
        };
        const QJsonObject best = bench("best"), loop = bench("loop");
        QCOMPARE(best["boards"].toInt(), 20'280);
        QVERIFY(best["instructions_per_board"].isNull() ||
                best["instructions_counted_by"].toString() == u"hardware counter");
        QVERIFY(best["points"].toInt() > 20'280);
        for (const char* total : {"points", "words", "paths"})
            QCOMPARE(best[total], loop[total]);
    }

    void benchChecksAndCounts() {
        const std::string words = list("many.txt", boggle::cases::inventedWords(3000, 4));
        const Run bench =
            run(cli::benchBoggle,
                {"--boards", "500", "--seed", "3", "--check", "200", "--letters", "new", "--threads", "1",
                 "--threads", "2", "--repeats", "2", "--stepped", "8", "--dictionary", words, "--json"});
        QVERIFY2(bench.code == 0, bench.err.c_str());
        std::istringstream lines(bench.out);
        std::vector<QJsonObject> rows;
        for (std::string line; std::getline(lines, line);)
            rows.push_back(QJsonDocument::fromJson(QByteArray::fromStdString(line)).object());
        QCOMPARE(rows.size(), std::size_t{2});
        QVERIFY(rows[0]["boards_per_second"].toDouble() > 0.0);
        QVERIFY(rows[0]["points"].toInt() > 0);
        if (!rows[0]["instructions_per_board"].isNull()) { // permitted one way or the other
            for (const QJsonObject& row : rows)
                QVERIFY(row["instructions_per_board"].toDouble() >
                        10.0 * row["instructions_counted_paths_per_board"].toDouble());
            const bool bySteps = rows[1]["instructions_counted_by"].toString() == u"single steps";
            QCOMPARE(rows[1]["instructions_counted_boards"].toInt(), bySteps ? 8 : 500);
            QCOMPARE(rows[1]["instructions_per_board_by_thread"].toArray().size(), bySteps ? 2 : 0);
        }
        for (const char* total : {"points", "words", "paths"}) // threads change no answer
            QCOMPARE(rows[0][total], rows[1][total]);
    }
};

QTEST_APPLESS_MAIN(TestSolveBoggle)
#include "tst_solve_boggle.moc"
