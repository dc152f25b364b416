#include "gpu/runner/commands.h"

#include "gpu/protocol/codec.h"
#include "gpu/runner/check.h"
#include "gpu/runner/devices.h"
#include "gpu/runner/forward.h"
#include "gpu/runner/report.h"
#include "gpu/runner/serve.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/format.h>
#include <iostream>

namespace orrery::gpu {

namespace {

struct Arguments {
    std::string device;
    BenchRequest bench;
    std::vector<std::int64_t> batches{1};
    bool noLayers = false, json = false;
    ForwardFiles files;
};

int refuse(const Error& error) {
    fmt::print(stderr, "orrery-gpu: {}\n", error.message);
    return 2;
}

template <class Message>
void show(const Arguments& arguments, const std::string& device, const Message& message) {
    if (arguments.json)
        fmt::print("{}\n", encode(Event{"", "", 0, device, message}));
    else
        fmt::print("{}", textOf(message));
    std::fflush(stdout);
}

int info(const Arguments& arguments) {
    const Devices devices;
    const HelloMessage hello{kProtocolVersion, ORRERY_VERSION, modelIds(), devices.rows()};
    if (arguments.json)
        fmt::print("{}\n", encode(Event{"", "", 0, "", hello}));
    else
        fmt::print("orrery-gpu {}\n{}", ORRERY_VERSION, textOf(devices.rows()));
    return 0;
}

Watcher watcherOnStderr() {
    Watcher watcher;
    watcher.progress = [last = std::string()](const std::string& stage, double) mutable {
        if (stage != last) fmt::print(stderr, "{} …\n", last = stage);
    };
    return watcher;
}

int ceilings(const Arguments& arguments) {
    Devices devices;
    Progress progress;
    const auto device = devices.open(arguments.device);
    if (!device) return refuse(device.error());
    const auto measured = devices.ceilings(**device, progress);
    if (!measured) return refuse(measured.error());
    show(arguments, (*device)->info().id, CeilingsMessage{*measured, dataSheetOf((*device)->info().name)});
    return 0;
}

int benches(const Arguments& arguments) {
    Devices devices;
    Progress progress;
    const auto device = devices.open(arguments.device);
    if (!device) return refuse(device.error());
    fmt::print(stderr, "measuring the ceilings …\n");
    const auto measured = devices.ceilings(**device, progress);
    if (!measured) return refuse(measured.error());
    for (const std::int64_t batch : arguments.batches) {
        BenchRequest request = arguments.bench;
        request.batch = batch;
        request.layers = !arguments.noLayers;
        const auto result = bench(**device, *measured, request, watcherOnStderr(), progress);
        if (!result) return refuse(result.error());
        show(arguments, (*device)->info().id, *result);
    }
    return 0;
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
    command.add_option("--variant", a.bench.variant, "graph, fused, unfused")->capture_default_str();
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
    const auto device = [&](CLI::App* command) {
        command->add_option("--device", a.device, "cpu, cuda:0, … (otherwise the best there is)");
        return command;
    };
    device(add("ceilings", "The roofline of a device, measured now", ceilings));
    CLI::App* bench = device(add("bench", "How fast a model runs, and what each operation takes", benches));
    bench->add_option("--seconds", a.bench.seconds, "Measured, after the warm-up")->capture_default_str();
    bench->add_flag("--no-layers", a.noLayers, "Leave out the times of single operations");
    CLI::App* check = device(add("check", "Numerics against the fp32 reference", checks));
    CLI::App* run = device(add("run", "One forward from a file to a file", forwardFile));
    for (CLI::App* command : {bench, check, run})
        addModelOptions(*command, a);
    addBatchOptions(*bench, a);
    addBatchOptions(*check, a);
    run->add_flag("--packed", a.bench.packed, "Leave out the rows of padding");
    run->add_option("--inputs", a.files.inputs,
                    "safetensors: pixels [N,224,224,3], or tokens, types, lengths")
        ->required();
    run->add_option("--output", a.files.output, "safetensors: output")->required();
    app.add_subcommand("serve", "Requests on standard input, events on standard output, a JSON object a line")
        ->callback([&code] { code = serve(std::cin, std::cout); });
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
