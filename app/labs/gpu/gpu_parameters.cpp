#include "app/labs/gpu/gpu_parameters.h"

#include "app/lab/parameter_specs.h"
#include "widgets/runner/run_log.h"
#include "widgets/runner/runner_process.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <algorithm>

namespace orrery {

namespace {

constexpr const char* kBest = "best";
const QString kRecorded = QStringLiteral(":/orrery/recorded");
const std::vector<std::string> kLive{"here", "command"};

std::vector<ParameterOption> deviceOptions(const std::vector<gpu::DeviceMessage>& devices) {
    std::vector<ParameterOption> options{{kBest, "The best there is"}, {"cpu", "Processor"}};
    for (const gpu::DeviceMessage& device : devices)
        if (device.id != "cpu" && device.skipped.empty()) options.push_back({device.id, device.name});
    const bool isKnown = options.size() > 2;
    if (!isKnown) options.push_back({"cuda:0", "First GPU"});
    if (!isKnown || options.size() > 3) options.push_back({"all", "Every GPU"});
    return options;
}

std::string titleOf(const std::string& model) {
    if (model == "resnet50") return "ResNet-50";
    if (model == "resnet101") return "ResNet-101";
    if (model == "bert-base") return "BERT-Base";
    if (model == "bert-large") return "BERT-Large";
    return model;
}

std::vector<ParameterOption> modelOptions(std::vector<std::string> models) {
    for (const char* known : {"resnet50", "resnet101", "bert-base", "bert-large"})
        if (std::find(models.begin(), models.end(), known) == models.end()) models.emplace_back(known);
    std::vector<ParameterOption> options;
    for (const std::string& model : models)
        options.push_back({model, titleOf(model)});
    return options;
}

ParameterSpec textSpec(std::string id, std::string label, std::string tooltip, std::string value) {
    ParameterSpec spec;
    spec.id = std::move(id), spec.label = std::move(label), spec.tooltip = std::move(tooltip);
    spec.kind = ParameterKind::Text;
    spec.defaultValue = std::move(value);
    return spec;
}

ParameterSpec logarithmic(ParameterSpec spec) {
    spec.scale = ParameterScale::Logarithmic;
    return spec;
}

/// What a question is put to: these knobs are there while a process works, and where questions are asked.
void addModelSpecs(std::vector<ParameterSpec>& specs, const GpuChoices& choices) {
    const auto add = [&](ParameterSpec spec) {
        specs.push_back(choices.asks ? onlyWhen("view", {"ask"}, std::move(spec))
                                     : onlyWhen("source", kLive, std::move(spec)));
    };
    add(choiceSpec("device", "Device", "As orrery-gpu names it.", deviceOptions(choices.devices)));
    add(choiceSpec("model", "Model", "ResNet for pictures, BERT for texts.", modelOptions(choices.models)));
}

void addQuestionSpecs(std::vector<ParameterSpec>& specs) {
    const auto add = [&](ParameterSpec spec) { specs.push_back(onlyWhen("view", {"ask"}, std::move(spec))); };
    add(textSpec("weights", "Weights",
                 "A safetensors file with a classifier or a masked-token head, typed or dropped on the card; "
                 "empty: drawn from the seed.",
                 ""));
    add(textSpec("text", "Text", "For a BERT model; vocab.txt is looked for beside the weights.",
                 "The capital of France is [MASK]."));
}

void addBenchSpecs(std::vector<ParameterSpec>& specs, bool asks) {
    const auto add = [&](ParameterSpec spec) {
        if (asks) return specs.push_back(onlyWhen("view", {"roofline"}, std::move(spec)));
        specs.push_back(spec.onlyWhen ? std::move(spec) : onlyWhen("source", kLive, std::move(spec)));
    };
    ParameterSpec batch =
        logarithmic(integerSpec("batch", "Batch", "Images or sequences of one forward.", 4, 1, 512, 65536));
    batch.symbol = "B";
    add(batch);
    add(toggleSpec("sweep", "Smaller batches too", "Every power of two up to the batch, for the trail.",
                   true));
    ParameterSpec length =
        integerSpec("sequence_length", "Sequence length", "Tokens of a sequence.", 128, 16, 512, 65536);
    length.symbol = "S";
    add(onlyWhen("model", {"bert-base", "bert-large"}, length));
    ParameterSpec fill = realSpec("mean_fill", "Mean fill", "",
                                  "Mean length over S; below 1 lengths are drawn.", 1.0, 0.1, 1.0);
    fill.hardMaximum = 1.0;
    add(onlyWhen("model", {"bert-base", "bert-large"}, fill));
    add(onlyWhen("model", {"bert-base", "bert-large"},
                 toggleSpec("packed", "Packed", "Leaves out the rows of padding.", false)));
    add(choiceSpec("variant", "Variant", "Which of its tricks the device may use.",
                   {{"graph", "One graph"},
                    {"fused", "Fused operations"},
                    {"folded", "Norms folded (images)"},
                    {"nhwc", "Channels last (images)"},
                    {"attention", "One attention (texts)"},
                    {"naive", "A kernel an operation"}}));
    add(toggleSpec("variants", "Every variant",
                   "Measures what each trick gives, one after the other, at the batch.", false));
    ParameterSpec seconds =
        realSpec("seconds", "Seconds", "", "Measured for each point, after the warm-up.", 2.0, 0.5, 10.0);
    seconds.unit = "s";
    seconds.hardMinimum = 0.1;
    add(seconds);
}

void addQueueSpecs(std::vector<ParameterSpec>& specs) {
    const auto add = [&](ParameterSpec spec) {
        specs.push_back(onlyWhen("view", {"queue"}, std::move(spec)));
    };
    ParameterSpec load =
        realSpec("load", "Load", "", "Arrivals a second, as a share of the most that the queue can serve.",
                 0.7, 0.05, 1.1);
    load.hardMaximum = 1.1;
    add(load);
    add(logarithmic(
        integerSpec("max_batch", "Largest batch", "A batch is sent when so many wait.", 8, 1, 256, 65536)));
    ParameterSpec wait =
        logarithmic(realSpec("max_wait", "Longest wait", "",
                             "A batch is sent when its oldest request has waited so long.", 5, 0.1, 1000));
    wait.unit = "ms";
    wait.hardMinimum = 0.001;
    add(wait);
}

void addComparisonSpecs(std::vector<ParameterSpec>& specs, const std::vector<ParameterOption>& recordings) {
    std::vector<ParameterOption> options{{"none", "Nothing"}, {"earlier", "This run, before"}};
    options.insert(options.end(), recordings.begin(), recordings.end());
    options.push_back({"file", "A file"});
    const std::vector<std::string> views{"roofline", "layers", "throughput"};
    specs.push_back(
        onlyWhen("view", views,
                 choiceSpec("compare", "Compare",
                            "Another run, drawn as a ghost: a recording, or another variant of this "
                            "run.",
                            std::move(options))));
    specs.push_back(onlyWhen("compare", {"file"},
                             textSpec("compare_file", "Recording", "A run that was saved (.jsonl).", "")));
}

} // namespace

// The first line of a recording says where it was taken.
std::vector<ParameterOption> shippedRecordings() {
    std::vector<ParameterOption> options;
    for (const QFileInfo& file :
         QDir(kRecorded).entryInfoList({QStringLiteral("*.jsonl")}, QDir::Files, QDir::Name)) {
        QFile lines(file.filePath());
        if (!lines.open(QIODevice::ReadOnly)) continue;
        const auto heading = runner::recordingOf(lines.readLine().toStdString());
        const std::string id = file.completeBaseName().toStdString();
        const std::string model = id.substr(std::min(id.find('-'), id.size() - 1) + 1);
        options.push_back({id, titleOf(model) + ", " + (heading ? heading->device : id)});
    }
    return options;
}

bool asksQuestions(const ParameterValues& values) {
    const auto view = values.find("view");
    return view != values.end() && view->second == ParameterValue(std::string("ask"));
}

QString GpuKnobs::comparedPath() const {
    if (compare == u"none" || compare == u"earlier") return {};
    return compare == u"file" ? compareFile : kRecorded + u'/' + compare + QStringLiteral(".jsonl");
}

std::vector<ParameterSpec> gpuParameterSpecs(const GpuChoices& choices) {
    std::vector<ParameterSpec> specs;
    specs.push_back(choiceSpec("view", "View", "Which pictures stand on the stage.",
                               {{"roofline", "Roofline"},
                                {"layers", "Layers"},
                                {"tricks", "Tricks"},
                                {"throughput", "Throughput"},
                                {"queue", "Queue"},
                                {"ask", "Questions"}}));
    specs.push_back(
        choiceSpec("source", "Run", "A recording, orrery-gpu here, or a command that starts it elsewhere.",
                   {{"recorded", "Recorded"}, {"here", "This machine"}, {"command", "A command"}}));
    specs.push_back(onlyWhen("source", {"command"},
                             textSpec("command", "Command", "Started as it stands, without a shell.",
                                      "ssh -T -o BatchMode=yes gpuhost orrery-gpu serve")));
    addComparisonSpecs(specs, choices.recordings);
    addQueueSpecs(specs);
    addModelSpecs(specs, choices);
    addQuestionSpecs(specs);
    addBenchSpecs(specs, choices.asks);
    return specs;
}

GpuKnobs gpuKnobs(const ParameterValues& values, const std::vector<ParameterSpec>& specs) {
    const ParameterReader read(specs, values);
    GpuKnobs knobs;
    knobs.view = read.text("view");
    knobs.source = read.text("source");
    knobs.command = read.text("command");
    knobs.device = read.text("device") == QLatin1String(kBest) ? QString() : read.text("device");
    knobs.bench.model = read.text("model").toStdString();
    knobs.bench.batch = static_cast<std::int64_t>(read.number("batch"));
    knobs.bench.sequenceLength = static_cast<std::int64_t>(read.number("sequence_length"));
    knobs.bench.meanFill = read.number("mean_fill");
    knobs.bench.packed = read.toggle("packed");
    knobs.bench.variant = read.text("variant").toStdString();
    knobs.bench.seconds = read.number("seconds");
    knobs.bench.weights = read.text("weights").toStdString();
    knobs.compare = read.text("compare");
    knobs.compareFile = read.text("compare_file");
    knobs.text = read.text("text");
    knobs.load = read.number("load");
    knobs.maxBatch = static_cast<std::int64_t>(read.number("max_batch"));
    knobs.maxWaitMs = read.number("max_wait");
    knobs.sweep = read.toggle("sweep");
    knobs.variants = read.toggle("variants");
    return knobs;
}

std::vector<gpu::Request> requestsOf(const GpuKnobs& knobs) {
    std::vector<gpu::Request> requests;
    const auto ask = [&](std::int64_t batch, const std::string& variant, bool layers) {
        gpu::Request request{{}, gpu::RequestKind::Bench, knobs.device.toStdString(), knobs.bench, {}};
        request.bench.batch = batch, request.bench.variant = variant, request.bench.layers = layers;
        requests.push_back(std::move(request));
    };
    if (knobs.variants) {
        ask(knobs.bench.batch, knobs.bench.variant, false);
        requests.back().kind = gpu::RequestKind::Waterfall;
    }
    if (knobs.sweep)
        for (std::int64_t batch = 1; batch < knobs.bench.batch; batch *= 2)
            ask(batch, knobs.bench.variant, true);
    ask(knobs.bench.batch, knobs.bench.variant, true);
    return requests;
}

namespace {

// As it is, for the model has a resampling of its own; smaller only where it would be slow to send.
QImage asSent(QImage picture) {
    constexpr int kShorter = 1024, kLonger = 4 * kShorter;
    if (std::min(picture.width(), picture.height()) > kShorter)
        picture =
            picture.scaled(kShorter, kShorter, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    if (std::max(picture.width(), picture.height()) > kLonger) {
        QRect middle(0, 0, std::min(picture.width(), kLonger), std::min(picture.height(), kLonger));
        middle.moveCenter(picture.rect().center());
        picture = picture.copy(middle);
    }
    return picture.convertToFormat(QImage::Format_RGB888);
}

} // namespace

gpu::Request questionOf(const GpuKnobs& knobs, const QImage& picture) {
    gpu::Request request{{}, gpu::RequestKind::FillMask, knobs.device.toStdString(), knobs.bench, {}};
    request.bench.batch = 1;
    if (picture.isNull()) {
        request.ask.text = knobs.text.toStdString();
        return request;
    }
    const QImage rgb = asSent(picture);
    QByteArray pixels;
    for (int y = 0; y < rgb.height(); ++y) // without the padding of its lines
        pixels.append(reinterpret_cast<const char*>(rgb.constScanLine(y)), 3 * rgb.width());
    request.kind = gpu::RequestKind::Classify;
    request.ask.rgb = pixels.toBase64().toStdString();
    request.ask.width = rgb.width(), request.ask.height = rgb.height();
    return request;
}

QStringList argvOf(const GpuKnobs& knobs) {
    if (knobs.source == u"command") return runner::argvOf(knobs.command);
    const QString beside = QCoreApplication::applicationDirPath() + QStringLiteral("/orrery-gpu");
    const QString program = QFileInfo(beside).isExecutable()
                                ? beside
                                : QStandardPaths::findExecutable(QStringLiteral("orrery-gpu"));
    return program.isEmpty() ? QStringList() : QStringList{program, QStringLiteral("serve")};
}

} // namespace orrery
