// The client of orrery-gpu: lines however they are cut, processes however they end, streams of several
// devices merged, recordings.
#include "gpu/protocol/codec.h"
#include "widgets/runner/run_moment.h"
#include "widgets/runner/run_table.h"
#include "widgets/runner/runner_process.h"

#include <QSignalSpy>
#include <QTest>
#include <set>

using namespace orrery;
using namespace orrery::runner;
using State = RunnerProcess::State;

namespace {

/// A process and what it has said.
struct Talk {
    RunnerProcess process;
    RunLog log;
    int done = 0;

    explicit Talk(const QStringList& argv) {
        QObject::connect(&process, &RunnerProcess::eventReceived, &process, [this](const gpu::Event& event) {
            log.append(event);
            done += std::holds_alternative<gpu::DoneMessage>(event.payload);
        });
        process.start(argv);
    }
    void ask(std::int64_t batch, const std::string& id = "1") {
        gpu::Request request{id, gpu::RequestKind::Bench, "cpu", {}, {}};
        request.bench.batch = batch;
        process.send(request);
    }
    [[nodiscard]] RunMoment moment() const {
        return momentOf(std::make_shared<const RunLog>(log), static_cast<std::int64_t>(log.size()));
    }
};

QStringList fake(const char* manner) {
    return {QStringLiteral(ORRERY_FAKE_RUNNER), QString::fromUtf8(manner)};
}

QStringList words(const char* text) {
    return QString::fromUtf8(text).split(u' ');
}

gpu::Event eventOf(int rank, const std::string& id, gpu::Payload payload) {
    return {id, "host", rank, "cpu", std::move(payload)};
}

gpu::BenchMessage benchOf(std::int64_t batch, double itemsPerS) {
    gpu::BenchMessage m;
    m.model = "resnet50", m.variant = "graph", m.batch = batch, m.itemsPerS = itemsPerS,
    m.flopsPerS = 8e9 * itemsPerS;
    m.latencyUs = {{"p99", 1e6 / itemsPerS}};
    return m;
}

} // namespace

class TestRunner : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void linesHoweverTheyAreCut();
    void aLineWithoutEndIsDropped();
    void goodManners_data();
    void goodManners();
    void endings_data();
    void endings();
    void anotherProtocol();
    void stopIsNoDeath();
    void restartGoesOn();
    void argumentVectors();
    void ranksAreSummed();
    void aRankThatRefusesIsNotWaitedFor();
    void variantsOfOneRequest();
    void severalDevicesOfOneProcess();
    void everyPrefixOfARun();
    void recordingsReadBack();
    void recordingsAreRefused();
    void tablesOfRuns();
    void processesOfTheProgramMerge();
};

void TestRunner::linesHoweverTheyAreCut() {
    const QByteArray text("one\ntwo\n\nthree\nrest");
    for (int size = 1; size < text.size(); ++size) {
        LineSplitter splitter;
        QByteArrayList lines;
        for (int i = 0; i < text.size(); i += size)
            lines += splitter.take(text.mid(i, size));
        QCOMPARE(lines, (QByteArrayList{"one", "two", "", "three"}));
        QCOMPARE(splitter.rest(), QByteArray("rest"));
    }
}

void TestRunner::aLineWithoutEndIsDropped() {
    LineSplitter splitter;
    const QByteArray flood(1 << 20, 'x');
    for (int i = 0; i < 40; ++i)
        QVERIFY(splitter.take(flood).isEmpty());
    QCOMPARE(splitter.dropped(), 1);
    QVERIFY(splitter.rest().size() <= LineSplitter::kLongest);
    QCOMPARE(splitter.take("tail\nnext\n"), QByteArrayList{"next"});
}

void TestRunner::goodManners_data() {
    QTest::addColumn<QString>("manner");
    for (const char* manner : {"good", "slow", "pieces", "garbage"})
        QTest::newRow(manner) << QString::fromUtf8(manner);
}

// Whatever comes between, no message is lost.
void TestRunner::goodManners() {
    QFETCH(QString, manner);
    Talk talk(fake(manner.toUtf8()));
    QCOMPARE(talk.process.state(), State::Starting);
    talk.ask(2, "1");
    talk.ask(4, "2");
    QTRY_COMPARE(talk.done, 2);
    QCOMPARE(talk.process.state(), State::Ready);
    QCOMPARE(talk.log.size(), std::size_t(1 + 2 * 8));
    const RunMoment moment = talk.moment();
    QCOMPARE(moment.benches.size(), std::size_t(2));
    QCOMPARE(moment.benches[1].itemsPerS, 40.0);
    QCOMPARE(moment.focus()->batch, 4);
    QCOMPARE(moment.track.seconds.size(), std::size_t(6));
    QVERIFY(std::is_sorted(moment.track.seconds.begin(), moment.track.seconds.end()));
    const bool garbage = manner == u"garbage";
    QCOMPARE(talk.process.unreadableLines() > 0, garbage);
    QCOMPARE(talk.process.sentence().contains(QStringLiteral("could not be read")), garbage);
}

void TestRunner::endings_data() {
    QTest::addColumn<QStringList>("argv");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("log");
    QTest::addColumn<int>("events");
    const QString none;
    QTest::newRow("dies") << fake("dies") << "fake_runner ended with exit code 3."
                          << "cannot go on: out of patience" << 7;
    QTest::newRow("killed") << fake("killed") << "fake_runner died of signal 9." << none << 7;
    QTest::newRow("cut") << fake("cut") << "fake_runner ended with exit code 0; its last line was cut off."
                         << none << 7;
    QTest::newRow("mute") << fake("mute") << "fake_runner ended with exit code 255 before it said hello."
                          << "no such host" << 0;
    QTest::newRow("absent") << words("/nowhere/orrery-gpu serve")
                            << "There is no program /nowhere/orrery-gpu." << none << 0;
    QTest::newRow("nothing") << QStringList{} << "There is no command to start." << none << 0;
}

// One sentence each, and what came before the end stays.
void TestRunner::endings() {
    QFETCH(QStringList, argv);
    QFETCH(QString, sentence);
    QFETCH(QString, log);
    QFETCH(int, events);
    Talk talk(argv);
    talk.ask(2);
    QTRY_COMPARE(talk.process.state(), State::Ended);
    QVERIFY2(talk.process.sentence().startsWith(sentence), qPrintable(talk.process.sentence()));
    QCOMPARE(talk.process.logTail(), log);
    QCOMPARE(static_cast<int>(talk.log.size()), events);
}

void TestRunner::anotherProtocol() {
    Talk talk(fake("old"));
    QTRY_COMPARE(talk.process.state(), State::Ended);
    QVERIFY2(talk.process.sentence().contains(
                 QStringLiteral("orrery-gpu 9.9.9 speaks protocol 2, this window protocol 1")),
             qPrintable(talk.process.sentence()));
    QCOMPARE(talk.log.size(), std::size_t(0));
}

void TestRunner::stopIsNoDeath() {
    Talk talk(fake("good"));
    QTRY_COMPARE(talk.process.state(), State::Ready);
    talk.process.stop();
    QTRY_COMPARE(talk.process.state(), State::Idle);
    QVERIFY(talk.process.sentence().isEmpty());
}

void TestRunner::restartGoesOn() {
    Talk talk(fake("dies"));
    talk.ask(2);
    QTRY_COMPARE(talk.process.state(), State::Ended);
    const std::size_t before = talk.log.size();
    talk.process.restart();
    QTRY_COMPARE(talk.process.state(), State::Ready);
    QVERIFY(talk.process.sentence().isEmpty());
    QTRY_COMPARE(talk.log.size(), before + 1); // hello again, after all that was said before
}

void TestRunner::argumentVectors() {
    QCOMPARE(argvOf(QStringLiteral("ssh -T gpuhost  orrery-gpu serve")),
             words("ssh -T gpuhost orrery-gpu serve"));
    QCOMPARE(argvOf(QStringLiteral("\"/a b/run\" serve; rm $HOME")),
             QStringList{QStringLiteral("/a b/run")} + words("serve; rm $HOME"));
    QVERIFY(argvOf({}).isEmpty());
}

void TestRunner::ranksAreSummed() {
    RunLog log;
    for (const int rank : {0, 1, 2})
        log.append(eventOf(rank, "1", gpu::ProgressMessage{"measuring", 0}));
    log.append(eventOf(0, "1", gpu::SampleMessage{0.1, 100, 1800, 300, 60, ""}));
    log.append(eventOf(1, "1", gpu::SampleMessage{0.12, 90, 1700, 310, 65, ""}));
    const auto pointer = [&] { return std::make_shared<const RunLog>(log); };
    QVERIFY(momentOf(pointer(), 5).track.seconds.empty()); // one is missing: a sum of two would be a lie
    log.append(eventOf(2, "1", gpu::SampleMessage{0.11, 80, 1750, 290, 55, ""}));
    log.append(eventOf(0, "1", gpu::SampleMessage{0.2, 110, 1800, 300, 60, ""}));
    log.append(eventOf(1, "1", benchOf(8, 95)));
    log.append(eventOf(0, "1", benchOf(8, 105)));
    log.append(eventOf(2, "1", benchOf(8, 85)));
    log.append(eventOf(0, "2", benchOf(8, 105))); // asked again: a point of its own
    const RunMoment moment = momentOf(pointer(), 99);
    QCOMPARE(log.sources().size(), std::size_t(3));
    QCOMPARE(moment.track.itemsPerS, (std::vector<double>{270, 280}));
    QCOMPARE(moment.track.powerW, (std::vector<double>{900, 900}));
    QCOMPARE(moment.track.clockMhz.front(), 1700.0);
    QCOMPARE(moment.track.temperatureC.front(), 65.0);
    QCOMPARE(moment.benches.size(), std::size_t(2));
    QCOMPARE(moment.benches[0].itemsPerS, 285.0);
    QCOMPARE(moment.benches[0].parts.size(), std::size_t(3));
    QCOMPARE(moment.benches[0].latencyUs("p99"), 1e6 / 85);
    QCOMPARE(moment.rows[2].itemsPerS, 80.0);
}

void TestRunner::aRankThatRefusesIsNotWaitedFor() {
    RunLog log;
    for (const int rank : {0, 1})
        log.append(eventOf(rank, "1", gpu::ProgressMessage{"measuring", 0}));
    log.append(eventOf(0, "1", gpu::SampleMessage{0.1, 100, 0, 0, 0, ""}));
    log.append(eventOf(1, "1", gpu::ErrorMessage{"out of memory"}));
    log.append(eventOf(1, "1", gpu::DoneMessage{}));
    log.append(eventOf(0, "1", gpu::SampleMessage{0.2, 120, 0, 0, 0, ""}));
    const RunMoment moment = momentOf(std::make_shared<const RunLog>(log), 6);
    QCOMPARE(moment.track.itemsPerS, std::vector<double>{120});
    QCOMPARE(moment.error, std::string("out of memory"));
}

// A waterfall starts its clock anew with each variant, and leaves the timelines of one batch beside each
// other.
void TestRunner::variantsOfOneRequest() {
    RunLog log;
    for (const char* variant : {"naive", "graph"}) {
        log.append(eventOf(0, "1", gpu::ProgressMessage{"measuring", 0}));
        for (const double time : {0.1, 0.2, 0.3})
            log.append(eventOf(0, "1", gpu::SampleMessage{time, 100, 0, 0, 0, ""}));
        gpu::BenchMessage bench = benchOf(8, 100);
        bench.variant = variant;
        log.append(eventOf(0, "1", bench));
        gpu::TimelineMessage timeline;
        timeline.model = "resnet50", timeline.variant = variant, timeline.batch = 8;
        log.append(eventOf(0, "1", timeline));
    }
    gpu::TimelineMessage again;
    again.model = "resnet50", again.variant = "naive", again.batch = 8, again.forwardUs = 5;
    log.append(eventOf(0, "2", again));
    const RunMoment moment = momentOf(std::make_shared<const RunLog>(log), 99);
    QCOMPARE(moment.benches.size(), std::size_t(2));
    QCOMPARE(moment.track.seconds.size(), std::size_t(6));
    QVERIFY(std::abs(moment.track.seconds.back() - 0.6) < 1e-12);
    QCOMPARE(moment.track.parts.size(), std::size_t(2));
    QCOMPARE(moment.timelines.size(), std::size_t(2));
    QCOMPARE(moment.timelines.back()->forwardUs, 5.0); // the newest of each variant
}

// One process drives two cards: samples come from each, the result from both together.
void TestRunner::severalDevicesOfOneProcess() {
    RunLog log;
    const auto say = [&](const char* device, gpu::Payload payload) {
        log.append({"1", "host", 0, device, std::move(payload)});
    };
    say("cuda:0", gpu::CeilingsMessage{}), say("cuda:1", gpu::CeilingsMessage{});
    say("cuda:0,cuda:1", gpu::ProgressMessage{"measuring", 0});
    say("cuda:1", gpu::SampleMessage{0.1, 100, 0, 0, 0, ""});
    say("cuda:0", gpu::SampleMessage{0.1, 110, 0, 0, 0, ""});
    say("cuda:0,cuda:1", benchOf(8, 210));
    const RunMoment moment = momentOf(std::make_shared<const RunLog>(log), 99);
    QCOMPARE(moment.track.itemsPerS, std::vector<double>{210});
    QCOMPARE(moment.benches.size(), std::size_t(1));
    QVERIFY(moment.ceilingsOf(moment.benches.front().parts.front().source)); // of the first card
}

// No prefix is out of bounds, and a longer one knows at least as much.
void TestRunner::everyPrefixOfARun() {
    Talk talk(fake("good"));
    talk.ask(1, "1"), talk.ask(2, "2");
    QTRY_COMPARE(talk.done, 2);
    const auto log = std::make_shared<const RunLog>(talk.log);
    std::size_t benches = 0, samples = 0;
    for (std::int64_t k = -1; k <= static_cast<std::int64_t>(log->size()) + 1; ++k) {
        const RunMoment moment = momentOf(log, k);
        QVERIFY(moment.benches.size() >= benches && moment.track.seconds.size() >= samples);
        QCOMPARE(moment.event() == nullptr, k <= 0);
        benches = moment.benches.size(), samples = moment.track.seconds.size();
    }
    QCOMPARE(benches, std::size_t(2));
}

void TestRunner::recordingsReadBack() {
    Talk talk(fake("good"));
    talk.ask(2);
    QTRY_COMPARE(talk.done, 1);
    talk.log.recording = {{}, "NVIDIA H100", "2026-11-22", "a note"};
    std::string lines = toLines(talk.log);
    const auto again = readRunLog(lines, "run");
    QVERIFY(again);
    QCOMPARE(again->recording, (Recording{"run", "NVIDIA H100", "2026-11-22", "a note"}));
    QCOMPARE(toLines(*again), lines);
    QCOMPARE(again->unreadable, 0);
    // Cut anywhere, garbage between: what is whole is read.
    const auto damaged = readRunLog("nonsense\n" + lines.substr(0, lines.size() - 20), "run");
    QVERIFY(damaged);
    QCOMPARE(damaged->size(), again->size() - 1);
    QCOMPARE(damaged->unreadable, 2);
}

void TestRunner::recordingsAreRefused() {
    const auto empty = readRunLog("\n\n", "run.jsonl");
    QVERIFY(!empty && empty.error().message == "“run.jsonl” holds no event of orrery-gpu.");
    gpu::HelloMessage hello;
    hello.protocol = 7;
    const auto other = readRunLog(gpu::encode(eventOf(0, {}, hello)), "run.jsonl");
    QVERIFY(!other);
    QVERIFY2(other.error().message.find("run.jsonl: orrery-gpu") == 0, other.error().message.c_str());
}

void TestRunner::tablesOfRuns() {
    RunLog log;
    log.append(eventOf(0, "1", benchOf(8, 105)));
    log.append(eventOf(0, "1", gpu::DoneMessage{}));
    const auto table = tableOfRun(toLines(log), "mine");
    QVERIFY(table);
    QCOMPARE((*table)->rows(), std::size_t(3)); // the heading too
    const auto back = runOfTable(**table);
    QVERIFY(back);
    QCOMPARE(toLines(*back), toLines(log));
    data::Table numbers;
    numbers.name = "diabetes";
    const auto refused = runOfTable(numbers);
    QVERIFY(!refused && refused.error().message.find("“diabetes” is no run of orrery-gpu") == 0);
    QVERIFY(isRunFile(QStringLiteral("/a/RUN.JSONL")) && !isRunFile(QStringLiteral("a.json")));
    QVERIFY(isRunText(QStringLiteral("\n {\"id\"")) && !isRunText(QStringLiteral("a,b\n{")));
}

// As srun would start them: one input, three processes on the processor, one merged output.
void TestRunner::processesOfTheProgramMerge() {
    Talk talk({QStringLiteral(ORRERY_LAUNCHER), QStringLiteral("3"), QStringLiteral(ORRERY_GPU_PROGRAM),
               QStringLiteral("serve")});
    gpu::Request request{"9", gpu::RequestKind::Bench, "cpu", {}, {}};
    request.bench.seconds = 0.1;
    request.bench.layers = false;
    talk.process.send(request);
    QTRY_COMPARE_WITH_TIMEOUT(talk.done, 3, 120000);
    const RunMoment moment = talk.moment();
    QCOMPARE(talk.process.unreadableLines(), 0);
    QCOMPARE(moment.rows.size(), std::size_t(3));
    QCOMPARE(moment.benches.size(), std::size_t(1));
    const BenchPoint& sum = moment.benches.front();
    QCOMPARE(sum.parts.size(), std::size_t(3));
    double items = 0;
    std::set<int> ranks;
    for (const auto& part : sum.parts)
        items += part.message->itemsPerS, ranks.insert(talk.log.sources()[std::size_t(part.source)].rank);
    QVERIFY(items > 0);
    QCOMPARE(sum.itemsPerS, items);
    QCOMPARE(ranks, (std::set<int>{0, 1, 2}));
    talk.process.stop();
    QTRY_COMPARE_WITH_TIMEOUT(talk.process.state(), State::Idle, 10000);
}

QTEST_GUILESS_MAIN(TestRunner)
#include "tst_runner.moc"
