// The program's commands as a user calls them: started as a process, judged by exit code, output and files.
#include "app/builtin_labs.h"
#include "app/scenario/scenario.h"

#include <QDomDocument>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <sstream>

using namespace orrery;

namespace {

struct Outcome {
    int code = -1;
    QByteArray out, err;
};

Outcome orreryRun(const QStringList& arguments) {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("QT_SCALE_FACTOR"));
    environment.remove(QStringLiteral("XDG_RUNTIME_DIR")); // as on a server without a login session
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(ORRERY_PROGRAM), arguments);
    if (!process.waitForFinished(60'000)) return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

int coloursOf(const QImage& image) {
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 3)
        for (int x = 0; x < image.width(); x += 3)
            colours.insert(image.pixel(x, y));
    return static_cast<int>(colours.size());
}

QString textOf(const QDomDocument& svg) {
    QString text;
    const auto nodes = svg.elementsByTagName(QStringLiteral("text"));
    for (int i = 0; i < nodes.size(); ++i)
        text += nodes.at(i).toElement().text() + u'\n';
    return text;
}

} // namespace

class TestRender : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() { QVERIFY(m_folder.isValid()); }
    void everyScene_data();
    void everyScene();
    void sizeThemeFrameAndScale();
    void cardsAndGallery();
    void whatIsShownAsATable();
    void theSameCommandGivesTheSameBytes();
    void wrongArguments_data();
    void wrongArguments();
    void ownScenarioFile();
    void solveAgreesWithPeers();
    void solveRefuses();
    void versionAndList();

  private:
    QString at(const char* name) const { return m_folder.filePath(QString::fromUtf8(name)); }
    QImage png(const QStringList& more, const QString& scene = QStringLiteral("lasso-diabetes"));
    QTemporaryDir m_folder;
};

void TestRender::everyScene_data() {
    QTest::addColumn<QString>("id");
    for (const Scenario& scene : builtinScenes())
        QTest::newRow(qPrintable(scene.id)) << scene.id;
}

void TestRender::everyScene() {
    QFETCH(QString, id);
    const QString svgPath = at("scene.svg"), pdfPath = at("scene.pdf");
    const QImage picture = png({}, id);
    QCOMPARE(picture.size(), QSize(1600, 1000));
    QVERIFY2(coloursOf(picture) > 50, qPrintable(QString::number(coloursOf(picture))));

    const Outcome svg = orreryRun({QStringLiteral("render"), id, QStringLiteral("-o"), svgPath});
    QVERIFY2(svg.code == 0 && svg.err.isEmpty(), svg.err);
    QDomDocument document;
    QVERIFY(document.setContent(contentOf(svgPath)));
    const QString text = textOf(document);
    const Scenario* scene = findScene(id);
    QVERIFY(scene);
    QVERIFY2(text.contains(findLab(scene->lab)->title), qPrintable(scene->lab));
    for (const char* word : {"Parameters", "Why this step"})
        QVERIFY2(text.contains(QString::fromUtf8(word)), word);
    const auto images = document.elementsByTagName(QStringLiteral("image")).size();
    QVERIFY2(images == 0, qPrintable(QStringLiteral("%1 images").arg(images))); // vectors are vectors
    // A family that every reader knows how to look for, not the alias of this system.
    QVERIFY(!contentOf(svgPath).contains("Sans Serif"));

    const Outcome pdf = orreryRun({QStringLiteral("render"), id, QStringLiteral("-o"), pdfPath});
    QVERIFY2(pdf.code == 0 && pdf.err.isEmpty(), pdf.err);
    const QByteArray bytes = contentOf(pdfPath);
    QVERIFY(bytes.startsWith("%PDF-"));
    QVERIFY(bytes.contains("/Font")); // text is text
}

QImage TestRender::png(const QStringList& more, const QString& scene) {
    const QString path = at("picture.png");
    QFile::remove(path);
    const Outcome outcome =
        orreryRun(QStringList{QStringLiteral("render"), scene, QStringLiteral("-o"), path} + more);
    if (outcome.code != 0 || !outcome.err.isEmpty()) qWarning() << outcome.code << outcome.err;
    return QImage(path);
}

void TestRender::sizeThemeFrameAndScale() {
    const auto words = [](const char* text) { return QString::fromUtf8(text).split(u' '); };
    const QImage small = png(words("--size 1024x700"));
    QCOMPARE(small.size(), QSize(1024, 700));
    const QImage dark = png(words("--size 1024x700 --theme dark"));
    const QImage projector = png(words("--size 1024x700 --theme projector"));
    QVERIFY(qGray(dark.pixel(500, 20)) < 80 && qGray(small.pixel(500, 20)) > 180);
    QVERIFY(projector != small && projector != dark);
    const QImage twice = png(words("--size 1024x700 --scale 2"));
    QCOMPARE(twice.size(), QSize(2048, 1400));
    const QImage start = png(words("--size 1024x700 --frame 0"));
    const QImage last = png(words("--size 1024x700 --frame last"));
    QVERIFY(start != small && last != small && start != last);
    const QImage beyond = png(words("--size 1024x700 --frame 999999999"));
    QVERIFY(beyond == last);
    const QImage played = png(words("--size 1024x700 --frame 0 --play 1"));
    QVERIFY(!played.isNull() && played != start);
    const QImage presented = png(words("--size 1024x700 --present"));
    QCOMPARE(presented.size(), QSize(1024, 700));
    QVERIFY(presented != projector);
}

void TestRender::cardsAndGallery() {
    const QImage whole = png({});
    const QImage card = png({QStringLiteral("--view"), QStringLiteral("residuals")});
    QVERIFY(!card.isNull() && card.width() < whole.width() / 2 && coloursOf(card) > 10);
    const QImage gallery = png({QStringLiteral("--view"), QStringLiteral("gallery")});
    QCOMPARE(gallery.size(), whole.size());
    QVERIFY(coloursOf(gallery) > 50);
    // Presented, a card has the stage to itself.
    const QStringList present{QStringLiteral("--present"), QStringLiteral("--view"),
                              QStringLiteral("residuals")};
    const QImage presented = png(present);
    QCOMPARE(presented.size(), whole.size());
    QVERIFY(presented != png(present.mid(0, 1)));
}

// As the window exports it: a layer a line.
void TestRender::whatIsShownAsATable() {
    const Outcome run = orreryRun({QStringLiteral("render"), QStringLiteral("gpu-h200-resnet"),
                                   QStringLiteral("-o"), at("layers.csv")});
    QVERIFY2(run.code == 0, run.err.constData());
    const QList<QByteArray> lines = contentOf(at("layers.csv")).trimmed().split('\n');
    QVERIFY(lines.front().startsWith("layer,stage,kind,flops,bytes,time_us"));
    QCOMPARE(lines.size(), 108); // ResNet-101 folded: 104 convolutions, two pools, the classifier
    QVERIFY(lines[1].startsWith("conv1,stem,"));
}

void TestRender::theSameCommandGivesTheSameBytes() {
    for (const char* scene : {"lasso-diabetes", "lasso-geometry", "lasso-sparse"})
        for (const char* suffix : {"png", "svg"}) {
            QByteArray first;
            for (int round = 0; round < 2; ++round) {
                const QString path = at("again.") + QString::fromUtf8(suffix);
                const Outcome outcome = orreryRun(
                    {QStringLiteral("render"), QString::fromUtf8(scene), QStringLiteral("-o"), path});
                QVERIFY2(outcome.code == 0, outcome.err);
                const QByteArray bytes = contentOf(path);
                QVERIFY(!bytes.isEmpty());
                if (round == 0)
                    first = bytes;
                else
                    QVERIFY2(bytes == first, scene);
            }
        }
}

void TestRender::wrongArguments_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named");
    const auto add = [](const char* name, const char* arguments, const char* named) {
        QTest::newRow(name) << QString::fromUtf8(arguments).split(u' ') << QString::fromUtf8(named);
    };
    add("no scene of this name", "render nosuch -o OUT.png", "nosuch");
    add("no output", "render lasso-diabetes", "output");
    add("no scene", "render -o OUT.png", "scenario");
    add("suffix", "render lasso-diabetes -o OUT.bmp", "bmp");
    add("size", "render lasso-diabetes -o OUT.png --size 10x10", "--size");
    add("size of letters", "render lasso-diabetes -o OUT.png --size axb", "--size");
    add("theme", "render lasso-diabetes -o OUT.png --theme pink", "--theme");
    add("scale", "render lasso-diabetes -o OUT.png --scale 0", "--scale");
    add("scale of letters", "render lasso-diabetes -o OUT.png --scale big", "--scale");
    add("frame", "render lasso-diabetes -o OUT.png --frame -1", "--frame");
    add("frame of letters", "render lasso-diabetes -o OUT.png --frame soon", "--frame");
    add("play", "render lasso-diabetes -o OUT.png --play soon", "--play");
    add("view", "render lasso-diabetes -o OUT.png --view nosuch", "nosuch");
    add("unknown option", "render lasso-diabetes -o OUT.png --bogus", "--bogus");
    add("folder that is not there", "render lasso-diabetes -o OUT/x/y.png", "OUT");
    add("no such command option", "--bogus", "--bogus");
    add("no lab", "solve", "lasso");
    add("unknown lab", "solve nosuch", "lasso");
    add("unknown theme of the window", "--theme pink", "--theme");
}

void TestRender::wrongArguments() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, named);
    QTemporaryDir folder;
    arguments.replaceInStrings(QStringLiteral("OUT"), folder.filePath(QStringLiteral("OUT")));
    const Outcome outcome = orreryRun(arguments);
    QCOMPARE(outcome.code, 2);
    QVERIFY2(outcome.err.trimmed().count('\n') == 0 && outcome.err.endsWith('\n'), outcome.err);
    QVERIFY2(QString::fromUtf8(outcome.err).contains(named), outcome.err);
    QVERIFY2(outcome.out.isEmpty(), outcome.out);
    QVERIFY(QDir(folder.path()).isEmpty());
}

void TestRender::ownScenarioFile() {
    QFile data(at("own.csv"));
    QVERIFY(data.open(QIODevice::WriteOnly));
    data.write("height,weight,y\n1,2,3\n2,1,4\n4,4,9\n3,1,6\n5,2,8\n");
    data.close();
    Scenario scenario = builtinScenes().front();
    scenario.data.source = FileSource{QStringLiteral("own.csv"), {}, {}, {}};
    scenario.frame = Scenario::kLastFrame;
    QVERIFY(writeScenario(scenario, at("own.json")));
    const Outcome good =
        orreryRun({QStringLiteral("render"), at("own.json"), QStringLiteral("-o"), at("own.svg")});
    QVERIFY2(good.code == 0 && good.err.isEmpty(), good.err);
    QVERIFY(contentOf(at("own.svg")).contains("height"));

    QVERIFY(data.open(QIODevice::WriteOnly));
    data.write("height,weight,y\n1,2,3\n2,1\n");
    data.close();
    QFile::remove(at("own.svg"));
    const Outcome bad =
        orreryRun({QStringLiteral("render"), at("own.json"), QStringLiteral("-o"), at("own.svg")});
    QCOMPARE(bad.code, 2);
    QVERIFY2(bad.err.contains("own.csv") && bad.err.contains("line 3") && bad.err.trimmed().count('\n') == 0,
             bad.err);
    QVERIFY(!QFile::exists(at("own.svg")));

    scenario.data.source = BuiltinSource{QStringLiteral("nosuch")};
    QVERIFY(writeScenario(scenario, at("own.json")));
    QCOMPARE(orreryRun({QStringLiteral("render"), at("own.json"), QStringLiteral("-o"), at("own.svg")}).code,
             2);
    scenario = builtinScenes().front();
    scenario.parameters["alpha"] = 7.0;
    QVERIFY(writeScenario(scenario, at("own.json")));
    const Outcome parameter =
        orreryRun({QStringLiteral("render"), at("own.json"), QStringLiteral("-o"), at("own.svg")});
    QCOMPARE(parameter.code, 2);
    QVERIFY2(parameter.err.contains("alpha") || parameter.err.contains("Elastic mix"), parameter.err);
    QVERIFY(!QFile::exists(at("own.svg")));
}

// Every λ of the golden files alone, through the command line.
void TestRender::solveAgreesWithPeers() {
    std::ifstream file(ORRERY_TEST_DATA "/lasso_diabetes/glmnet_alpha_1.csv");
    QStringList names;
    int row = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        const QStringList cell = QString::fromStdString(line).split(u',');
        if (names.isEmpty()) {
            names = cell;
            continue;
        }
        if (row++ % 5 != 3) continue;
        const Outcome outcome =
            orreryRun({QStringLiteral("solve"), QStringLiteral("lasso"), QStringLiteral("--data"),
                       QStringLiteral("builtin:diabetes"), QStringLiteral("--lambda"), cell[0],
                       QStringLiteral("--gap"), QStringLiteral("1e-13"), QStringLiteral("--json")});
        QVERIFY2(outcome.code == 0, outcome.err);
        const QJsonObject json = QJsonDocument::fromJson(outcome.out).object();
        QVERIFY(json[QStringLiteral("seconds")].toDouble() > 0 &&
                json[QStringLiteral("load_seconds")].toDouble() > 0);
        QCOMPARE(json[QStringLiteral("lambdas")].toArray().size(), 1);
        const QJsonObject coefficients = json[QStringLiteral("coefficients")].toArray().at(0).toObject();
        QVERIFY(std::abs(json[QStringLiteral("intercepts")].toArray().at(0).toDouble() - cell[1].toDouble()) <
                1e-6);
        int df = 0;
        for (qsizetype j = 2; j < names.size(); ++j) {
            QVERIFY2(std::abs(coefficients[names[j]].toDouble() - cell[j].toDouble()) < 1e-6,
                     qPrintable(names[j]));
            df += cell[j].toDouble() != 0.0;
        }
        QCOMPARE(json[QStringLiteral("df")].toArray().at(0).toInt(), df);
        QVERIFY(json[QStringLiteral("gap")].toArray().at(0).toDouble() <= 1e-13);
    }
    QCOMPARE(row, 20);
}

void TestRender::solveRefuses() {
    const auto refused = [](const char* arguments, const char* named) {
        const Outcome outcome = orreryRun(QString::fromUtf8(arguments).split(u' '));
        return outcome.code == 2 && outcome.out.isEmpty() && outcome.err.trimmed().count('\n') == 0 &&
               outcome.err.contains(named);
    };
    QVERIFY(refused("solve lasso --data builtin:nosuch", "nosuch"));
    QVERIFY(refused("solve lasso --data /nowhere.csv", "/nowhere.csv"));
    QVERIFY(refused("solve lasso --data builtin:diabetes --target nosuch", "nosuch"));
    QVERIFY(refused("solve lasso --data builtin:diabetes --features bmi,nosuch", "nosuch"));
    QVERIFY(refused("solve lasso --data builtin:diabetes --alpha 2", "--alpha"));
    QVERIFY(refused("solve lasso --data builtin:diabetes --solver nosuch", "--solver"));
    QVERIFY(refused("solve lasso", "--data"));
    const QString folder = m_folder.path();
    for (const QString& path : {folder, folder + u'/'}) {
        const Outcome outcome =
            orreryRun({QStringLiteral("solve"), QStringLiteral("lasso"), QStringLiteral("--data"), path,
                       QStringLiteral("--target"), QStringLiteral("y")});
        QVERIFY2(outcome.code == 2 && outcome.err.contains(folder.toUtf8()) &&
                     outcome.err.contains("is a folder"),
                 outcome.err);
    }
    for (const char* option :
         {"--lambda -1", "--lambda inf", "--lambda-ratio 0", "--gap -1", "--lambdas 0", "--threads 0"}) {
        const Outcome outcome = orreryRun(QString::fromLatin1("solve lasso --data builtin:diabetes %1")
                                              .arg(QLatin1String(option))
                                              .split(u' '));
        QVERIFY2(outcome.code == 2 && outcome.err.size() < 90 && outcome.err.contains("is not a"),
                 outcome.err);
    }
}

void TestRender::versionAndList() {
    const Outcome version = orreryRun({QStringLiteral("--version")});
    QCOMPARE(version.code, 0);
    QCOMPARE(version.out.trimmed(), QByteArray("orrery " ORRERY_VERSION));
    const Outcome list = orreryRun({QStringLiteral("list")});
    QCOMPARE(list.code, 0);
    for (const Scenario& scene : builtinScenes())
        QVERIFY2(list.out.contains(scene.id.toUtf8()), qPrintable(scene.id));
    for (const char* name : {"lasso", "iris", "diabetes", "digits", "sparse_linear"})
        QVERIFY2(list.out.contains(name), name);
    const Outcome help = orreryRun({QStringLiteral("--help")});
    QVERIFY(help.code == 0 && help.out.contains("render") && help.err.isEmpty());
}

QTEST_GUILESS_MAIN(TestRender)
#include "tst_render.moc"
