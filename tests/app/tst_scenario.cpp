// Scenario files: what is written reads back, a wrong file is refused in one sentence that says where, and no
// text whatever brings the program down.
#include "app/builtin_labs.h"
#include "app/scenario/scenario.h"
#include "core/support/rng.h"

#include <QTemporaryDir>
#include <QtTest>
#include <limits>

using namespace orrery;

namespace {

Scenario fullScenario(DataSource source) {
    Scenario scenario;
    scenario.title = QStringLiteral("Größe “λ” \\ \"quoted\"\nsecond line");
    scenario.summary = QStringLiteral("A sentence.");
    scenario.lab = QStringLiteral("lasso");
    scenario.data.source = std::move(source);
    scenario.data.choices.target = std::string("y"); // g++ 12 misreads an assignment of “y”
    scenario.data.choices.features = {"a", "größe", "c d"};
    scenario.data.choices.asCategory = {"c d"};
    scenario.data.choices.rowFilter = "a > 3 and b == \"x\"";
    scenario.data.choices.sample = data::RowSample{120, 9};
    scenario.parameters = {{"alpha", 0.1 + 0.2},
                           {"lambdas", std::int64_t{57}},
                           {"standardize", false},
                           {"stage", std::string("geometry")},
                           {"whole", 2.0}};
    scenario.seed = std::numeric_limits<quint64>::max();
    scenario.frame = 1'234'567'890'123;
    scenario.stepsPerSecond = 0.1;
    scenario.play = true;
    return scenario;
}

QString refusal(const QByteArray& json) {
    const auto scenario = scenarioFromJson(json, QStringLiteral("lecture.json"));
    return scenario ? QStringLiteral("accepted") : QString::fromStdString(scenario.error().message);
}

bool isOneSentence(const QString& text) {
    return !text.isEmpty() && !text.contains(u'\n') && text.size() < 400;
}

QByteArray minimal(const QByteArray& rest = {}) {
    return R"({"orrery": 1, "lab": "lasso", "data": {"builtin": "iris"})" + rest + "}";
}

} // namespace

class TestScenario : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void everyFieldComesBack_data();
    void everyFieldComesBack();
    void lastFrameAndFullSpeedComeBack();
    void namesThatAreNoUtf8AreWritten();
    void refusalsNameTheKey_data();
    void refusalsNameTheKey();
    void brokenJsonNamesLineAndColumn();
    void missingFileIsNamed();
    void relativeDataPathsFollowTheFile();
    void builtInScenes();
    void anyTextIsSurvived();
    void deepNestingIsSurvived();
};

void TestScenario::everyFieldComesBack_data() {
    QTest::addColumn<int>("source");
    const char* names[] = {"builtin", "file", "SQLite table", "SQLite query", "generator", "cells"};
    for (int i = 0; i < 6; ++i)
        QTest::addRow("%s", names[i]) << i;
}

void TestScenario::everyFieldComesBack() {
    QFETCH(int, source);
    const DataSource sources[] = {
        BuiltinSource{QStringLiteral("wine")},
        FileSource{QStringLiteral("/data/äöü x.csv"), {}, {}, {QStringLiteral(";"), QStringLiteral("no")}},
        FileSource{QStringLiteral("/data/shop.sqlite"), QStringLiteral("a table"), {}, {}},
        FileSource{QStringLiteral("/data/shop.sqlite"), {}, QStringLiteral("SELECT a, \"b\" FROM t"), {}},
        GeneratorSource{QStringLiteral("sparse_linear"), {{"n", std::int64_t{10}}, {"snr", 2.5}}, 99},
        InlineSource{QStringLiteral("cells"),
                     QStringLiteral("a,b\r\n1,\"2\"\n\n3,4"),
                     {QStringLiteral(","), QStringLiteral("yes")}}};
    const Scenario written = fullScenario(sources[source]);
    const auto read = scenarioFromJson(toJson(written), QStringLiteral("x.json"));
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    QVERIFY(*read == written);
    QCOMPARE(toJson(*read), toJson(written));

    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("s.json"));
    QVERIFY(writeScenario(written, path));
    const auto fromFile = readScenario(path);
    QVERIFY(fromFile && *fromFile == written);
}

void TestScenario::lastFrameAndFullSpeedComeBack() {
    Scenario scenario = fullScenario(BuiltinSource{QStringLiteral("iris")});
    scenario.frame = Scenario::kLastFrame;
    scenario.stepsPerSecond = std::numeric_limits<double>::infinity(); // the key 9
    const auto read = scenarioFromJson(toJson(scenario), QStringLiteral("x.json"));
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    QVERIFY(*read == scenario);
}

// A column name comes from a file, which may be in any encoding.
void TestScenario::namesThatAreNoUtf8AreWritten() {
    Scenario scenario = fullScenario(BuiltinSource{QStringLiteral("iris")});
    scenario.data.choices.target = "gr\xf6\xdf";
    const auto read = scenarioFromJson(toJson(scenario), QStringLiteral("x.json"));
    QVERIFY2(read, read ? "" : read.error().message.c_str());
}

void TestScenario::refusalsNameTheKey_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("named");
    const auto wrong = [](const char* name, const QByteArray& json, const char* named) {
        QTest::newRow(name) << json << QString::fromUtf8(named);
    };
    wrong("no object", "[1, 2]", "object");
    wrong("no format", R"({"lab": "lasso"})", "orrery");
    wrong("other format", R"({"orrery": 2, "lab": "lasso", "data": {"builtin": "iris"}})", "format 2");
    wrong("huge format", R"({"orrery": 4294967297, "lab": "lasso", "data": {"builtin": "iris"}})", "format");
    wrong("format as text", R"({"orrery": "1", "lab": "lasso", "data": {"builtin": "iris"}})", "orrery");
    wrong("no lab", R"({"orrery": 1, "data": {"builtin": "iris"}})", "lab");
    wrong("lab is a number", R"({"orrery": 1, "lab": 3, "data": {"builtin": "iris"}})", "lab");
    wrong("no data", R"({"orrery": 1, "lab": "lasso"})", "data");
    wrong("data is a list", R"({"orrery": 1, "lab": "lasso", "data": []})", "data");
    wrong("data of no kind", R"({"orrery": 1, "lab": "lasso", "data": {"url": "x"}})", "data");
    wrong("builtin is a number", R"({"orrery": 1, "lab": "lasso", "data": {"builtin": 1}})", "builtin");
    wrong("features is text",
          R"({"orrery": 1, "lab": "lasso", "data": {"builtin": "iris", "features": "a"}})", "features");
    wrong("features of numbers",
          R"({"orrery": 1, "lab": "lasso", "data": {"builtin": "iris", "features": [1]}})", "features");
    wrong("sample is a number", R"({"orrery": 1, "lab": "lasso", "data": {"builtin": "iris", "sample": 5}})",
          "sample");
    wrong("sample size is negative",
          R"({"orrery": 1, "lab": "lasso", "data": {"builtin": "iris", "sample": {"size": -1, "seed": 1}}})",
          "sample");
    wrong("generator seed is negative",
          R"({"orrery": 1, "lab": "lasso", "data": {"generator": "blobs", "seed": -1}})", "seed");
    wrong("parameters is a list", minimal(R"(, "parameters": [1])"), "parameters");
    wrong("parameter is a list", minimal(R"(, "parameters": {"alpha": [1]})"), "alpha");
    wrong("parameter is null", minimal(R"(, "parameters": {"alpha": null})"), "alpha");
    wrong("seed is negative", minimal(R"(, "seed": -3)"), "seed");
    wrong("seed is a fraction", minimal(R"(, "seed": 1.5)"), "seed");
    wrong("frame is negative", minimal(R"(, "frame": -2)"), "frame");
    wrong("frame is minus one", minimal(R"(, "frame": -1)"), "frame");
    wrong("frame is text", minimal(R"(, "frame": "first")"), "frame");
    wrong("frame is too large", minimal(R"(, "frame": 18446744073709551615)"), "frame");
    wrong("speed is text", minimal(R"(, "speed": "fast")"), "speed");
    wrong("speed is zero", minimal(R"(, "speed": 0)"), "speed");
    wrong("play is a number", minimal(R"(, "play": 1)"), "play");
    wrong("title is a number", minimal(R"(, "title": 1)"), "title");
}

void TestScenario::refusalsNameTheKey() {
    QFETCH(QByteArray, json);
    QFETCH(QString, named);
    const QString sentence = refusal(json);
    QVERIFY2(sentence.contains(named), qPrintable(sentence));
    QVERIFY2(sentence.startsWith(QStringLiteral("lecture.json")), qPrintable(sentence));
    QVERIFY2(isOneSentence(sentence), qPrintable(sentence));
    QCOMPARE(refusal(minimal()), QStringLiteral("accepted"));
}

void TestScenario::brokenJsonNamesLineAndColumn() {
    const QString sentence = refusal("{\n  \"orrery\": 1,\n  \"lab\": lasso\n}");
    QVERIFY2(sentence.startsWith(QStringLiteral("lecture.json, line 3, column 10")), qPrintable(sentence));
    QVERIFY(refusal("").contains(QStringLiteral("line 1, column 1")));
    QVERIFY(refusal("{\"orrery\": 1").contains(QStringLiteral("line 1, column 13")));
}

void TestScenario::missingFileIsNamed() {
    const auto missing = readScenario(QStringLiteral("/nowhere/at all.json"));
    QVERIFY(!missing);
    QVERIFY(QString::fromStdString(missing.error().message).contains(QStringLiteral("/nowhere/at all.json")));
    const auto written = writeScenario(fullScenario(BuiltinSource{}), QStringLiteral("/nowhere/at all.json"));
    QVERIFY(!written);
    QVERIFY(QString::fromStdString(written.error().message).contains(QStringLiteral("/nowhere/at all.json")));
}

void TestScenario::relativeDataPathsFollowTheFile() {
    QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("sub")));
    QFile data(folder.filePath(QStringLiteral("sub/own.csv")));
    QVERIFY(data.open(QIODevice::WriteOnly));
    data.write("a,b,y\n1,2,3\n4,5,7\n2,2,1\n");
    data.close();
    Scenario scenario = fullScenario(FileSource{QStringLiteral("sub/own.csv"), {}, {}, {}});
    scenario.data.choices = {};
    QVERIFY(writeScenario(scenario, folder.filePath(QStringLiteral("s.json"))));
    const auto read = readScenario(folder.filePath(QStringLiteral("s.json")));
    QVERIFY(read);
    QCOMPARE(QFileInfo(std::get<FileSource>(read->data.source).path).absoluteFilePath(), data.fileName());
    Progress progress;
    const auto dataset = loadData(read->data, progress);
    QVERIFY2(dataset, dataset ? "" : dataset.error().message.c_str());
    QCOMPARE((*dataset)->table->rows(), std::size_t{3});
}

void TestScenario::builtInScenes() {
    QVERIFY(builtinScenes().size() >= 6);
    QStringList ids, titles;
    for (const Scenario& scene : builtinScenes()) {
        const LabInfo* info = findLab(scene.lab);
        QVERIFY2(info, qPrintable(scene.id));
        QVERIFY2(!scene.title.isEmpty() && isOneSentence(scene.summary), qPrintable(scene.id));
        ids << scene.id, titles << scene.title;
        QCOMPARE(findScene(scene.id), &scene);
        auto lab = info->make();
        const auto values = validated(lab->parameterSpecs(), scene.parameters);
        QVERIFY2(values, values ? "" : values.error().message.c_str());
        Progress progress;
        auto dataset = loadData(scene.data, progress);
        QVERIFY2(dataset, dataset ? "" : dataset.error().message.c_str());
        const bool toEnd = scene.frame == Scenario::kLastFrame;
        const std::int64_t first = toEnd ? 0 : scene.frame;
        QVERIFY(lab->open(*dataset, *values, scene.seed, {.runAhead = true, .index = first, .play = false}));
        lab->waitForViews();
        const auto snapshot = lab->session()->latest();
        QVERIFY(snapshot && !snapshot->error);
        QCOMPARE(snapshot->transport.index, first); // the frame is there: it is not clamped
        QVERIFY(snapshot->transport.ended);
        const auto again = scenarioFromJson(toJson(scene), scene.id);
        QVERIFY(again);
    }
    QCOMPARE(ids.removeDuplicates(), 0);
    QCOMPARE(titles.removeDuplicates(), 0);
    for (const LabInfo& info : builtinLabs())
        QVERIFY2(findScene(info.startScene), qPrintable(info.id));
}

void TestScenario::anyTextIsSurvived() {
    const QByteArray whole =
        toJson(fullScenario(InlineSource{QStringLiteral("cells"), QStringLiteral("a,b\n1,2\n"), {}}));
    for (qsizetype length = 0; length < whole.size() - 2; ++length) {
        const QString sentence = refusal(whole.left(length));
        QVERIFY2(sentence.startsWith(QStringLiteral("lecture.json")) && isOneSentence(sentence),
                 qPrintable(sentence));
    }
    Rng random(20'240'911);
    const QByteArray letters = "{}[]\",:\\0123456789-+.eEtruefalsn\n\xff\xc3\x00 ";
    for (int round = 0; round < 20'000; ++round) {
        QByteArray text = whole;
        const int changes = 1 + static_cast<int>(random.below(6));
        for (int i = 0; i < changes; ++i) {
            const auto at = static_cast<qsizetype>(random.below(static_cast<std::uint64_t>(text.size())));
            const char letter =
                letters[static_cast<qsizetype>(random.below(static_cast<std::uint64_t>(letters.size())))];
            switch (random.below(3)) {
            case 0:
                text[at] = letter;
                break;
            case 1:
                text.insert(at, letter);
                break;
            default:
                text.remove(at, static_cast<qsizetype>(random.below(20)));
            }
            if (text.isEmpty()) text = "{";
        }
        const auto scenario = scenarioFromJson(text, QStringLiteral("lecture.json"));
        if (!scenario) continue;
        const auto again = scenarioFromJson(toJson(*scenario), QStringLiteral("again.json"));
        QVERIFY2(again && *again == *scenario, text.constData()); // whatever is accepted can be saved
    }
}

void TestScenario::deepNestingIsSurvived() {
    const int depth = 200'000;
    const QByteArray nest = QByteArray(depth, '[') + QByteArray(depth, ']');
    for (const char* key : {"data", "parameters", "title", "frame", "other"})
        (void)refusal("{\"orrery\": 1, \"lab\": \"lasso\", \"" + QByteArray(key) +
                      "\": {\"builtin\": \"iris\", \"x\": " + nest + "}}");
    QVERIFY(refusal("{\"orrery\": 1, \"lab\": \"lasso\", \"data\": " + nest + "}")
                .contains(QStringLiteral("data")));
}

QTEST_MAIN(TestScenario)
#include "tst_scenario.moc"
