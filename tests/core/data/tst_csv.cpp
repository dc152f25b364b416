// Delimited text: dialects, types, broken files, and that cutting it into chunks changes nothing.
#include "core/data/builtins.h"
#include "core/data/cell_text.h"
#include "core/data/number_scan.h"
#include "core/support/rng.h"
#include "tests/core/data/table_text.h"

#include <QtTest>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>

using namespace orrery;
using namespace orrery::data;

namespace {

std::shared_ptr<const Table> read(std::string_view text, const ReadOptions& options = {}) {
    const auto table = readText(text, "t.csv", options);
    if (!table) qWarning("%s", messageOf(table));
    return table ? *table : nullptr;
}

std::string complaint(std::string_view text, const ReadOptions& options = {}) {
    return messageOf(readText(text, "t.csv", options));
}

std::string scanned(const std::string& text) {
    std::string padded = text + std::string(kNumberPadding, '\0');
    double value = 0.0;
    const char* const end = scanNumber(padded.c_str(), value);
    if (!end) return "none";
    return fmt::format("{} {}", value, end - padded.c_str());
}

// A cell of a random type, quoted or not, sometimes with everything that could confuse a cut.
std::string randomCell(Rng& rng) {
    switch (rng.below(8)) {
    case 0: return "";
    case 1: return "NA";
    case 2: return "\"a, \"\"b\"\"\nc\"";
    case 3: return "\"\n\n\"";
    case 4: return "5\" pipe";
    case 5: return fmt::format("\"{}\"", rng.below(100));
    default: return fmt::format("{}", rng.normal());
    }
}

std::string randomCsv(Rng& rng, bool withText) {
    const std::size_t columns = 1 + rng.below(4), rows = 1 + rng.below(30);
    std::string out;
    for (std::size_t c = 0; c < columns; ++c) out += fmt::format("{}col{}", c ? "," : "", c);
    out += '\n';
    for (std::size_t r = 0; r < rows; ++r) {
        if (rng.below(6) == 0) out += "# it's a \"comment, with a quote\n";
        if (rng.below(6) == 0) out += " \r\n";
        for (std::size_t c = 0; c < columns; ++c) {
            out += c ? "," : "";
            out += withText ? randomCell(rng) : fmt::format("{}", rng.normal());
        }
        out += rng.below(4) == 0 ? "\r\n" : "\n";
    }
    return out;
}

} // namespace

class TestCsv : public QObject {
    Q_OBJECT
  private slots:
    void scanAgreesWithStrtod() {
        Rng rng(11);
        int decided = 0;
        constexpr int kTries = 300'000;
        for (int i = 0; i < kTries; ++i) {
            std::string text;
            const auto kind = rng.below(4);
            if (kind == 0) text = fmt::format("{}", rng.normal());
            if (kind == 1) text = fmt::format("{:.{}e}", rng.normal(), rng.below(20));
            if (kind == 2) text = fmt::format("{}.{:0{}}", rng.below(1000), rng.nextU64(), rng.below(25));
            if (kind == 3) text = fmt::format("{}e{}", rng.nextU64() >> rng.below(64), static_cast<int>(rng.below(60)) - 30);
            std::string padded = text + std::string(kNumberPadding, '\0');
            double value = 0.0;
            const char* const end = scanNumber(padded.c_str(), value);
            if (!end) continue;
            ++decided;
            const double expected = std::strtod(text.c_str(), nullptr);
            if (end != padded.c_str() + text.size() || value != expected)
                QFAIL(qPrintable(QString("%1 read as %2").arg(text.c_str()).arg(value, 0, 'g', 17)));
        }
        // The short ways must be the common ones, or they are not worth having.
        QVERIFY(decided > kTries / 2);
    }

    // Numbers half way between two doubles, and one unit of the last digit to either side.
    void scanRoundsHalfWayCases() {
        Rng rng(12);
        for (int i = 0; i < 100'000; ++i) {
            const std::uint64_t odd = (std::uint64_t{1} << 53) + 1 + 2 * rng.below(std::uint64_t{1} << 50);
            for (const int off : {-1, 0, 1}) {
                const std::string text = fmt::format("{}.{}", odd, off < 0 ? 0 : off) + (off < 0 ? "1" : "");
                std::string padded = text + std::string(kNumberPadding, '\0');
                double value = 0.0;
                if (scanNumber(padded.c_str(), value)) QCOMPARE(value, std::strtod(text.c_str(), nullptr));
            }
        }
    }

    void scanStopsWhereTheNumberDoes() {
        QCOMPARE(scanned("12,3"), std::string("12 2"));
        QCOMPARE(scanned("-.5e1x"), std::string("-5 5"));
        QCOMPARE(scanned("7."), std::string("7 2"));
        QCOMPARE(scanned("00000000000000000000000000001"), std::string("1 29"));
        QCOMPARE(scanned("-0"), std::string("-0 2"));
        for (const char* text : {"", "-", ".", "e5", "abc", "1e", "1e99999", "inf", "123456789012345678901"})
            QCOMPARE(scanned(text), std::string("none"));
    }

    void parsesWholeNumbersOnly() {
        QCOMPARE(*parseNumber("1e400"), INFINITY);
        QCOMPARE(*parseNumber("-1e400"), -INFINITY);
        QCOMPARE(*parseNumber("1e-400"), 0.0);
        QCOMPARE(*parseNumber("+2.5"), 2.5);
        QCOMPARE(*parseNumber("-inf"), -INFINITY);
        for (const char* text : {"", "+", "--1", "+-1", "1 2", "nan", "0x10", "1,5", "1e5e"}) QVERIFY(!parseNumber(text));
    }

    void sniffsDelimiterAndHeader_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("firstName");
        QTest::newRow("comma") << "a,b\n1,2\n3,4\n" << "a";
        QTest::newRow("tab") << "a\tb\n1\t2\n3\t4\n" << "a";
        QTest::newRow("semicolon, decimal commas inside") << "a;b\n1,5;2,5\n3,5;4,5\n" << "a";
        QTest::newRow("pipe") << "a|b\n1|2\n3|4\n" << "a";
        QTest::newRow("spaces") << "  a   b\n  1  2 \n 3    4\n" << "a";
        QTest::newRow("no header") << "1,2\n3,4\n" << "column1";
        QTest::newRow("byte-order mark") << "\xef\xbb\xbf" "a,b\n1,2\n3,4\n" << "a";
        QTest::newRow("returns alone") << "a,b\r1,2\r3,4\r" << "a";
        QTest::newRow("carriage returns") << "a,b\r\n1,2\r\n3,4" << "a";
        QTest::newRow("comment and blank lines") << "# hello, you, there\n\na,b\n1,2\n#x\n3,4\n\n" << "a";
        QTest::newRow("quoted names") << "\"a\",\"b\"\n1,2\n3,4\n" << "a";
    }
    void sniffsDelimiterAndHeader() {
        QFETCH(QString, text);
        QFETCH(QString, firstName);
        const auto table = read(text.toUtf8().toStdString());
        QVERIFY(table);
        QCOMPARE(table->columns.size(), std::size_t{2});
        QCOMPARE(table->rows(), std::size_t{2});
        QCOMPARE(QString::fromStdString(table->columns[0].name), firstName);
    }

    void headerOfWordsOverWords() {
        QCOMPARE(read("city,colour\nRome,red\nOslo,blue\n")->rows(), std::size_t{2});
        // The "header" turns up again below: it is a row.
        QCOMPARE(read("Rome,red\nOslo,blue\nRome,blue\n")->rows(), std::size_t{3});
        QCOMPARE(read("a,b\nc,d\n", {.header = HeaderMode::No})->rows(), std::size_t{2});
        QCOMPARE(read("1,2\n3,4\n", {.header = HeaderMode::Yes})->columns[1].name, std::string("2"));
    }

    void namesBecomeUsable() {
        const auto table = read("x,,x\n1,2,3\n");
        QCOMPARE(table->columns[1].name, std::string("column2"));
        QCOMPARE(table->columns[2].name, std::string("x_2"));
        // R's write.table: one name fewer than columns.
        QCOMPARE(read("a b\n1 5 6\n2 7 8\n")->columns[0].name, std::string("row"));
    }

    void readsMissingValuesTypesAndLevels() {
        const auto table = read("n,c\n1,red\nNA,blue\n?,\n\"3\",red\n");
        QVERIFY(table->columns[0].isNumeric());
        QCOMPARE(table->columns[0].missingCount(), std::size_t{2});
        QCOMPARE(table->columns[0].numeric().values[3], 3.0);
        const auto& c = table->columns[1].categorical();
        QCOMPARE(c.levels, (std::vector<std::string>{"red", "blue"}));
        QCOMPARE(c.codes, (std::vector<std::int32_t>{0, 1, -1, 0}));
    }

    void readsQuotes() {
        const auto table = read("a,b\n\"x, \"\"y\"\"\nz\" ,1\n5\" pipe,2\n");
        QCOMPARE(table->columns[0].categorical().levels, (std::vector<std::string>{"x, \"y\"\nz", "5\" pipe"}));
    }

    // A word in the last row makes the whole column categorical, wherever the cuts fall.
    void oneOddCellDecidesTheType() {
        std::string text = "a,b\n";
        for (int i = 0; i < 500; ++i) text += fmt::format("{},{}\n", i % 7, i);
        text += "odd,1\n";
        const auto whole = read(text);
        QVERIFY(!whole->columns[0].isNumeric());
        QCOMPARE(whole->columns[0].categorical().levels.size(), std::size_t{8});
        QVERIFY(whole->columns[1].isNumeric());
        for (const std::size_t chunk : {1, 13, 100, 5000}) QVERIFY(sameTable(*whole, *read(text, {.chunkBytes = chunk})));
    }

    void chunksChangeNothing() {
        for (std::uint64_t seed = 0; seed < 400; ++seed) {
            Rng rng(seed);
            const std::string text = randomCsv(rng, seed % 4 != 0);
            ReadOptions options{.delimiter = ',', .header = HeaderMode::Yes};
            options.chunkBytes = std::size_t{1} << 30;
            const auto whole = readText(text, "t", options);
            for (const std::size_t chunk : {1, 3, 17, 64, 300}) {
                options.chunkBytes = chunk;
                const auto cut = readText(text, "t", options);
                if (whole.has_value() != cut.has_value() || (whole && !sameTable(**whole, **cut)) ||
                    (!whole && whole.error().message != cut.error().message))
                    QFAIL(qPrintable(QString("seed %1, chunk %2").arg(seed).arg(chunk)));
            }
        }
    }

    void lineEndsChangeNothing() {
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            Rng rng(seed);
            const std::string text = randomCsv(rng, false);
            std::string dos;
            for (const char c : text) dos += c == '\n' ? std::string("\r\n") : std::string(1, c);
            QVERIFY2(sameTable(*read(text), *read(dos)), qPrintable(QString("seed %1").arg(seed)));
        }
    }

    void columnOrderChangesNothing() {
        const auto iris = *loadBuiltin("iris");
        Table turned = *iris;
        std::reverse(turned.columns.begin(), turned.columns.end());
        const auto again = read(toCsv(turned));
        QVERIFY(sameTable(turned, *again));
    }

    void builtinsReadBackFromTheirText() {
        for (const auto& info : builtins()) {
            const auto table = loadBuiltin(info.id);
            QVERIFY2(table, messageOf(table));
            QCOMPARE((*table)->rows(), info.rows);
            QCOMPARE((*table)->columnCount(), info.columns);
            QVERIFY((*table)->find(info.defaultTarget));
            for (const auto& column : (*table)->columns) QCOMPARE(column.missingCount(), std::size_t{0});
            QVERIFY(sameTable(**table, *read(toCsv(**table))));
        }
    }

    void brokenFilesSayWhere_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("message");
        QTest::newRow("short") << "a,b,c\n1,2,3\n4,5\n" << "t.csv, line 3, column 3 (c): the row ends after 2 of 3 cells";
        QTest::newRow("long") << "a,b\n1,2\n\n3,4,5\n" << "t.csv, line 4, column 3: the row goes on after its 2 cells";
        QTest::newRow("open quote") << "a,b\n1,2\n3,\"4\n5,6\n"
                                    << "t.csv, line 3, column 2 (b): a quote is opened and never closed";
        QTest::newRow("after quote") << "a,b\n1,\"2\"x\n"
                                     << "t.csv, line 2, column 2 (b): text follows the closing quote";
        QTest::newRow("empty") << "" << "t.csv holds no rows";
        QTest::newRow("comments only") << "# a\n# b\n" << "t.csv holds no rows";
        QTest::newRow("header only") << "a,b\n" << "t.csv holds a header and no rows";
    }
    void brokenFilesSayWhere() {
        QFETCH(QString, text);
        QFETCH(QString, message);
        QCOMPARE(QString::fromStdString(complaint(text.toStdString())), message);
    }

    void namedColumnsMustBeNumbers() {
        const ReadOptions options{.numericColumns = {"price"}};
        QCOMPARE(complaint("id,price\n1,2.5\n2,cheap\n", options),
                 std::string("t.csv, line 3, column 2 (price): “cheap” is not a number"));
        QVERIFY(read("id,price\n1,2.5\n2,NA\n", options));
    }

    void zeroBytesAreNotText() {
        QCOMPARE(complaint(std::string_view("a,b\n1,\0\n", 8)), std::string("t.csv is not a text file: it holds zero bytes"));
    }

    void cancelledBeforeItStarts() {
        const auto path = std::filesystem::temp_directory_path() / fmt::format("orrery_cancel_{}.csv", getpid());
        std::ofstream(path) << "a,b\n1,2\n";
        Progress progress;
        progress.cancel();
        const auto table = readFile(path, {}, progress);
        std::filesystem::remove(path);
        QVERIFY(!table);
        QCOMPARE(table.error().code, ErrorCode::Cancelled);
    }

    void missingFileIsNamed() {
        Progress progress;
        const auto table = readFile("no/such/file.csv", {}, progress);
        QCOMPARE(table.error().code, ErrorCode::NotFound);
        QCOMPARE(table.error().message, std::string("no/such/file.csv does not exist"));
    }

    // A file whose size is a whole number of pages has no zero bytes of its own after it.
    void fileThatFillsItsPages() {
        const auto path = std::filesystem::temp_directory_path() / fmt::format("orrery_pages_{}.csv", getpid());
        std::string text = "a,b\n";
        while (text.size() < 4096) text += "11,22\n";
        text.back() = '7';
        QCOMPARE(text.size(), std::size_t{4096});
        std::ofstream(path) << text;
        Progress progress;
        const auto table = readFile(path, {.header = HeaderMode::Yes}, progress);
        std::filesystem::remove(path);
        QVERIFY2(table, messageOf(table));
        QCOMPARE((*table)->columns[1].numeric().values.back(), 227.0);
    }
};

QTEST_APPLESS_MAIN(TestCsv)
#include "tst_csv.moc"
