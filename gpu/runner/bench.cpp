#include "gpu/runner/bench.h"

#include "gpu/runner/setup.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fmt/format.h>

namespace orrery::gpu {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Nearest-rank percentile; `values` not empty.
double percentile(std::vector<double> values, double share) {
    std::ranges::sort(values);
    const auto rank = static_cast<std::size_t>(std::ceil(share * double(values.size())));
    return values[std::clamp<std::size_t>(rank, 1, values.size()) - 1];
}

double median(std::vector<double> values) {
    return values.empty() ? 0 : percentile(std::move(values), 0.5);
}

constexpr double kSampleSeconds = 0.1;
constexpr double kLongestWarmUp = 2;
constexpr int kParts = 5;
constexpr double kLayerSeconds = 0.02;

/// The measured part of a bench.
struct Record {
    std::vector<double> latencies; ///< s, of each forward
    std::vector<double> clocks, powers, temperatures;
    double seconds = 0, energyJ = 0;
};

SampleMessage sampleOf(const Telemetry& t, double time, double itemsPerS) {
    return {time, itemsPerS, t.clockMhz, t.powerW, t.temperatureC, t.throttle};
}

void note(Record& record, const Telemetry& t) {
    record.clocks.push_back(t.clockMhz);
    record.powers.push_back(t.powerW);
    record.temperatures.push_back(t.temperatureC);
}

/// Runs for a while without counting; returns the seconds of one forward.
Expected<double> warmUp(Engine& engine, double seconds, const Progress& progress) {
    const auto begin = Clock::now();
    double forward = 0;
    for (int i = 0; i < 2 || secondsSince(begin) < seconds; ++i) {
        if (progress.isCancelled()) return fail("stopped", ErrorCode::Cancelled);
        const auto times = engine.run(forward > 0 ? std::max(1, int(kSampleSeconds / forward)) : 1);
        if (!times) return tl::unexpected(times.error());
        forward = median(*times);
    }
    return forward;
}

Expected<Record> measure(Device& device, Engine& engine, const BenchRequest& request, double forward,
                         const Watcher& watcher, Progress& progress) {
    Record record;
    const int chunk = std::clamp(int(kSampleSeconds / forward), 1, 2000);
    const Telemetry before = device.telemetry();
    const auto begin = Clock::now();
    while (record.seconds < request.seconds || record.latencies.empty()) {
        if (progress.isCancelled()) return fail("stopped", ErrorCode::Cancelled);
        const auto started = record.seconds;
        const auto times = engine.run(chunk);
        if (!times) return tl::unexpected(times.error());
        record.latencies.insert(record.latencies.end(), times->begin(), times->end());
        record.seconds = secondsSince(begin);
        const Telemetry now = device.telemetry();
        note(record, now);
        watcher.sample(
            sampleOf(now, record.seconds, double(chunk * request.batch) / (record.seconds - started)));
        progress.setFraction(std::min(1.0, record.seconds / request.seconds));
    }
    record.energyJ = device.telemetry().energyJ - before.energyJ;
    return record;
}

/// items/s of each fifth of the forwards, or of all where there are fewer.
std::vector<double> ratesOf(const std::vector<double>& latencies, std::int64_t batch) {
    const std::size_t parts = std::min<std::size_t>(kParts, latencies.size());
    std::vector<double> rates;
    for (std::size_t p = 0; p < parts; ++p) {
        const std::size_t begin = p * latencies.size() / parts, end = (p + 1) * latencies.size() / parts;
        double seconds = 0;
        for (std::size_t i = begin; i < end; ++i)
            seconds += latencies[i];
        rates.push_back(double(end - begin) * double(batch) / seconds);
    }
    return rates;
}

void fillRates(BenchMessage& result, const Record& record, const Model& model) {
    const std::vector<double> rates = ratesOf(record.latencies, model.batch);
    result.itemsPerS = median(rates);
    result.itemsPerSLow = *std::ranges::min_element(rates);
    result.itemsPerSHigh = *std::ranges::max_element(rates);
    for (const auto& [name, share] : {std::pair{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}})
        result.latencyUs[name] = 1e6 * percentile(record.latencies, share);
    const double items = double(record.latencies.size()) * double(model.batch);
    result.energyPerItemJ = record.energyJ / items;
    result.clockMhz = median(record.clocks);
    result.powerW = median(record.powers);
    result.temperatureC = median(record.temperatures);
}

void fillShares(BenchMessage& result, const Model& model, const Ceilings& ceilings, int elementBytes) {
    double attainable = 0;
    for (const Op& op : model.ops)
        attainable += attainableSeconds(workOf(op, elementBytes), ceilings);
    const double forward = double(model.batch) / result.itemsPerS;
    result.flopsPerS = workOf(model, elementBytes).flops / forward;
    result.matrixShare = ceilings.matrixFlops > 0 ? result.flopsPerS / ceilings.matrixFlops : 0;
    result.attainableShare = attainable / forward;
}

LayerMessage layerOf(const Op& op, const Ceilings& ceilings, int elementBytes, double seconds,
                     const std::string& method) {
    const Work work = workOf(op, elementBytes);
    LayerMessage row{op.name, op.stage, kindOf(op), method, work.flops, work.bytes(), 1e6 * seconds};
    row.attainableUs = 1e6 * attainableSeconds(work, ceilings);
    row.bound = boundOf(work, ceilings) == Bound::Compute ? "compute" : "memory";
    return row;
}

Expected<void> fillLayers(BenchMessage& result, const Model& model, Engine& engine, const Ceilings& ceilings,
                          int elementBytes, Progress& progress) {
    const auto seconds = engine.timeOps(kLayerSeconds, progress);
    if (!seconds) return tl::unexpected(seconds.error());
    const std::vector<std::string> methods = engine.methods();
    for (std::size_t i = 0; i < model.ops.size(); ++i) {
        result.layers.push_back(layerOf(model.ops[i], ceilings, elementBytes, (*seconds)[i], methods[i]));
        result.layersUs += result.layers.back().timeUs;
    }
    return {};
}

struct KindName {
    std::string operator()(const ConvolutionShape& s) const {
        return fmt::format("convolution {0}x{0}", s.kernel);
    }
    std::string operator()(const MaxPoolShape&) const { return "pool"; }
    std::string operator()(const AveragePoolShape&) const { return "pool"; }
    std::string operator()(const LinearShape&) const { return "linear"; }
    std::string operator()(const EmbeddingShape&) const { return "embedding"; }
    std::string operator()(const LayerNormShape&) const { return "norm"; }
    std::string operator()(const AttentionShape&) const { return "attention"; }
};

Expected<std::unique_ptr<Engine>> prepared(Device& device, const Model& model, const BenchRequest& request,
                                           Progress& progress) {
    const auto variant = variantOf(request);
    if (!variant) return tl::unexpected(variant.error());
    const auto weights = weightsOf(model, request);
    if (!weights) return tl::unexpected(weights.error());
    auto engine = device.prepare(model, *weights, *variant, progress);
    if (!engine) return tl::unexpected(engine.error());
    if (const auto set = (*engine)->setInputs(syntheticInputs(model, request.seed)); !set)
        return tl::unexpected(set.error());
    return engine;
}

} // namespace

std::string kindOf(const Op& op) {
    return std::visit(KindName{}, op.shape);
}

Expected<BenchMessage> bench(Device& device, const Ceilings& ceilings, const BenchRequest& request,
                             const Watcher& watcher, Progress& progress) {
    const auto model = modelOf(request);
    if (!model) return tl::unexpected(model.error());
    watcher.progress("preparing", 0);
    const auto engine = prepared(device, *model, request, progress);
    if (!engine) return tl::unexpected(engine.error());
    watcher.progress("warming up", 0);
    const auto forward = warmUp(**engine, std::min(request.seconds / 5, kLongestWarmUp), progress);
    if (!forward) return tl::unexpected(forward.error());
    watcher.progress("measuring", 0);
    const auto record = measure(device, **engine, request, *forward, watcher, progress);
    if (!record) return tl::unexpected(record.error());

    const int elementBytes = device.info().elementBytes;
    BenchMessage result;
    result.model = model->id;
    result.variant = request.variant;
    result.precision = elementBytes == 2 ? "fp16" : "fp32";
    result.batch = model->batch;
    result.sequenceLength = model->sequences.longest;
    result.tokens = model->task == Task::TextEncoding ? model->sequences.validTokens() : 0;
    if (model->task != Task::TextEncoding) result.sequenceLength = 0;
    fillRates(result, *record, *model);
    fillShares(result, *model, ceilings, elementBytes);
    if (!request.layers) return result;
    watcher.progress("timing each operation", 0);
    if (const auto filled = fillLayers(result, *model, **engine, ceilings, elementBytes, progress); !filled)
        return tl::unexpected(filled.error());
    return result;
}

} // namespace orrery::gpu
