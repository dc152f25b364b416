// Messages read back as they were written; nonsense is refused in one sentence; the program itself, talked
// to.
#include "gpu/protocol/codec.h"

#include <QProcess>
#include <QtTest>
#include <cmath>
#include <set>

using namespace orrery;
using namespace orrery::gpu;

namespace {

/// Whole models on several contexts take a minute each under the sanitizers; one of them says enough there.
constexpr bool kSanitized =
#ifdef __SANITIZE_ADDRESS__
    true;
#else
    false;
#endif

BenchMessage someBench() {
    BenchMessage m;
    m.model = "resnet50";
    m.batch = 32;
    m.itemsPerS = 12345.625;
    m.latencyUs = {{"p50", 10}, {"p99", 12.5}};
    m.layers.push_back({"conv1", "stem", "convolution 7x7", "x", 1e9, 2e6, 30, 20, "memory"});
    return m;
}

struct Conversation {
    QProcess process;
    std::vector<Event> events;

    /// `rank`: as the launcher of a cluster tells it.
    bool start(int rank = -1) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        if (rank >= 0) environment.insert("SLURM_PROCID", QString::number(rank));
        process.setProcessEnvironment(environment);
        process.start(ORRERY_GPU_PROGRAM, {"serve"});
        return process.waitForStarted();
    }
    void send(const Request& request) { process.write(QByteArray::fromStdString(encode(request)) + '\n'); }
    /// Reads until `done` for this id, or the end.
    bool readUntilDone(const std::string& id) {
        while (process.canReadLine() || process.waitForReadyRead(60000))
            while (process.canReadLine()) {
                const auto event = decodeEvent(process.readLine().trimmed().toStdString());
                if (!event) return false;
                events.push_back(*event);
                if (std::holds_alternative<DoneMessage>(event->payload) && event->id == id) return true;
            }
        return false;
    }
    template <class Message>
    const Message* find() const {
        for (const Event& event : events)
            if (const auto* message = std::get_if<Message>(&event.payload)) return message;
        return nullptr;
    }
};

} // namespace

class TestProtocol : public QObject {
    Q_OBJECT
  private slots:
    void requestsReadBack() {
        Request request{"17", RequestKind::Bench, "cpu", {}, {}};
        request.bench.model = "bert-large";
        request.bench.batch = 12;
        request.bench.packed = true;
        request.bench.meanFill = 0.25;
        const auto back = decodeRequest(encode(request));
        QVERIFY(back);
        QCOMPARE(back->id, request.id);
        QVERIFY(back->kind == RequestKind::Bench);
        QCOMPARE(back->bench.model, request.bench.model);
        QCOMPARE(back->bench.batch, request.bench.batch);
        QCOMPARE(back->bench.packed, true);
        QCOMPARE(back->bench.meanFill, 0.25);
        Request question{"18", RequestKind::FillMask, "", {}, {}};
        question.ask.text = "a [MASK]", question.ask.top = 3;
        const auto asked = decodeRequest(encode(question));
        QVERIFY(asked);
        QCOMPARE(asked->ask.text, question.ask.text);
        QCOMPARE(encode(*asked), encode(question));
        QCOMPARE(encode(*back), encode(request));
    }

    void eventsReadBack() {
        HelloMessage hello;
        hello.version = "1";
        hello.devices.push_back({"cuda:0", "a “card”\n", "", 132, 80'000'000'000, 50'000'000, ""});
        CeilingsMessage ceilings;
        ceilings.ceilings.matrixFlops = 7e14;
        ceilings.sheet = DataSheet{9.894e14, 3.35e12};
        const WaterfallMessage fall{
            "resnet50", "fp16", 8, 0, 0, {{"naive", "first", false, 10, 1e9, 0.1, 0, {{"p50", 3}}, ""}}};
        const TimelineMessage kernels{"resnet50", "graph", "CUPTI",           1, 0, 30, 20, 10,
                                      {"conv1"},  {"a"},   {{0, "k", 1, 2.5}}};
        const ClassifyMessage classes{"resnet50", "w", 12.5, {{281, "tabby", 0.75}}};
        const FillMaskMessage words{"bert-base", "w", 3, {"[CLS]"}, {{1, {{7, "paris", 0.5}}}}};
        const CheckMessage check{"resnet50", {{"conv1", 1e-4, 0.1, 7, 2e-3, true}}, true};
        for (const Payload& payload :
             {Payload(fall), Payload(kernels), Payload(classes), Payload(words), Payload(hello),
              Payload(ceilings), Payload(CeilingsMessage{}), Payload(SampleMessage{1, 2, 3, 4, 5, "hot"}),
              Payload(someBench()), Payload(check), Payload(ProgressMessage{"a", 0.5}),
              Payload(ErrorMessage{"no"}), Payload(DoneMessage{})}) {
            const std::string line = encode(Event{"id", "host", 3, "cuda:0", payload});
            QVERIFY(line.find('\n') == std::string::npos);
            const auto back = decodeEvent(line);
            QVERIFY2(back, line.c_str());
            QCOMPARE(back->payload.index(), payload.index());
            QCOMPARE(back->rank, 3);
            QCOMPARE(encode(*back), line);
        }
    }

    void unknownKeysAreLeftAlone() {
        const auto event =
            decodeEvent(R"({"event":"error","id":"1","new":{},"data":{"message":"m","later":[1]}})");
        QVERIFY(event);
        QCOMPARE(std::get<ErrorMessage>(event->payload).message, std::string("m"));
    }

    void nonsenseIsRefused_data() {
        QTest::addColumn<QByteArray>("line");
        for (const char* line :
             {"", "null", "[]", "{", "{}", R"({"event":"party"})", R"({"event":3})",
              R"({"event":"hello","data":[]})", R"({"event":"hello","data":{"protocol":"1"}})",
              R"({"event":"bench","data":{"batch":1e400}})", R"({"event":"bench","data":{"layers":[1]}})",
              R"({"event":"done","rank":99999999999})", "\xff\xfe"})
            QTest::newRow(line) << QByteArray(line);
    }

    void nonsenseIsRefused() {
        QFETCH(QByteArray, line);
        const auto event = decodeEvent(line.toStdString());
        QVERIFY(!event);
        QVERIFY(!event.error().message.empty());
        QVERIFY(!decodeRequest(line.toStdString()));
    }

    // Whatever is cut off is refused, never misread.
    void cutLinesAreRefused() {
        const std::string line = encode(Event{"id", "host", 0, "cpu", someBench()});
        for (std::size_t length = 0; length < line.size(); ++length)
            QVERIFY(!decodeEvent(line.substr(0, length)));
    }

    void theProgramSaysHelloAndAnswers() {
        Conversation talk;
        QVERIFY(talk.start());
        talk.process.write("this is no request\n");
        Request request{"a", RequestKind::Bench, "cpu", {}, {}};
        request.bench.batch = 1;
        request.bench.seconds = 0.2;
        talk.send(request);
        talk.process.closeWriteChannel();
        QVERIFY(talk.readUntilDone("a"));
        QVERIFY(std::holds_alternative<HelloMessage>(talk.events.front().payload));
        QCOMPARE(talk.find<HelloMessage>()->protocol, kProtocolVersion);
        QVERIFY(talk.find<ErrorMessage>());
        const auto* result = talk.find<BenchMessage>();
        QVERIFY(result && talk.find<SampleMessage>());
        QVERIFY(result->itemsPerS > 0 && result->latencyUs.contains("p99"));
        QCOMPARE(result->layers.size(), std::size_t{56});
        QVERIFY(talk.process.waitForFinished());
        QCOMPARE(talk.process.exitCode(), 0);
    }

    // Contexts side by side, as the cards of a host: their throughputs are added, each has its row and its
    // samples.
    void severalDevicesWorkSideBySide() {
        if (kSanitized) QSKIP("whole models on several contexts: in the build without sanitizers");
        Conversation talk;
        QVERIFY(talk.start());
        Request request{"two", RequestKind::Bench, "cpu:0,cpu:1", {}, {}};
        request.bench.seconds = 0.2, request.bench.layers = false;
        talk.send(request);
        QVERIFY(talk.readUntilDone("two"));
        const auto* result = talk.find<BenchMessage>();
        QVERIFY(result);
        QCOMPARE(result->devices.size(), std::size_t{2});
        QCOMPARE(result->devices[0].device, std::string("cpu:0"));
        QCOMPARE(result->itemsPerS, result->devices[0].itemsPerS + result->devices[1].itemsPerS);
        QVERIFY(result->devices[0].itemsPerS > 0 && result->devices[1].itemsPerS > 0);
        std::set<std::string> sampled, named;
        for (const Event& event : talk.events) {
            if (std::holds_alternative<SampleMessage>(event.payload)) sampled.insert(event.device);
            if (std::holds_alternative<BenchMessage>(event.payload)) named.insert(event.device);
        }
        QVERIFY((sampled == std::set<std::string>{"cpu:0", "cpu:1"}));
        QVERIFY(named == std::set<std::string>{"cpu:0,cpu:1"});
        request.id = "same", request.device = "cpu:0,cpu:0";
        talk.send(request);
        QVERIFY(talk.readUntilDone("same"));
        QVERIFY(talk.find<ErrorMessage>());
        talk.process.closeWriteChannel();
        QVERIFY(talk.process.waitForFinished());
    }

    // As srun does it: every process gets the same input, their outputs come back as one stream.
    void severalProcessesAreToldApart() {
        if (kSanitized) QSKIP("whole models on several contexts: in the build without sanitizers");
        constexpr int kProcesses = 3;
        Conversation talks[kProcesses];
        Request request{"all", RequestKind::Bench, "cpu", {}, {}};
        request.bench.seconds = 0.2, request.bench.layers = false;
        for (int rank = 0; rank < kProcesses; ++rank) {
            QVERIFY(talks[rank].start(rank));
            talks[rank].send(request);
            talks[rank].process.closeWriteChannel();
        }
        double sum = 0;
        for (int rank = 0; rank < kProcesses; ++rank) {
            QVERIFY(talks[rank].readUntilDone("all"));
            for (const Event& event : talks[rank].events) {
                QCOMPARE(event.rank, rank);
                QVERIFY(!event.host.empty());
            }
            sum += talks[rank].find<BenchMessage>()->itemsPerS;
            QVERIFY(talks[rank].process.waitForFinished());
            QCOMPARE(talks[rank].process.exitCode(), 0);
        }
        QVERIFY(sum > 0);
    }

    void theRankCanBeTold() {
        QProcess process;
        process.start(ORRERY_GPU_PROGRAM, {"info", "--json", "--rank", "5"});
        QVERIFY(process.waitForFinished());
        const auto event = decodeEvent(process.readAllStandardOutput().trimmed().toStdString());
        QVERIFY(event);
        QCOMPARE(event->rank, 5);
    }

    // Each variant that the processor tells apart, with its bench and its timeline on the way.
    void aWaterfallIsMeasured() {
        if (kSanitized) QSKIP("whole models on several contexts: in the build without sanitizers");
        Conversation talk;
        QVERIFY(talk.start());
        Request request{"fall", RequestKind::Waterfall, "cpu", {}, {}};
        request.bench.seconds = 0.1;
        talk.send(request);
        talk.process.closeWriteChannel();
        QVERIFY(talk.readUntilDone("fall"));
        const auto* fall = talk.find<WaterfallMessage>();
        QVERIFY(fall);
        QCOMPARE(fall->steps.size(), std::size_t{3});
        for (const WaterfallStep& step : fall->steps) {
            QVERIFY2(step.skipped.empty(), step.skipped.c_str());
            QVERIFY(step.itemsPerS > 0 && !step.change.empty());
        }
        QCOMPARE(fall->steps[0].gain, 0.0);
        QCOMPARE(fall->steps[1].gain, fall->steps[1].itemsPerS / fall->steps[0].itemsPerS);
        double time = 0;
        for (const Event& event : talk.events)
            if (const auto* sample = std::get_if<SampleMessage>(&event.payload)) {
                QVERIFY(sample->timeS > time);
                time = sample->timeS;
            }
        QVERIFY(time > 0.3);
        const auto* line = talk.find<TimelineMessage>();
        QVERIFY(line);
        QCOMPARE(line->variant, fall->steps[0].variant);
        QCOMPARE(line->operations.size(), std::size_t{56});
        QCOMPARE(line->spans.size(), std::size_t{56});
        QVERIFY(std::abs(line->busyUs + line->gapUs - line->forwardUs) < 0.02);
        for (std::size_t i = 1; i < line->spans.size(); ++i)
            QVERIFY(line->spans[i].startUs >= line->spans[i - 1].endUs - 0.02);
        QVERIFY(talk.process.waitForFinished());
    }

    void aRequestCanBeStopped() {
        Conversation talk;
        QVERIFY(talk.start());
        Request request{"long", RequestKind::Bench, "cpu", {}, {}};
        request.bench.seconds = 1000;
        talk.send(request);
        QTest::qWait(300);
        talk.send({"stop", RequestKind::Cancel, "", {}, "long"});
        QVERIFY(talk.readUntilDone("long"));
        QVERIFY(!talk.find<BenchMessage>());
        talk.process.closeWriteChannel();
        QVERIFY(talk.process.waitForFinished());
        QCOMPARE(talk.process.exitCode(), 0);
    }

    void badInputIsOneLineAndTwo_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("model") << QStringList{"bench", "--device", "cpu", "--model", "resnet18"};
        QTest::newRow("device") << QStringList{"bench", "--device", "tpu"};
        QTest::newRow("batch") << QStringList{"bench", "--device", "cpu", "--batch", "0"};
        QTest::newRow("weights") << QStringList{"bench", "--device", "cpu", "--weights", "nowhere"};
        QTest::newRow("option") << QStringList{"bench", "--fast"};
        QTest::newRow("nothing") << QStringList{};
        QTest::newRow("reference") << QStringList{"check", "--device", "cpu"};
        QTest::newRow("variant") << QStringList{"bench", "--device", "cpu", "--variant", "attention"};
        QTest::newRow("picture") << QStringList{"classify", "--device", "cpu", "--image", "nowhere"};
        QTest::newRow("rank") << QStringList{"serve", "--rank", "first"};
    }

    void badInputIsOneLineAndTwo() {
        QFETCH(QStringList, arguments);
        QProcess process;
        process.start(ORRERY_GPU_PROGRAM, arguments);
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(process.readAllStandardOutput().isEmpty());
        const QByteArray last = process.readAllStandardError().trimmed().split('\n').last();
        QVERIFY2(last.startsWith("orrery-gpu: "), last.constData());
    }
};

QTEST_GUILESS_MAIN(TestProtocol)
#include "tst_protocol.moc"
