// Messages read back as they were written; nonsense is refused in one sentence; the program itself, talked
// to.
#include "gpu/protocol/codec.h"

#include <QProcess>
#include <QtTest>

using namespace orrery;
using namespace orrery::gpu;

namespace {

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

    bool start() {
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
        QCOMPARE(encode(*back), encode(request));
    }

    void eventsReadBack() {
        HelloMessage hello;
        hello.version = "1";
        hello.devices.push_back({"cuda:0", "a “card”\n", "", 132, 80'000'000'000, 50'000'000, ""});
        CeilingsMessage ceilings;
        ceilings.ceilings.matrixFlops = 7e14;
        ceilings.sheet = DataSheet{9.894e14, 3.35e12};
        const CheckMessage check{"resnet50", {{"conv1", 1e-4, 0.1, 7, 2e-3, true}}, true};
        for (const Payload& payload :
             {Payload(hello), Payload(ceilings), Payload(CeilingsMessage{}),
              Payload(SampleMessage{1, 2, 3, 4, 5, "hot"}), Payload(someBench()), Payload(check),
              Payload(ProgressMessage{"a", 0.5}), Payload(ErrorMessage{"no"}), Payload(DoneMessage{})}) {
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
