// Stands in for orrery-gpu: `fake_runner MANNER`. It answers every request with made-up figures, in good
// manners or in bad ones: late, cut in pieces, with garbage between, with another protocol, dying. `cards`
// has two made-up cards beside its processor.
#include "gpu/protocol/codec.h"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

using namespace orrery::gpu;

namespace {

std::string manner;
std::string device = "cpu"; ///< that answers; several with commas

void pause(int milliseconds) {
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

void say(const std::string& id, Payload payload) {
    const std::string line =
        encode(Event{id, "fakehost", 0, id.empty() ? "" : device, std::move(payload)}) + "\n";
    if (manner == "pieces") { // no write ends where a line ends
        for (std::size_t i = 0; i < line.size(); i += 37) {
            std::cout << line.substr(i, 37) << std::flush;
            pause(1);
        }
        return;
    }
    std::cout << line << std::flush;
    if (manner == "garbage")
        std::cout << "Segmentation violation in \xff\xfe the coffee machine\n{\"id\":3}\n" << std::flush;
    if (manner == "slow") pause(30);
}

BenchMessage benchOf(const Request& request) {
    BenchMessage m;
    m.model = request.bench.model, m.variant = request.bench.variant, m.precision = "fp32";
    m.batch = request.bench.batch;
    m.itemsPerS = 10.0 * static_cast<double>(m.batch), m.flopsPerS = 8e10, m.matrixShare = 0.8,
    m.attainableShare = 0.9;
    m.latencyUs = {{"p50", 1e5}, {"p90", 1.1e5}, {"p99", 1.2e5}};
    if (request.bench.layers) {
        m.layers.push_back({"conv1", "stem", "convolution 7x7", "", 1e9, 1e7, 2e4, 1e4, "compute"});
        m.layers.push_back({"pool", "stem", "pool", "", 0, 1e7, 1e3, 5e2, "memory"});
        m.layers.push_back({"fc", "head", "linear", "", 4e6, 8e6, 4e2, 4.4e2, "memory"}); // above its roof
        m.layersUs = 2.14e4;
    }
    return m;
}

/// As the real one: the first card where none is asked for, every card for "all".
std::vector<std::string> devicesOf(const Request& request) {
    if (manner != "cards") return {"cpu"};
    if (request.device == "all") return {"cuda:0", "cuda:1"};
    return {request.device.empty() ? "cuda:0" : request.device};
}

void answer(const Request& request) {
    const std::vector<std::string> devices = devicesOf(request);
    const std::string all = devices.size() > 1 ? devices[0] + "," + devices[1] : devices[0];
    device = all;
    say(request.id, ProgressMessage{"measuring the ceilings", 0});
    Ceilings ceilings;
    ceilings.precision = "fp32";
    ceilings.matrixFlops = 1e11, ceilings.copyBytes = 2e10, ceilings.cacheBytes = 4e10;
    for (const std::string& each : devices) {
        device = each;
        say(request.id, CeilingsMessage{ceilings, {}});
    }
    device = all;
    say(request.id, ProgressMessage{"measuring", 0});
    for (int i = 1; i <= 3; ++i)
        for (const std::string& each : devices) {
            device = each;
            say(request.id,
                SampleMessage{0.1 * i, 10.0 * static_cast<double>(request.bench.batch), 2600, 40, 50, ""});
        }
    device = all;
    if (manner == "dies") {
        std::cerr << "cannot go on: out of patience\n";
        std::exit(3);
    }
    if (manner == "killed") std::raise(SIGKILL);
    if (manner == "cut") {
        std::cout << "{\"id\":\"1\",\"event\":\"bench\",\"data\":{\"mod" << std::flush;
        std::exit(0);
    }
    BenchMessage bench = benchOf(request);
    const double many = static_cast<double>(devices.size());
    for (const std::string& each : devices)
        if (devices.size() > 1)
            bench.devices.push_back({each, bench.itemsPerS, bench.latencyUs, 0, 2600, 40, 50});
    bench.itemsPerS *= many, bench.flopsPerS *= many;
    say(request.id, bench);
    if (devices.size() > 1) device = request.device; // the end is of what was asked for
    say(request.id, DoneMessage{});
}

/// The classes count down from the width of the picture, the words from the length of the text.
void answerQuestion(const Request& request) {
    if (manner == "refuses")
        say(request.id, ErrorMessage{"a text wants a vocabulary"});
    else if (request.kind == RequestKind::Classify) {
        ClassifyMessage message{request.bench.model, "mine.safetensors", 4e4, {}};
        for (int i = 0; i < 5; ++i)
            message.classes.push_back({request.ask.width - i, i == 0 ? "orrery" : "", 0.5 / (1 << i)});
        say(request.id, message);
    } else {
        FillMaskMessage message{
            request.bench.model, "mine.safetensors", 4e4, {"[CLS]", "a", "[MASK]", "[SEP]"}, {}};
        message.masks.push_back({2, {{7, "moon", 0.75}, {8, "sun", 0.125}}});
        say(request.id, message);
    }
    say(request.id, DoneMessage{});
}

} // namespace

int main(int argc, char** argv) {
    manner = argc > 1 ? argv[1] : "good";
    if (manner == "mute") {
        std::cerr << "no such host\n";
        return 255;
    }
    HelloMessage hello;
    if (manner == "old") hello.protocol = kProtocolVersion + 1, hello.version = "9.9.9";
    hello.version = manner == "old" ? "9.9.9" : "0.1.0";
    hello.models = {"resnet50"};
    hello.devices = {{"cpu", "Made-up processor", "", 2, 0, 0, ""}};
    if (manner == "cards")
        for (const char* id : {"cuda:0", "cuda:1"})
            hello.devices.push_back({id, "Made-up card", "", 100, 0, 0, ""});
    say({}, hello);
    for (std::string line; std::getline(std::cin, line);)
        if (const auto request = decodeRequest(line); request && request->kind == RequestKind::Bench)
            answer(*request);
        else if (request &&
                 (request->kind == RequestKind::Classify || request->kind == RequestKind::FillMask))
            answerQuestion(*request);
    return 0;
}
