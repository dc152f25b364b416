// The GPU lab: a recorded run played, a live one with processes good and bad, layers linked, the queue.
#include "app/labs/gpu/batch_queue.h"
#include "app/labs/gpu/gpu_lab.h"
#include "app/labs/gpu/views/batch_view.h"
#include "app/labs/gpu/views/figure_table.h"
#include "app/labs/gpu/views/layer_strip.h"
#include "app/labs/gpu/views/queue_view.h"
#include "app/labs/gpu/views/roofline_view.h"
#include "tests/app/gpu_desk.h"
#include "widgets/transport/session_bridge.h"

#include <QTemporaryDir>

using namespace orrery;
using testing::GpuDesk;

namespace {

/// Pixels of a widget that are not its ground.
bool isDrawn(QWidget* widget) {
    const QImage image = widget->grab().toImage();
    return testing::coloursOf(image) > 12;
}

} // namespace

class TestGpuLab : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aRecordingIsPlayed();
    void everyViewIsDrawn_data();
    void everyViewIsDrawn();
    void layersAreLinked();
    void aBatchIsAMoment();
    void nothingStartsByItself();
    void thisMachineIsItsCard();
    void severalCardsAreSummed();
    void aProcessIsFollowed();
    void whoHasGoneBackStays();
    void badEndsKeepWhatCame_data();
    void badEndsKeepWhatCame();
    void startedAgainItGoesOn();
    void stopAndTheRecordingAgain();
    void otherDataIsRefused();
    void aSavedRunIsOpened();
    void theQueueAgreesWithTheory();
    void theQueueIsFedByMeasurements();
    void whatIsAskedFor();
};

void TestGpuLab::aRecordingIsPlayed() {
    GpuDesk desk;
    QVERIFY(desk.failures.isEmpty());
    const auto events = static_cast<std::int64_t>(desk.shownLog().size());
    QVERIFY(events > 40);
    QCOMPARE(desk.transport().index, events);
    QVERIFY(desk.transport().ended);
    QVERIFY(desk.gpu().views().roofline().layers.size() > 50);
    const std::size_t batches = desk.gpu().views().roofline().trail.size();
    QVERIFY(batches >= 3);
    QVERIFY2(desk.gpu().dataInWords().contains(QStringLiteral("recorded")),
             qPrintable(desk.gpu().dataInWords()));
    desk.post(command::Restart{});
    QCOMPARE(desk.gpu().moment().index, 0);
    QVERIFY(desk.gpu().views().roofline().layers.empty());
    desk.key(Qt::Key_Right);
    QCOMPARE(desk.gpu().moment().index, 1);
    QVERIFY(desk.gpu().narration().sentence.contains(QStringLiteral("hello")));
    // A phase is an answered request: after each there is one result more.
    std::size_t before = 0;
    for (int i = 0; i < 3; ++i) {
        desk.key(Qt::Key_Right, Qt::ControlModifier);
        QVERIFY(desk.gpu().moment().benches.size() + desk.gpu().moment().timelines.size() > before);
        before = desk.gpu().moment().benches.size();
    }
    desk.post(command::RunToEnd{});
    QCOMPARE(desk.gpu().views().roofline().trail.size(), batches);
}

void TestGpuLab::everyViewIsDrawn_data() {
    QTest::addColumn<QString>("view");
    QTest::addColumn<QSize>("size");
    for (const char* view : {"roofline", "layers", "tricks", "throughput", "queue"})
        for (const QSize size : {QSize(1440, 900), QSize(1024, 700)})
            QTest::addRow("%s %d", view, size.width()) << QString::fromUtf8(view) << size;
}

void TestGpuLab::everyViewIsDrawn() {
    QFETCH(QString, view);
    QFETCH(QSize, size);
    GpuDesk desk("gpu-recorded", size);
    desk.set("view", view.toStdString());
    desk.settle();
    QVERIFY(desk.window.stage()->cards().size() >= 3);
    for (Card* card : desk.window.stage()->cards())
        QVERIFY2(isDrawn(card), qPrintable(card->objectName()));
}

void TestGpuLab::layersAreLinked() {
    GpuDesk desk;
    auto* roof = desk.part<panel::RooflineView>();
    auto* strip = desk.part<panel::LayerStrip>();
    auto* table = desk.part<panel::FigureTable>();
    QVERIFY(roof && strip && table);
    QSignalSpy hovered(strip, &panel::LayerStrip::layerHovered);
    const int middle = 20;
    const QImage before = roof->grab().toImage();
    QTest::mouseMove(strip, strip->blockOf(middle).center().toPoint());
    QCOMPARE(hovered.count(), 1);
    QCOMPARE(hovered.front().front().toInt(), middle);
    QVERIFY(roof->grab().toImage() != before); // its mark is lit there too
    QTest::mouseClick(strip, Qt::LeftButton, {}, strip->blockOf(middle).center().toPoint());
    const QString name = desk.gpu().views().roofline().layers[middle].name;
    QCOMPARE(desk.gpu().views().layerInQuestion(), middle);
    QVERIFY2(desk.gpu().narration().sentence.contains(name), qPrintable(desk.gpu().narration().sentence));
    // Where a layer's mark is, the layer is found, unless a nearer one lies on it.
    const auto& layers = desk.gpu().views().roofline().layers;
    for (int i = 0; i < static_cast<int>(layers.size()); ++i)
        if (layers[std::size_t(i)].hasMatrixFlops()) {
            const int found = roof->layerAt(roof->markOf(i));
            QVERIFY(found >= 0 && QLineF(roof->markOf(found), roof->markOf(i)).length() < 1.5);
        }
    // Slowest first, and the rows can be walked by key.
    QCOMPARE(table->rowAtPlace(0),
             int(std::ranges::max_element(layers, {}, &panel::LayerPoint::timeUs) - layers.begin()));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    QVERIFY(desk.gpu().views().layerInQuestion() != middle);
}

void TestGpuLab::aBatchIsAMoment() {
    GpuDesk desk;
    desk.set("view", std::string("roofline"));
    desk.settle();
    const auto trail = desk.gpu().views().roofline().trail;
    auto* over = desk.part<panel::BatchView>();
    Q_EMIT over->batchChosen(trail.front().batch);
    desk.settle();
    QCOMPARE(desk.gpu().moment().focus()->batch, trail.front().batch);
    QVERIFY(desk.transport().index < desk.transport().furthest);
}

// The gallery and headless pictures open the live scene too.
void TestGpuLab::nothingStartsByItself() {
    GpuDesk desk("gpu-live");
    QVERIFY(!desk.gpu().live().isAlive());
    QVERIFY(!desk.shownLog().isLive);
    QVERIFY(desk.bar()->status().canStart);
    QVERIFY(desk.bar()->status().sentence.startsWith(QStringLiteral("Recorded")));
}

// The first scene asks for no device by name: it runs on the card where there is one.
void TestGpuLab::thisMachineIsItsCard() {
    for (const auto& [manner, device] : {std::pair{"cards", "cuda:0"}, std::pair{"good", "cpu"}}) {
        GpuDesk desk("gpu-live");
        desk.start(manner);
        QTRY_COMPARE(desk.gpu().live().waiting(), 0);
        QTRY_COMPARE(desk.gpu().moment().benches.size(), std::size_t(2));
        QVERIFY(desk.shownLog().isLive);
        for (const runner::Source& source : desk.shownLog().sources())
            QCOMPARE(source.device, std::string(device));
        QVERIFY2(desk.bar()->status().sentence.contains(
                     QString::fromStdString(desk.shownLog().deviceName(desk.shownLog().sources().front()))),
                 qPrintable(desk.bar()->status().sentence));
    }
}

// One process that drives two cards: a row each, and their sum.
void TestGpuLab::severalCardsAreSummed() {
    GpuDesk desk;
    desk.set("view", std::string("throughput"));
    desk.set("sweep", false);
    desk.set("device", std::string("all"));
    desk.start("cards");
    QTRY_COMPARE(desk.gpu().live().waiting(), 0);
    QTRY_COMPARE(desk.gpu().moment().benches.size(), std::size_t(1));
    const runner::RunMoment& moment = desk.gpu().moment();
    QVERIFY(!moment.track.itemsPerS.empty());
    for (const double sum : moment.track.itemsPerS)
        QCOMPARE(sum, 40.0); // 20 a card
    QCOMPARE(moment.track.powerW.back(), 80.0);
    const auto& rows = desk.part<panel::FigureTable>()->rows();
    QCOMPARE(rows.size(), std::size_t(3));
    QCOMPARE(rows[0].cells[0].text, QStringLiteral("all 2"));
    QCOMPARE(rows[0].cells[1].value, 40.0);
    for (const std::size_t i : {1, 2}) {
        QVERIFY(rows[i].cells[0].text.endsWith(QStringLiteral("cuda:%1").arg(i - 1)));
        QCOMPARE(rows[i].cells[1].value, 20.0);
    }
    QVERIFY2(desk.bar()->status().sentence.contains(QStringLiteral("fakehost · 2 × Made-up card")),
             qPrintable(desk.bar()->status().sentence));
    // The roofs are those of one card, and so is the star below them.
    QCOMPARE(moment.benches.front().flopsPerS, 1.6e11);
    const auto model = panel::rooflineOf(moment).model;
    QVERIFY(model && model->devices == 2 && model->flopsPerS == 8e10);
    const std::vector<LabelledLine> lines = panel::speedOverBatch(moment).lines;
    const auto own = std::ranges::find(lines, true, &LabelledLine::isNow);
    QVERIFY(own != lines.end());
    QCOMPARE(own->name, QStringLiteral("measured, 2 devices"));
    // Known by name now: the parameter offers each of them, and all.
    const auto specs = desk.gpu().parameterSpecs();
    const auto spec = std::ranges::find(specs, "device", &ParameterSpec::id);
    QCOMPARE(spec->options.size(), std::size_t(5)); // the best, the processor, two cards, every card
}

void TestGpuLab::aProcessIsFollowed() {
    GpuDesk desk;
    desk.start("good");
    QTRY_COMPARE(desk.gpu().live().waiting(), 0);
    QTRY_VERIFY(desk.gpu().moment().log && desk.shownLog().isLive && desk.gpu().moment().benches.size() == 2);
    QCOMPARE(desk.gpu().moment().index, static_cast<std::int64_t>(desk.shownLog().size()));
    QCOMPARE(desk.gpu().views().roofline().trail.size(), std::size_t(2));
    QCOMPARE(desk.gpu().views().roofline().aboveRoof(), 1);
    QVERIFY(desk.gpu().dataInWords().contains(QStringLiteral("live")));
    QVERIFY(desk.bar()->status().canStop && !desk.bar()->status().canRestart);
    // A knob that is turned is asked for, of the same process.
    const std::size_t before = desk.shownLog().size();
    desk.set("sweep", false);
    desk.set("batch", std::int64_t(16));
    QTRY_VERIFY(desk.gpu().moment().benches.size() == 3);
    QCOMPARE(desk.gpu().moment().benches.back().batch, 16);
    QVERIFY(desk.shownLog().size() > before);
    QVERIFY(desk.failures.isEmpty());
}

void TestGpuLab::whoHasGoneBackStays() {
    GpuDesk desk;
    desk.start("slow");
    QTRY_VERIFY(desk.gpu().moment().log && desk.shownLog().isLive && desk.gpu().moment().index > 2);
    desk.space().bridge().post(command::Seek{2, false});
    QTRY_COMPARE(desk.gpu().moment().index, 2);
    QTRY_COMPARE(desk.gpu().live().waiting(), 0);
    QTRY_VERIFY(desk.transport().furthest == static_cast<std::int64_t>(desk.gpu().live().log().size()));
    QCOMPARE(desk.gpu().moment().index, 2);
}

void TestGpuLab::badEndsKeepWhatCame_data() {
    QTest::addColumn<QString>("manner");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<bool>("spoke");
    QTest::newRow("dies") << "dies"
                          << "ended with exit code 3. cannot go on: out of patience" << true;
    QTest::newRow("killed") << "killed"
                            << "died of signal 9" << true;
    QTest::newRow("cut") << "cut"
                         << "its last line was cut off" << true;
    QTest::newRow("mute") << "mute"
                          << "exit code 255 before it said hello. no such host" << false;
    QTest::newRow("old") << "old"
                         << "speaks protocol 2, this window protocol 1" << false;
}

void TestGpuLab::badEndsKeepWhatCame() {
    QFETCH(QString, manner);
    QFETCH(QString, sentence);
    QFETCH(bool, spoke);
    GpuDesk desk;
    desk.start(qPrintable(manner));
    QTRY_VERIFY(desk.bar()->status().canRestart);
    QVERIFY2(desk.bar()->status().sentence.contains(sentence), qPrintable(desk.bar()->status().sentence));
    QVERIFY(desk.bar()->status().kind == panel::RunStatus::Kind::Ended);
    if (spoke) {
        QTRY_VERIFY(desk.shownLog().isLive);
        QTRY_COMPARE(desk.shownLog().size(), std::size_t(7));
    } else {
        QVERIFY(!desk.shownLog().isLive); // what was there before stays
        QVERIFY(desk.gpu().views().roofline().layers.size() > 50);
    }
}

void TestGpuLab::startedAgainItGoesOn() {
    GpuDesk desk;
    desk.start("dies");
    QTRY_VERIFY(desk.bar()->status().canRestart);
    QTRY_COMPARE(desk.shownLog().size(), std::size_t(7));
    QAction* again = desk.button(QStringLiteral("Start again"));
    QVERIFY(again);
    again->trigger();
    QTRY_COMPARE(desk.shownLog().size(), std::size_t(14)); // it dies again, after the same words
    QTRY_VERIFY(desk.bar()->status().canRestart);
}

void TestGpuLab::stopAndTheRecordingAgain() {
    GpuDesk desk;
    desk.start("good");
    QTRY_VERIFY(desk.gpu().moment().log && desk.shownLog().isLive && desk.gpu().moment().benches.size() == 2);
    desk.button(QStringLiteral("Stop"))->trigger();
    QTRY_VERIFY(!desk.gpu().live().isAlive());
    QVERIFY(desk.bar()->status().canStart);
    QVERIFY(desk.shownLog().isLive); // still to be looked at
    desk.set("source", std::string("recorded"));
    QTRY_VERIFY(!desk.shownLog().isLive);
    desk.settle();
    QVERIFY(desk.gpu().views().roofline().layers.size() > 50);
}

void TestGpuLab::otherDataIsRefused() {
    GpuDesk desk;
    desk.space().openData({BuiltinSource{QStringLiteral("diabetes")}, {}});
    desk.settle();
    QCOMPARE(desk.failures.count(), 1);
    QVERIFY2(desk.sentence().contains(QStringLiteral("is no run of orrery-gpu")),
             qPrintable(desk.sentence()));
    QVERIFY(desk.gpu().views().roofline().layers.size() > 50);
}

void TestGpuLab::aSavedRunIsOpened() {
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("mine.jsonl"));
    {
        GpuDesk desk;
        desk.start("good");
        QTRY_COMPARE(desk.gpu().live().waiting(), 0);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(runner::toLines(desk.gpu().live().log())));
    }
    GpuDesk desk;
    desk.drop(path);
    desk.post(command::RunToEnd{});
    QVERIFY2(desk.failures.isEmpty(), qPrintable(desk.sentence()));
    QCOMPARE(desk.gpu().moment().benches.size(), std::size_t(2));
    QCOMPARE(desk.gpu().views().roofline().layers.size(), std::size_t(3));
    // A scenario holds it, by name or in itself.
    Scenario scenario = desk.space().scenario();
    QFile lines(path);
    QVERIFY(lines.open(QIODevice::ReadOnly));
    scenario.data = {InlineSource{QStringLiteral("kept"), QString::fromUtf8(lines.readAll()), {}}, {}};
    const auto again = scenarioFromJson(toJson(scenario), QStringLiteral("kept.json"));
    QVERIFY(again);
    desk.space().open(*again);
    desk.settle();
    QVERIFY2(desk.failures.isEmpty(), qPrintable(desk.sentence()));
    QCOMPARE(desk.gpu().moment().benches.size(), std::size_t(2));
}

// One at a time, always as long: M/D/1. Mean time in the system: s + ρ·s / (2·(1 − ρ)).
void TestGpuLab::theQueueAgreesWithTheory() {
    const double service = 0.01;
    const ServiceTimes times({{1, service}});
    for (const double load : {0.2, 0.5, 0.8}) {
        const QueueResult result = simulateQueue(
            times,
            {.arrivalsPerS = load / service, .maxBatch = 1, .maxWaitS = 0, .requests = 200'000, .seed = 5});
        const double expected = service + load * service / (2 * (1 - load));
        QVERIFY2(std::abs(result.mean / expected - 1) < 0.04,
                 qPrintable(QString::number(result.mean / expected)));
        QVERIFY(std::abs(result.busyShare - load) < 0.01);
        QCOMPARE(result.meanBatch, 1.0);
    }
    // Waiting for company makes batches; a batch costs less a request, so more can be served.
    const ServiceTimes batched({{8, 0.02}, {1, 0.01}});
    QCOMPARE(batched.capacity(8), 400.0);
    QCOMPARE(batched.seconds(1), 0.01);
    QVERIFY(std::abs(batched.seconds(4) - (0.01 + 3.0 / 7 * 0.01)) < 1e-12);
    const QueueOptions busy{.arrivalsPerS = 300, .maxBatch = 8, .maxWaitS = 0.05};
    const QueueResult waited = simulateQueue(batched, busy);
    QVERIFY(waited.meanBatch > 3 && waited.meanBatch <= 8);
    QVERIFY(waited.p50 <= waited.p90 && waited.p90 <= waited.p99);
    QVERIFY(std::abs(waited.servedPerS / 300 - 1) < 0.05);
}

void TestGpuLab::theQueueIsFedByMeasurements() {
    GpuDesk desk;
    desk.set("view", std::string("queue"));
    desk.settle();
    auto* queue = desk.part<panel::QueueView>();
    QVERIFY(queue);
    const panel::QueuePicture picture = queue->picture();
    QVERIFY(picture.sweep.size() > 10);
    const auto latencies = panel::latenciesOf(desk.gpu().moment());
    QCOMPARE(latencies.size(), desk.gpu().views().roofline().trail.size());
    QVERIFY(picture.sweep.front().p50 >=
            latencies.front().second * 0.999); // no answer before a forward has run
    QVERIFY(picture.sweep.back().p99 > picture.sweep.front().p99);
    QVERIFY(desk.window.stage()->cards().front()->subtitle().contains(
        QStringLiteral("simulated from the measured")));
    const double before = picture.now.arrivalsPerS;
    Q_EMIT queue->loadChosen(0.3);
    desk.settle();
    QVERIFY(queue->picture().now.arrivalsPerS < before);
}

void TestGpuLab::whatIsAskedFor() {
    const auto specs = gpuParameterSpecs({});
    ParameterValues values{{"batch", std::int64_t(8)}, {"source", std::string("here")}, {"variants", true}};
    const auto requests = requestsOf(gpuKnobs(values, specs));
    QCOMPARE(requests.size(), std::size_t(5)); // the variants, then 1, 2, 4, 8
    QVERIFY(requests.front().kind == gpu::RequestKind::Waterfall);
    QCOMPARE(requests.back().bench.batch, 8);
    for (const gpu::Request& request : requests)
        QVERIFY(request.device.empty()); // the best there is
    // The program beside this one.
    QCOMPARE(argvOf(gpuKnobs(values, specs)),
             (QStringList{QCoreApplication::applicationDirPath() + QStringLiteral("/orrery-gpu"),
                          QStringLiteral("serve")}));
    values["model"] = std::string("bert-base");
    const gpu::Request text = questionOf(gpuKnobs(values, specs), {});
    QVERIFY(text.kind == gpu::RequestKind::FillMask && text.ask.text.find("[MASK]") != std::string::npos);
    QImage picture(300, 200, QImage::Format_RGB32);
    picture.fill(Qt::transparent);
    const gpu::Request question = questionOf(gpuKnobs(values, specs), picture);
    QVERIFY(question.kind == gpu::RequestKind::Classify);
    QCOMPARE(QByteArray::fromBase64(QByteArray::fromStdString(question.ask.rgb)).size(),
             qsizetype(3 * question.ask.width * question.ask.height));
    values["sweep"] = false, values["variants"] = false, values["device"] = std::string("cpu");
    const auto one = requestsOf(gpuKnobs(values, specs));
    QCOMPARE(one.size(), std::size_t(1));
    QCOMPARE(one.front().device, std::string("cpu"));
}

QTEST_MAIN(TestGpuLab)
#include "tst_gpu_lab.moc"
