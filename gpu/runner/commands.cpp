#include "gpu/runner/commands.h"

#include "gpu/protocol/codec.h"
#include "gpu/runner/ask.h"
#include "gpu/runner/check.h"
#include "gpu/runner/devices.h"
#include "gpu/runner/forward.h"
#include "gpu/runner/report.h"
#include "gpu/runner/serve.h"
#include "gpu/runner/setup.h"
#include "gpu/runner/waterfall.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/format.h>
#include <iostream>

namespace orrery::gpu {

namespace {

struct Arguments {
    std::string device;
    BenchRequest bench;
    AskRequest ask;
    std::vector<std::int64_t> batches{1};
    bool noLayers = false, json = false;
    ForwardFiles files;
    std::optional<int> rank;
};

int refuse(const Error& error) {
    fmt::print(stderr, "orrery-gpu: {}\n", error.message);
    return 2;
}

template <class Message>
void show(const Arguments& arguments, const std::string& device, const Message& message) {
    if (arguments.json) {
        const Identity here = identityHere(arguments.rank);
        fmt::print("{}\n", encode(Event{"", here.host, here.rank, device, message}));
    } else {
        fmt::print("{}", textOf(message));
    }
    std::fflush(stdout);
}

int info(const Arguments& arguments) {
    const Devices devices;
    const HelloMessage hello{kProtocolVersion, ORRERY_VERSION, modelIds(), devices.rows()};
    show(arguments, "", hello);
    return 0;
}

Watcher watcherOnStderr() {
    Watcher watcher;
    watcher.progress = [last = std::string()](const std::string& stage, double) mutable {
        if (stage != last) fmt::print(stderr, "{} …\n", last = stage);
    };
    return watcher;
}

/// The devices asked for, their ceilings measured, and their ids with commas between.
struct Opened {
    Devices devices;
    std::vector<Bench> benches;
    std::string ids;
};

Expected<void> openAll(Opened& opened, const Arguments& arguments, Progress& progress) {
    const auto devices = opened.devices.openAll(arguments.device);
    if (!devices) return tl::unexpected(devices.error());
    fmt::print(stderr, "measuring the ceilings …\n");
    for (Device* device : *devices) {
        const auto measured = opened.devices.ceilings(*device, progress);
        if (!measured) return tl::unexpected(measured.error());
        opened.benches.push_back({device, *measured});
        opened.ids += (opened.ids.empty() ? "" : ",") + device->info().id;
    }
    return {};
}

int ceilings(const Arguments& arguments) {
    Opened opened;
    Progress progress;
    if (const auto done = openAll(opened, arguments, progress); !done) return refuse(done.error());
    for (const auto& [device, measured] : opened.benches)
        show(arguments, device->info().id, CeilingsMessage{measured, dataSheetOf(device->info().name)});
    return 0;
}

/// One request a batch, each refused before anything is measured if it cannot be carried out.
Expected<std::vector<BenchRequest>> requestsOf(const Arguments& arguments) {
    std::vector<BenchRequest> requests;
    for (const std::int64_t batch : arguments.batches) {
        requests.push_back(arguments.bench);
        requests.back().batch = batch;
        requests.back().layers = !arguments.noLayers;
        if (const auto good = checkRequest(requests.back()); !good) return tl::unexpected(good.error());
    }
    return requests;
}

int benches(const Arguments& arguments) {
    const auto requests = requestsOf(arguments);
    if (!requests) return refuse(requests.error());
    Opened opened;
    Progress progress;
    if (const auto done = openAll(opened, arguments, progress); !done) return refuse(done.error());
    for (const BenchRequest& request : *requests) {
        const auto result = bench(opened.benches, request, watcherOnStderr(), progress);
        if (!result) return refuse(result.error());
        show(arguments, opened.ids, *result);
    }
    return 0;
}

/// As JSON every part is a line; for people the whole is enough.
int waterfalls(const Arguments& arguments) {
    const auto requests = requestsOf(arguments);
    if (!requests) return refuse(requests.error());
    Opened opened;
    Progress progress;
    if (const auto done = openAll(opened, arguments, progress); !done) return refuse(done.error());
    Watcher watcher = watcherOnStderr();
    watcher.part = [&](const Payload& part) {
        if (arguments.json) std::visit([&](const auto& m) { show(arguments, opened.ids, m); }, part);
    };
    for (const BenchRequest& request : *requests) {
        const auto result = waterfall(opened.benches, request, watcher, progress);
        if (!result) return refuse(result.error());
        show(arguments, opened.ids, *result);
    }
    return 0;
}

/// Opens the one device and shows what `run` makes of it.
template <class Run>
int onDevice(const Arguments& arguments, const Run& run) {
    Devices devices;
    Progress progress;
    const auto device = devices.open(arguments.device);
    if (!device) return refuse(device.error());
    const auto result = run(**device, progress);
    if (!result) return refuse(result.error());
    show(arguments, (*device)->info().id, *result);
    return 0;
}

int timelines(const Arguments& arguments) {
    BenchRequest request = arguments.bench;
    request.batch = arguments.batches.front();
    return onDevice(arguments,
                    [&](Device& device, Progress& progress) { return timeline(device, request, progress); });
}

int classifies(const Arguments& arguments) {
    return onDevice(arguments, [&](Device& device, Progress& progress) {
        return Asker().classify(device, arguments.bench, arguments.ask, progress);
    });
}

int fillsMask(const Arguments& arguments) {
    return onDevice(arguments, [&](Device& device, Progress& progress) {
        return Asker().fillMask(device, arguments.bench, arguments.ask, progress);
    });
}

int checks(const Arguments& arguments) {
    Devices devices;
    Progress progress;
    const auto device = devices.open(arguments.device);
    if (!device) return refuse(device.error());
    bool passed = true;
    for (const std::int64_t batch : arguments.batches) {
        BenchRequest request = arguments.bench;
        request.batch = batch;
        const auto result = check(**device, request, watcherOnStderr(), progress);
        if (!result) return refuse(result.error());
        show(arguments, (*device)->info().id, *result);
        passed = passed && result->passed;
    }
    return passed ? 0 : 1;
}

int forwardFile(const Arguments& arguments) {
    Devices devices;
    const auto device = devices.open(arguments.device);
    if (!device) return refuse(device.error());
    const auto done = forwardFromFile(**device, arguments.bench, arguments.files);
    return done ? 0 : refuse(done.error());
}

void addModelOptions(CLI::App& command, Arguments& a) {
    command.add_option("--model", a.bench.model, "resnet50, resnet101, bert-base, bert-large")
        ->capture_default_str();
    command.add_option("--weights", a.bench.weights, "A safetensors file (otherwise drawn from the seed)");
    command
        .add_option("--variant", a.bench.variant,
                    "Images: naive, nhwc, folded, fused, graph; texts: naive, attention, fused, graph")
        ->capture_default_str();
    command.add_flag("--tanh-gelu", a.bench.tanhGelu, "The approximation of GELU instead of erf");
}

void addBatchOptions(CLI::App& command, Arguments& a) {
    command.add_option("--batch", a.batches, "Images or sequences of a forward; several with commas")
        ->delimiter(',');
    command.add_option("--seq", a.bench.sequenceLength, "Tokens of a sequence")->capture_default_str();
    command.add_option("--fill", a.bench.meanFill, "Mean length over --seq; below 1, lengths are drawn");
    command.add_flag("--packed", a.bench.packed, "Leave out the rows of padding");
    command.add_option("--seed", a.bench.seed, "Of weights and inputs")->capture_default_str();
}

void addCommands(CLI::App& app, Arguments& a, int& code) {
    const auto add = [&](const char* name, const char* text, int (*run)(const Arguments&)) {
        CLI::App* command = app.add_subcommand(name, text);
        command->add_flag("--json", a.json, "One JSON object a line");
        command->callback([&a, &code, run] { code = run(a); });
        return command;
    };
    add("info", "The devices of this machine", info);
    const auto device = [&](CLI::App* command, const char* text) {
        command->add_option("--device", a.device, text);
        return command;
    };
    const char *const one = "cpu, cuda:0, … (otherwise the best there is)",
                      *const many =
                          "cpu, cuda:0, several as cuda:0,cuda:1, all (otherwise the best there is)";
    device(add("ceilings", "The roofline of a device, measured now", ceilings), many);
    CLI::App* bench =
        device(add("bench", "How fast a model runs, and what each operation takes", benches), many);
    CLI::App* fall = device(add("waterfall", "What each variant of a model is worth", waterfalls), many);
    for (CLI::App* command : {bench, fall}) {
        command->add_option("--seconds", a.bench.seconds, "Measured, after the warm-up")
            ->capture_default_str();
        command->add_option("--forwards", a.bench.forwards, "Measured at least; 1000 for a p99.9");
    }
    bench->add_flag("--no-layers", a.noLayers, "Leave out the times of single operations");
    CLI::App* line =
        device(add("timeline", "The kernels of one forward, and the gaps between", timelines), one);
    CLI::App* check = device(add("check", "Numerics against the fp32 reference", checks), one);
    CLI::App* run = device(add("run", "One forward from a file to a file", forwardFile), one);
    CLI::App* classify = device(add("classify", "The classes of a picture", classifies), one);
    CLI::App* fill = device(add("fill-mask", "The words behind [MASK]", fillsMask), one);
    for (CLI::App* command : {bench, fall, line, check, run, classify, fill})
        addModelOptions(*command, a);
    for (CLI::App* command : {bench, fall, line, check})
        addBatchOptions(*command, a);
    run->add_flag("--packed", a.bench.packed, "Leave out the rows of padding");
    run->add_option("--inputs", a.files.inputs,
                    "safetensors: pixels [N,224,224,3], or tokens, types, lengths")
        ->required();
    run->add_option("--output", a.files.output, "safetensors: output")->required();
    classify->add_option("--image", a.ask.image, "A picture as PPM (P6)")->required();
    fill->add_option("--text", a.ask.text, "A text with [MASK] in it")->required();
    fill->add_option("--vocabulary", a.ask.vocabulary, "vocab.txt (otherwise the one beside the weights)");
    for (CLI::App* command : {classify, fill})
        command->add_option("--top", a.ask.top, "Answers wanted")->capture_default_str();
    CLI::App* serving = app.add_subcommand(
        "serve", "Requests on standard input, events on standard output, a JSON object a line");
    serving->callback([&a, &code] { code = serve(std::cin, std::cout, identityHere(a.rank)); });
    for (CLI::App* command : app.get_subcommands({}))
        command->add_option("--rank", a.rank,
                            "Of this process among several (otherwise as the launcher says)");
}

} // namespace

int runCommandLine(int argc, char** argv) {
    CLI::App app("orrery-gpu: models on the devices of this machine, against their rooflines");
    app.set_version_flag("--version", ORRERY_VERSION);
    app.require_subcommand(1);
    Arguments arguments;
    int code = 0;
    addCommands(app, arguments, code);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp& help) {
        return app.exit(help);
    } catch (const CLI::CallForVersion& version) {
        return app.exit(version);
    } catch (const CLI::ParseError& error) {
        return refuse({ErrorCode::BadInput, error.what()});
    }
    return code;
}

} // namespace orrery::gpu
