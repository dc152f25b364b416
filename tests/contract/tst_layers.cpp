// The sources keep the promises of ARCHITECTURE.md; and each rule is first shown a breach, to prove that it
// would see one.
#include "tests/contract/rules.h"

#include <QtTest>
#include <algorithm>

using namespace orrery::contract;

namespace {

QByteArray joined(const Findings& findings) {
    QByteArray text;
    for (const std::string& finding : findings)
        text += "\n  " + QByteArray::fromStdString(finding);
    return text;
}

/// Every finding of one rule over the tree, for QVERIFY2.
template <class Rule>
QByteArray findingsOf(const std::vector<SourceFile>& tree, Rule rule) {
    QByteArray text;
    for (const SourceFile& file : tree)
        text += joined(rule(file));
    return text;
}

} // namespace

#define EXPECT_NONE(rule)                                                                                    \
    do {                                                                                                     \
        const QByteArray found = findingsOf(m_tree, [](const SourceFile& file) { return rule(file); });      \
        QVERIFY2(found.isEmpty(), found.constData());                                                        \
    } while (false)

class TestLayers : public QObject {
    Q_OBJECT
    std::vector<SourceFile> m_tree;

    const SourceFile* architecture() const {
        const auto page = std::ranges::find(m_tree, "ARCHITECTURE.md", &SourceFile::path);
        return page == m_tree.end() ? nullptr : &*page;
    }

  private slots:
    void initTestCase() {
        m_tree = readSourceTree(ORRERY_SOURCE_DIR);
        QVERIFY(
            std::ranges::any_of(m_tree, [](const SourceFile& file) { return file.isUnder("core/solver"); }));
        QVERIFY(architecture());
    }

    void rulesSeeABreach_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("breaches");
        QTest::newRow("Qt in core") << "core/a.h"
                                    << "#include <QString>" << 1;
        QTest::newRow("Qt module in core") << "core/a.h"
                                           << "#include <QtCore/QString>" << 1;
        QTest::newRow("widgets in core") << "core/a.h"
                                         << "#include \"widgets/b.h\"" << 1;
        QTest::newRow("app in widgets") << "widgets/a.h"
                                        << "#include \"app/labs/lasso/b.h\"" << 1;
        QTest::newRow("tests in app") << "app/a.cpp"
                                      << "#include \"tests/b.h\"" << 1;
        QTest::newRow("angled, still app") << "widgets/a.h"
                                           << "#include <app/b.h>" << 1;
        QTest::newRow("CUDA in widgets") << "widgets/a.h"
                                         << "#include <cuda_runtime.h>" << 1;
        QTest::newRow("CUDA in the runner") << "gpu/runner/a.cpp"
                                            << "#include <cudnn.h>" << 1;
        QTest::newRow("CUDA where it lives") << "gpu/cuda/a.cu"
                                             << "#include <cudnn.h>" << 0;
        QTest::newRow("cuda folder from the reference") << "gpu/reference/a.h"
                                                        << "#include \"gpu/cuda/b.h\"" << 1;
        QTest::newRow("protocol in widgets") << "widgets/a.h"
                                             << "#include \"gpu/protocol/b.h\"" << 0;
        QTest::newRow("models in widgets") << "widgets/a.h"
                                           << "#include \"gpu/models/b.h\"" << 1;
        QTest::newRow("relative") << "core/a.h"
                                  << "#include \"../b.h\"" << 1;
        QTest::newRow("beside") << "core/linear/a.h"
                                << "#include \"b.h\"" << 1;
        QTest::newRow("moc output") << "tests/a.cpp"
                                    << "#include \"tst_a.moc\"" << 0;
        QTest::newRow("core from widgets") << "widgets/a.h"
                                           << "#include \"core/b.h\"" << 0;
        QTest::newRow("print") << "core/a.cpp"
                               << "std::cout << 1;" << 1;
        QTest::newRow("snprintf is not printing") << "core/a.cpp"
                                                  << "snprintf(b, 4, f);" << 0;
        QTest::newRow("print in a comment") << "core/a.cpp"
                                            << "x(); // not printf(...)" << 0;
        QTest::newRow("using namespace") << "core/a.h"
                                         << "using namespace std;" << 1;
        QTest::newRow("using namespace in a function") << "core/a.h"
                                                       << "    using namespace detail;" << 0;
        QTest::newRow("using namespace in a source") << "core/a.cpp"
                                                     << "using namespace std;" << 0;
        QTest::newRow("hex colour") << "app/a.cpp"
                                    << "x(\"#a1b2c3\");" << 1;
        QTest::newRow("numbered colour") << "widgets/plot/a.cpp"
                                         << "QColor c(12, 13, 14);" << 1;
        QTest::newRow("named colour") << "widgets/plot/a.cpp"
                                      << "pen(Qt::darkRed);" << 1;
        QTest::newRow("colour of the theme") << "widgets/theme/a.cpp"
                                             << "QColor(\"#a1b2c3\")" << 0;
        QTest::newRow("mixed colour") << "widgets/plot/a.cpp"
                                      << "QColor c(theme.ink);" << 0;
        QTest::newRow("note to self") << "core/a.cpp"
                                      << "// TODO later" << 1;
        QTest::newRow("path of one machine") << "README.md"
                                             << "see /home/someone/x" << 1;
    }

    void rulesSeeABreach() {
        QFETCH(QString, path);
        QFETCH(QString, line);
        const SourceFile file{path.toStdString(), {"#pragma once", line.toStdString()}};
        std::size_t found = 0;
        for (const auto rule : {includesOutOfLayer, printing, headerManners, colorLiterals, forbiddenWords})
            found += rule(file).size();
        QTEST(int(found), "breaches");
    }

    void rulesSeeMissingGuardLengthAndRow() {
        QCOMPARE(headerManners({"core/a.h", {"int x;"}}).size(), 1u);
        QCOMPARE(tooLong({"core/a.cpp", std::vector<std::string>(kMostLines)}).size(), 0u);
        QCOMPARE(tooLong({"core/a.cpp", std::vector<std::string>(kMostLines + 1)}).size(), 1u);
        const SourceFile page{"ARCHITECTURE.md", {"| `core/a/` | something |", "| `core/gone/` | nothing |"}};
        const std::vector<SourceFile> tree{{"core/a/x.h", {}}, {"core/b/y.h", {}}, {"core/b/z.h", {}}};
        QCOMPARE(foldersWithoutRow(tree, page), Findings{"ARCHITECTURE.md: no row for core/b/"});
        QCOMPARE(rowsWithoutFolder(tree, page),
                 Findings{"ARCHITECTURE.md: a row for core/gone/, which is not there"});
    }

    void includesPointOneWay() { EXPECT_NONE(includesOutOfLayer); }
    void corePrintsNothing() { EXPECT_NONE(printing); }
    void headersHaveManners() { EXPECT_NONE(headerManners); }
    void colorsComeFromTheTheme() { EXPECT_NONE(colorLiterals); }
    void noNotesToSelf() { EXPECT_NONE(forbiddenWords); }

    void filesAreShort() {
        EXPECT_NONE(tooLong);
        const QByteArray long_ =
            findingsOf(m_tree, [](const SourceFile& file) { return tooLong(file, kAskWhyLines); });
        if (!long_.isEmpty()) qWarning("Longer than %zu lines, ask why:%s", kAskWhyLines, long_.constData());
    }

    void everyFolderHasItsRow() {
        QVERIFY2(foldersWithoutRow(m_tree, *architecture()).empty(),
                 joined(foldersWithoutRow(m_tree, *architecture())).constData());
        QVERIFY2(rowsWithoutFolder(m_tree, *architecture()).empty(),
                 joined(rowsWithoutFolder(m_tree, *architecture())).constData());
    }
};

QTEST_APPLESS_MAIN(TestLayers)
#include "tst_layers.moc"
