// The GPU lab: one run beside another, questions about pictures and texts, pictures and tables where there is
// little room.
#include "app/labs/gpu/gpu_comparison.h"
#include "app/labs/gpu/views/answer_view.h"
#include "app/labs/gpu/views/bandwidth_strip.h"
#include "app/labs/gpu/views/batch_view.h"
#include "app/labs/gpu/views/figure_table.h"
#include "app/labs/gpu/views/roofline_view.h"
#include "app/labs/gpu/views/throughput_view.h"
#include "tests/app/gpu_desk.h"
#include "widgets/palette/command_palette.h"

#include <QLineEdit>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <set>

using namespace orrery;
using testing::GpuDesk;

namespace {

gpu::BenchMessage benchOf(const char* model, std::int64_t batch, const char* variant, double timeUs) {
    gpu::BenchMessage m;
    m.model = model, m.batch = batch, m.variant = variant, m.precision = "fp16";
    m.itemsPerS = 1e6 * double(batch) / timeUs, m.flopsPerS = 1e12;
    m.latencyUs = {{"p50", timeUs}, {"p99", timeUs}};
    m.layers = {{"conv1", "stem", "convolution 7x7", "", 1e9, 1e7, timeUs / 2, 1, "compute"},
                {"fc", "head", "linear", "", 1e8, 1e7, timeUs / 2, 1, "memory"}};
    return m;
}

runner::RunMoment momentOf(const std::vector<gpu::BenchMessage>& benches) {
    runner::RunLog log;
    int id = 0;
    for (const gpu::BenchMessage& bench : benches)
        log.append({std::to_string(++id), "host", 0, "cuda:0", bench});
    const auto shared = std::make_shared<const runner::RunLog>(std::move(log));
    return runner::momentOf(shared, static_cast<std::int64_t>(shared->size()));
}

} // namespace

class TestGpuBeside : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void theLikestPointStandsBeside();
    void aRecordingStandsBeside();
    void whatWasBeforeStandsBeside();
    void aFileThatIsNoRunIsSaidOnce();
    void aPictureIsAsked();
    void aTextIsAsked();
    void aRefusalIsShown();
    void tablesKeepTheirFigures();
    void layersWithoutFlopsStandBelow_data();
    void layersWithoutFlopsStandBelow();
    void everyRowOfThroughputStands_data();
    void everyRowOfThroughputStands();
    void timelinesOfOneBatch();
    void everyViewHasItsTable_data();
    void everyViewHasItsTable();
};

// The model first, then the batch, then the newest; times are compared an item.
void TestGpuBeside::theLikestPointStandsBeside() {
    using panel::Comparison;
    const auto now = momentOf({benchOf("resnet50", 8, "graph", 800)});
    const auto other =
        momentOf({benchOf("bert-base", 8, "graph", 1), benchOf("resnet50", 1, "graph", 1),
                  benchOf("resnet50", 16, "graph", 2), benchOf("resnet50", 16, "graph", 4000)});
    const panel::RooflinePicture picture = panel::rooflineOf(now, {Comparison::Kind::Recorded, &other});
    QVERIFY(picture.other);
    QCOMPARE(picture.other->model->batch, 16);
    for (const panel::LayerPoint& layer : picture.layers) {
        QCOMPARE(picture.other->layers[std::size_t(layer.other)].name, layer.name);
        QVERIFY(std::abs(layer.timesFaster - 2.5) < 1e-12); // 250 µs an image against 100
    }
    // Another model has no layer in common; nothing measured is nothing to compare.
    const auto text = momentOf({benchOf("bert-base", 8, "graph", 1)});
    QCOMPARE(panel::rooflineOf(now, {Comparison::Kind::Recorded, &text}).layers.front().other, -1);
    const auto nothing = momentOf({});
    QVERIFY(!panel::rooflineOf(now, {Comparison::Kind::Recorded, &nothing}).other);
    QVERIFY(!panel::rooflineOf(now, {Comparison::Kind::Earlier}).other);
    // Before and after: the other variant of the same run.
    const auto both = momentOf({benchOf("resnet50", 8, "naive", 3200), benchOf("resnet50", 8, "graph", 800)});
    const panel::RooflinePicture gain = panel::rooflineOf(both, {Comparison::Kind::Earlier});
    QVERIFY(gain.other && gain.other->name.contains(QStringLiteral("Naive")));
    QCOMPARE(gain.layers.front().timesFaster, 4.0);
}

void TestGpuBeside::aRecordingStandsBeside() {
    GpuDesk desk("gpu-h100-resnet");
    auto* roof = desk.part<panel::RooflineView>();
    QVERIFY(roof && !desk.gpu().views().roofline().other);
    const QImage before = roof->grab().toImage();
    desk.set("compare", std::string("cpu-resnet50"));
    desk.settle();
    const auto other = desk.gpu().views().roofline().other;
    QVERIFY(other && other->layers.size() > 50);
    const QImage ghost = roof->grab().toImage();
    QVERIFY(ghost != before);
    QVERIFY(desk.window.stage()->cards().front()->subtitle().contains(other->name));
    const auto lines =
        panel::speedOverBatch(desk.gpu().moment(), {panel::Comparison::Kind::None}).lines.size();
    QCOMPARE(desk.part<panel::BatchView>()->picture().lines.size(), lines + 1);
    QVERIFY(desk.gpu().resultAsCsv().startsWith(
        QStringLiteral("layer,stage,kind,flops,bytes,time_us,attainable_us,"
                       "bound,compared_time_us")));
    // It is kept in a scenario, and taken back by undo.
    QCOMPARE(desk.space().scenario().parameters.at("compare"), ParameterValue(std::string("cpu-resnet50")));
    desk.space().undoStack().undo();
    desk.settle();
    QVERIFY(!desk.gpu().views().roofline().other);
    QTRY_VERIFY(roof->grab().toImage() != ghost);
}

void TestGpuBeside::whatWasBeforeStandsBeside() {
    GpuDesk desk;
    desk.set("view", std::string("layers"));
    desk.set("compare", std::string("earlier"));
    desk.start("good");
    QTRY_COMPARE(desk.gpu().moment().benches.size(), std::size_t(2));
    QVERIFY(!desk.gpu().views().roofline().other);
    desk.set("sweep", false);
    desk.set("variant", std::string("fused"));
    QTRY_VERIFY(desk.gpu().views().roofline().other);
    QVERIFY(desk.gpu().views().roofline().other->name.contains(QStringLiteral("Graph")));
    QCOMPARE(desk.part<panel::FigureTable>()->shownColumns().last(), QStringLiteral("faster"));
    QVERIFY2(desk.gpu().narration().afterword.contains(QStringLiteral("1.00 times as fast")),
             qPrintable(desk.gpu().narration().afterword));
}

void TestGpuBeside::aFileThatIsNoRunIsSaidOnce() {
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("letter.jsonl")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("dear run\n") > 0);
    file.close();
    GpuDesk desk("gpu-h100-resnet");
    desk.set("compare_file", file.fileName().toStdString());
    desk.set("compare", std::string("file"));
    desk.settle();
    QCOMPARE(desk.failures.count(), 1);
    QVERIFY2(desk.sentence().contains(QStringLiteral("holds no event of orrery-gpu")),
             qPrintable(desk.sentence()));
    QVERIFY(!desk.gpu().views().roofline().other && !desk.gpu().views().roofline().layers.empty());
}

void TestGpuBeside::aPictureIsAsked() {
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("shot.png")),
                  letter = folder.filePath(QStringLiteral("a.txt"));
    QImage picture(40, 30, QImage::Format_RGB32);
    picture.fill(0x336699);
    QVERIFY(picture.save(path));
    GpuDesk desk;
    desk.set("view", std::string("ask"));
    desk.start("good");
    QTRY_VERIFY(desk.gpu().live().process().state() == runner::RunnerProcess::State::Ready);
    QCOMPARE(desk.gpu().live().waiting(), 0); // a view of questions measures nothing by itself
    auto* card = desk.part<panel::AnswerView>();
    QVERIFY(card && card->groups().empty());
    QVERIFY(!card->take(letter));
    QCOMPARE(desk.failures.count(), 1);
    QVERIFY(card->take(path));
    QTRY_COMPARE(card->groups().size(), std::size_t(1));
    QCOMPARE(card->groups().front().bars.size(), std::size_t(5));
    QCOMPARE(card->groups().front().bars.front().name, QStringLiteral("orrery"));
    QCOMPARE(card->groups().front().bars.front().share, 0.5);
    // Other weights: the same picture is asked again.
    const std::size_t heard = desk.gpu().live().log().size();
    QVERIFY(card->take(folder.filePath(QStringLiteral("mine.safetensors"))));
    QTRY_VERIFY(desk.gpu().live().log().size() > heard);
    QVERIFY(desk.gpu().parameters().at("weights") ==
            ParameterValue(folder.filePath(QStringLiteral("mine.safetensors")).toStdString()));
    // Back to measuring: now the batches are asked for.
    desk.set("view", std::string("roofline"));
    QTRY_COMPARE(desk.gpu().moment().benches.size(), std::size_t(2));
}

void TestGpuBeside::aTextIsAsked() {
    GpuDesk desk;
    desk.set("view", std::string("ask"));
    desk.set("model", std::string("bert-base"));
    desk.start("good");
    auto* card = desk.part<panel::AnswerView>();
    QTRY_COMPARE(card->groups().size(), std::size_t(1)); // the text that is there is asked at once
    QCOMPARE(card->groups().front().bars.front().name, QStringLiteral("moon"));
    QVERIFY(card->groups().front().title.contains(QStringLiteral("[MASK]")));
    const std::size_t heard = desk.gpu().live().log().size();
    desk.set("text", std::string("Another [MASK]."));
    QTRY_COMPARE(desk.gpu().live().log().size(), heard + 2);
}

void TestGpuBeside::aRefusalIsShown() {
    GpuDesk desk;
    desk.set("view", std::string("ask"));
    desk.set("model", std::string("bert-base"));
    desk.start("refuses");
    QTRY_VERIFY(desk.bar()->status().kind == panel::RunStatus::Kind::Refused);
    QCOMPARE(desk.bar()->status().sentence, QStringLiteral("Refused: a text wants a vocabulary."));
    QVERIFY(desk.bar()->status().canStop);
    // The palette has what the bar has.
    auto* palette = desk.window.findChild<CommandPalette*>();
    palette->open();
    palette->field()->setText(QStringLiteral("Stop"));
    QCOMPARE(palette->titleAt(palette->currentRow()), QStringLiteral("Stop"));
    QTest::keyClick(palette->field(), Qt::Key_Return);
    QTRY_VERIFY(!desk.gpu().live().isAlive());
}

// However narrow: figures are whole, what can be spared goes first.
void TestGpuBeside::tablesKeepTheirFigures() {
    panel::FigureTable table;
    table.setTable({{QStringLiteral("Layer"), true},
                    {QStringLiteral("µs")},
                    {QStringLiteral("TFLOP/s"), false, 1},
                    {QStringLiteral("TB/s"), false, 2}},
                   {{0,
                     {{QStringLiteral("layer3.22.conv3"), 0},
                      {QStringLiteral("351"), 1},
                      {QStringLiteral("172"), 1},
                      {QStringLiteral("1.39"), 1}}}});
    table.show();
    QStringList last;
    for (int width = 640; width >= 120; width -= 8) {
        table.resize(width, 200);
        const QStringList shown = table.shownColumns();
        QVERIFY(last.isEmpty() || shown.size() <= last.size());
        QVERIFY(shown.contains(QStringLiteral("Layer")) && shown.contains(QStringLiteral("µs")));
        QVERIFY(shown.contains(QStringLiteral("TFLOP/s")) || !shown.contains(QStringLiteral("TB/s")));
        last = shown;
    }
    QCOMPARE(last.size(), 2);
}

void TestGpuBeside::layersWithoutFlopsStandBelow_data() {
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("presented");
    QTest::newRow("small") << QSize(1024, 700) << false;
    QTest::newRow("large") << QSize(1600, 1000) << false;
    QTest::newRow("presented") << QSize(1280, 720) << true;
}

// At any size the strip is there, under the same axis ends as the roofline, and its marks can be chosen.
void TestGpuBeside::layersWithoutFlopsStandBelow() {
    QFETCH(QSize, size);
    QFETCH(bool, presented);
    GpuDesk desk("gpu-h100-resnet", size);
    if (presented) desk.window.setPresenting(true);
    desk.settle();
    auto* strip = desk.part<panel::BandwidthStrip>();
    auto* roof = desk.part<panel::RooflineView>();
    QVERIFY(strip && strip->isVisible() && roof);
    strip->prepare();
    QCOMPARE(strip->isBrief(), size.width() < 1600);
    QVERIFY(std::abs(strip->area().left() - roof->area().left()) < 1.5);
    QVERIFY(std::abs(strip->area().right() - roof->area().right()) < 1.5);
    const auto& layers = desk.gpu().views().roofline().layers;
    std::set<int> found, wanted;
    for (int x = 0; x < strip->width(); ++x)
        if (const int layer = strip->layerAt({double(x), strip->area().center().y()}); layer >= 0)
            found.insert(layer);
    for (int i = 0; i < static_cast<int>(layers.size()); ++i)
        if (!layers[std::size_t(i)].hasMatrixFlops()) wanted.insert(i);
    QVERIFY(!wanted.empty());
    QCOMPARE(found, wanted);
}

void TestGpuBeside::everyRowOfThroughputStands_data() {
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("presented");
    for (const QSize size : {QSize(1024, 700), QSize(1280, 720), QSize(1600, 1000)})
        for (const bool presented : {false, true})
            QTest::addRow("%d%s", size.width(), presented ? " presented" : "") << size << presented;
}

// Throughput, clock, power, temperature.
void TestGpuBeside::everyRowOfThroughputStands() {
    QFETCH(QSize, size);
    QFETCH(bool, presented);
    GpuDesk desk("gpu-h200-bert", size);
    if (presented) desk.window.setPresenting(true);
    desk.settle();
    auto* track = desk.part<panel::ThroughputView>();
    QVERIFY(track);
    QCOMPARE(track->shownRows(), 4);
    QVERIFY(testing::coloursOf(track->grab().toImage()) > 12);
}

// Before everything, before the graph, with it: of the batch at which most were timed, then of the newest.
void TestGpuBeside::timelinesOfOneBatch() {
    runner::RunLog log;
    const auto add = [&log](const char* variant, std::int64_t batch) {
        gpu::TimelineMessage line;
        line.model = "resnet101", line.variant = variant, line.batch = batch, line.method = "CUPTI";
        line.forwardUs = double(batch);
        log.append({"1", "host", 0, "cuda:0", line});
    };
    const auto shown = [&log] {
        const auto shared = std::make_shared<const runner::RunLog>(log);
        QStringList names;
        for (const panel::TimelineLine& line :
             panel::timelinesOf(runner::momentOf(shared, std::int64_t(shared->size()))).lines)
            names << QStringLiteral("%1 %2").arg(line.name).arg(line.forwardUs);
        return names.join(u',');
    };
    for (const char* variant : {"graph", "naive", "fused"})
        add(variant, 128);
    QCOMPARE(shown(), QStringLiteral("Naive 128,Fused 128,Graph 128"));
    add("fused", 1), add("graph", 1);
    QCOMPARE(shown(), QStringLiteral("Naive 128,Fused 128,Graph 128"));
    add("naive", 1);
    QCOMPARE(shown(), QStringLiteral("Naive 1,Fused 1,Graph 1"));
}

void TestGpuBeside::everyViewHasItsTable_data() {
    QTest::addColumn<QString>("view");
    QTest::addColumn<QString>("head");
    QTest::addColumn<int>("least");
    QTest::newRow("layers") << QStringLiteral("layers") << QStringLiteral("layer,stage,kind,flops") << 100;
    QTest::newRow("tricks") << QStringLiteral("tricks") << QStringLiteral("variant,img_per_s,change") << 4;
    QTest::newRow("throughput") << QStringLiteral("throughput")
                                << QStringLiteral("seconds,items_per_s,clock_mhz") << 50;
    QTest::newRow("queue") << QStringLiteral("queue") << QStringLiteral("arrivals_per_s,served_per_s,p50_ms")
                           << 20;
}

// As many fields in each line as in the first, and the figures that are drawn.
void TestGpuBeside::everyViewHasItsTable() {
    QFETCH(QString, view);
    QFETCH(QString, head);
    QFETCH(int, least);
    GpuDesk desk("gpu-h100-resnet");
    desk.set("view", view.toStdString());
    desk.settle();
    const QStringList lines = desk.gpu().resultAsCsv().split(u'\n', Qt::SkipEmptyParts);
    QVERIFY2(lines.front().startsWith(head), qPrintable(lines.front()));
    QVERIFY2(lines.size() > least, qPrintable(QString::number(lines.size())));
    for (QString line : lines) {
        line.remove(QRegularExpression(QStringLiteral("\"[^\"]*\""))); // what is quoted may hold commas
        QCOMPARE(line.count(u','), lines.front().count(u','));
    }
}

QTEST_MAIN(TestGpuBeside)
#include "tst_gpu_beside.moc"
