// SVMlight, ARFF and NumPy files: golden cases, broken cases, round trips.
#include "core/data/arff_reader.h"
#include "core/data/svmlight_reader.h"
#include "core/data/zip_archive.h"
#include "core/support/rng.h"
#include "tests/core/data/table_text.h"

#include <QtTest>
#include <fmt/format.h>
#include <fstream>

using namespace orrery;
using namespace orrery::data;

namespace {

const std::filesystem::path kData = std::filesystem::path(ORRERY_TEST_DATA) / "readers";

TableResult file(const std::string& name) {
    Progress progress;
    return readFile(kData / name, {}, progress);
}

TableResult svmlight(const std::string& text, std::size_t chunkBytes = 1 << 20) {
    // A number at the very end must not run into what lies behind it.
    const std::string padded = text + std::string(64, '\0');
    Progress progress;
    return readSvmlight({padded.data(), text.size()}, "t.svm", {.chunkBytes = chunkBytes}, progress);
}

TableResult arff(const std::string& text) {
    Progress progress;
    return readArff(text, "t.arff", progress);
}

std::vector<double> numbers(const Table& table, std::string_view name) {
    return table.columns[*table.find(name)].numeric().values;
}

std::string bytesOf(const std::string& name) {
    std::ifstream stream(kData / name, std::ios::binary);
    return std::string((std::istreambuf_iterator<char>(stream)), {});
}

} // namespace

class TestFormats : public QObject {
    Q_OBJECT
  private slots:
    void svmlightStaysSparse() {
        const auto table = svmlight("+1 1:0.5 3:2 # first\n\n# none\n-1 qid:4 2:1e-3\r\n0 5:0\n3");
        QVERIFY2(table, messageOf(table));
        QCOMPARE(numbers(**table, "label"), (std::vector<double>{1, -1, 0, 3}));
        const auto& sparse = *(*table)->sparse;
        QCOMPARE(sparse.names, (std::vector<std::string>{"1", "2", "3", "4", "5"}));
        QCOMPARE(sparse.values.nonZeros(), 3);
        QCOMPARE(sparse.values.coeff(0, 2), 2.0);
        QCOMPARE(sparse.values.coeff(1, 1), 1e-3);
    }

    void svmlightOfLabelsAlone() {
        const auto table = svmlight("1\n2\n");
        QVERIFY2(table, messageOf(table));
        QCOMPARE((*table)->sparse->values.rows(), 2);
        QCOMPARE((*table)->sparse->values.cols(), 0);
    }

    void svmlightFromZero() {
        const auto table = svmlight("1 0:4 2:5\n2 1:6\n");
        QCOMPARE((*table)->sparse->names.front(), std::string("0"));
        QCOMPARE((*table)->sparse->values.coeff(0, 0), 4.0);
    }

    void svmlightRoundTripInAnyChunks() {
        Rng rng(5);
        Eigen::MatrixXd dense = Eigen::MatrixXd::Zero(200, 30);
        std::string text;
        for (int i = 0; i < 200; ++i) {
            text += fmt::format("{}", i % 3);
            for (int j = 0; j < 30; ++j) {
                if (rng.below(5) != 0 && (i != 0 || j != 29)) continue;
                dense(i, j) = rng.normal();
                text += fmt::format(" {}:{}", j + 1, dense(i, j));
            }
            text += '\n';
        }
        for (const std::size_t chunk : {1, 7, 100, 1 << 20}) {
            const auto table = svmlight(text, chunk);
            QVERIFY(Eigen::MatrixXd((*table)->sparse->values) == dense);
        }
    }

    void brokenSvmlight_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("message");
        QTest::newRow("label") << "1 1:2\nx 1:2\n" << "t.svm, line 2, character 1: the label is a number, not “x”";
        QTest::newRow("no colon") << "1 1:2\n1 22\n" << "t.svm, line 2, character 3: “22” is not index:value";
        QTest::newRow("value") << "1 1:2 3:z\n" << "t.svm, line 1, character 9: the value of feature 3 is a number, not “z”";
        QTest::newRow("order") << "1 3:2 2:1\n" << "t.svm, line 1, character 7: feature 2 comes after 3: indices must ascend";
        QTest::newRow("empty") << "# a\n" << "t.svm holds no rows";
    }
    void brokenSvmlight() {
        QFETCH(QString, text);
        QFETCH(QString, message);
        QCOMPARE(QString(messageOf(svmlight(text.toStdString()))), message);
    }

    void arffDenseAndSparse() {
        const std::string head = "% c\n@RELATION 'x y'\n@attribute 'sepal length' REAL\r\n@attribute kind {a, 'b c', \"d\"}\n"
                                 "@attribute note string\n@data\n";
        const auto table = arff(head + "1.5, 'b c', hello\n?,?,?\n{0 2, 1 d}\n{}\n3,a,'it\\'s', {5}\n");
        QVERIFY2(table, messageOf(table));
        const auto& length = (*table)->columns[0];
        QCOMPARE(length.name, std::string("sepal length"));
        QCOMPARE(length.missingCount(), std::size_t{1});
        QCOMPARE(length.numeric().values[2], 2.0);
        QCOMPARE(length.numeric().values[3], 0.0);
        QCOMPARE((*table)->columns[1].categorical().codes, (std::vector<std::int32_t>{1, -1, 2, 0, 0}));
        QCOMPARE((*table)->columns[2].categorical().levels, (std::vector<std::string>{"hello", "it's"}));
        QVERIFY(looksLikeArff(head));
    }

    void brokenArff_data() {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("message");
        QTest::newRow("number") << "@attribute p real\n@attribute q {u,v}\n@data\n1,u\nz,u\n"
                                << "t.arff, line 5, column 1 (p): “z” is not a number";
        QTest::newRow("level") << "@attribute q {u,v}\n@data\nw\n"
                               << "t.arff, line 3, column 1 (q): “w” is not one of the levels declared";
        QTest::newRow("short") << "@attribute p real\n@attribute q real\n@data\n1\n"
                               << "t.arff, line 4, column 2 (q): the row ends after 1 of 2 cells";
        QTest::newRow("long") << "@attribute p real\n@data\n1,2\n" << "t.arff, line 3, the row goes on after its 1 cells";
        QTest::newRow("index") << "@attribute p real\n@data\n{1 2}\n"
                               << "t.arff, line 3, character 2: “1” is not the index of a later attribute";
        QTest::newRow("type") << "@attribute p relational\n"
                              << "t.arff, line 1, character 14: attributes of type relational cannot be read";
        QTest::newRow("open list") << "@attribute p {a,b\n" << "t.arff, line 1, the list of levels of p is never closed";
        QTest::newRow("no data") << "@attribute p real\n" << "t.arff has no @data section";
        QTest::newRow("junk") << "hello\n" << "t.arff, line 1, character 1: @attribute or @data is expected";
    }
    void brokenArff() {
        QFETCH(QString, body);
        QFETCH(QString, message);
        QCOMPARE(QString(messageOf(arff(body.toStdString()))), message);
    }

    void npzStored() {
        const auto table = file("stored.npz");
        QVERIFY2(table, messageOf(table));
        QCOMPARE((*table)->rows(), std::size_t{3});
        QCOMPARE(numbers(**table, "X0"), (std::vector<double>{0.5, 2.5, 4.5}));
        QCOMPARE(numbers(**table, "X1"), (std::vector<double>{1.5, 3.5, 5.5}));
        QCOMPARE(numbers(**table, "y"), (std::vector<double>{1, -2, 3}));
        QCOMPARE(numbers(**table, "flag"), (std::vector<double>{1, 0, 1}));
        const auto& word = (*table)->columns[*(*table)->find("word")].categorical();
        QCOMPARE(word.levels, (std::vector<std::string>{"a", "é"}));
        QCOMPARE(word.codes, (std::vector<std::int32_t>{0, 1, -1}));
        QVERIFY(!(*table)->find("scalar"));
    }

    void npzDeflatedFortranAndSwapped() {
        const auto table = file("deflated.npz");
        QVERIFY2(table, messageOf(table));
        QCOMPARE(numbers(**table, "X1"), (std::vector<double>{1.5, 3.5, 5.5}));
        QCOMPARE(numbers(**table, "y"), (std::vector<double>{1, 2, 1099511627776.0}));
    }

    void npyHalfAndCube() {
        const auto half = file("half.npy");
        QVERIFY2(half, messageOf(half));
        QCOMPARE(numbers(**half, "half")[1], -2.0);
        QCOMPARE((*half)->columns[0].missingCount(), std::size_t{1});
        const auto cube = file("cube.npy");
        QCOMPARE((*cube)->columns.size(), std::size_t{12});
        for (std::size_t c = 0; c < 12; ++c)
            QCOMPARE((*cube)->columns[c].numeric().values, (std::vector<double>{double(c), double(c + 12)}));
    }

    void everyCutArchiveIsRefused() {
        for (const char* name : {"stored.npz", "deflated.npz", "half.npy", "cube.npy"}) {
            const std::string whole = bytesOf(name);
            QVERIFY(!whole.empty());
            for (std::size_t size = 0; size < whole.size(); size += 7)
                QVERIFY2(!readText(std::string_view(whole).substr(0, size), name), name);
        }
    }

    // Any change of a packed byte is noticed by the checksum.
    void flippedBytesAreNoticed() {
        const std::string whole = bytesOf("deflated.npz");
        const auto members = listZip(whole, "deflated.npz");
        QVERIFY(members);
        const auto& member = members->front();
        const std::size_t data = member.headerAt + 30 + member.name.size() + 20; // numpy writes zip64 sizes there
        for (std::size_t i = data; i < data + member.packedSize; ++i) {
            std::string broken = whole;
            broken[i] = static_cast<char>(broken[i] ^ 0x10);
            QVERIFY(!unpack(broken, member, "deflated.npz"));
        }
    }
};

QTEST_APPLESS_MAIN(TestFormats)
#include "tst_formats.moc"
