#include "gpu/runner/bench.h"

#include "gpu/runner/measure.h"
#include "gpu/runner/setup.h"

#include <algorithm>
#include <fmt/format.h>
#include <thread>

namespace orrery::gpu {

namespace {

constexpr double kLayerSeconds = 0.02;
constexpr std::size_t kEnoughForTail = 1000; ///< times that a p99.9 wants

/// One device's share of a bench.
struct Part {
    const Bench* bench = nullptr;
    std::unique_ptr<Engine> engine;
    double forward = 0; ///< s of one, from the warm-up
    Record record;
    Expected<void> done;
};

/// `body` for every part at the same time, each on a thread of its own; the first error, if any.
template <class Body>
Expected<void> together(std::vector<Part>& parts, const Body& body) {
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 1; i < parts.size(); ++i)
            threads.emplace_back([&, i] { parts[i].done = body(parts[i]); });
        parts.front().done = body(parts.front());
    }
    for (const Part& part : parts)
        if (!part.done)
            return fail(parts.size() == 1 ? part.done.error().message
                                          : part.bench->device->info().id + ": " + part.done.error().message,
                        part.done.error().code);
    return {};
}

/// What the parts share.
struct Setup {
    Model model;
    ModelWeights weights;
    Variant variant;
};

Expected<Setup> setupOf(const BenchRequest& request) {
    auto model = modelOf(request);
    if (!model) return tl::unexpected(model.error());
    const auto variant = variantOf(request);
    if (!variant) return tl::unexpected(variant.error());
    auto weights = weightsOf(*model, request);
    if (!weights) return tl::unexpected(weights.error());
    return Setup{std::move(*model), std::move(*weights), *variant};
}

Expected<void> prepare(Part& part, std::uint64_t index, const Setup& setup, const BenchRequest& request,
                       Progress& progress) {
    auto engine = part.bench->device->prepare(setup.model, setup.weights, setup.variant, progress);
    if (!engine) return tl::unexpected(engine.error());
    part.engine = std::move(*engine);
    // A device's own inputs, as its share of the data would be.
    return part.engine->setInputs(syntheticInputs(setup.model, request.seed + index));
}

double totalOf(const std::vector<DeviceRow>& rows, double DeviceRow::*field) {
    double sum = 0;
    for (const DeviceRow& row : rows)
        sum += row.*field;
    return sum;
}

DeviceRow rowOf(const Part& part, std::int64_t batch) {
    const Record& r = part.record;
    DeviceRow row;
    row.device = part.bench->device->info().id;
    row.itemsPerS = median(ratesOf(r.latencies, batch));
    row.latencyUs = percentilesUs(r.latencies);
    row.energyPerItemJ = r.energyJ / (double(r.latencies.size()) * double(batch));
    row.clockMhz = median(r.clocks);
    row.powerW = median(r.powers);
    row.temperatureC = median(r.temperatures);
    return row;
}

void fillRates(BenchMessage& result, const std::vector<Part>& parts) {
    std::vector<DeviceRow> rows;
    std::vector<double> all;
    double energy = 0;
    for (const Part& part : parts) {
        const std::vector<double> rates = ratesOf(part.record.latencies, result.batch);
        result.itemsPerSLow += std::ranges::min(rates);
        result.itemsPerSHigh += std::ranges::max(rates);
        energy += part.record.energyJ;
        all.insert(all.end(), part.record.latencies.begin(), part.record.latencies.end());
        rows.push_back(rowOf(part, result.batch));
    }
    const double count = double(rows.size());
    result.forwards = static_cast<std::int64_t>(all.size());
    result.latencyUs = percentilesUs(all);
    result.itemsPerS = totalOf(rows, &DeviceRow::itemsPerS);
    result.energyPerItemJ = energy / (double(all.size()) * double(result.batch));
    result.powerW = totalOf(rows, &DeviceRow::powerW);
    result.clockMhz = totalOf(rows, &DeviceRow::clockMhz) / count;
    result.temperatureC = totalOf(rows, &DeviceRow::temperatureC) / count;
    if (rows.size() > 1) result.devices = std::move(rows);
}

/// items/s that the roofline allows, and FLOP/s that the matrix ceilings allow: sums over the devices.
void fillShares(BenchMessage& result, const Model& model, const std::vector<Part>& parts) {
    double attainable = 0, matrix = 0;
    const int elementBytes = parts.front().bench->device->info().elementBytes;
    for (const Part& part : parts) {
        double seconds = 0;
        for (const Op& op : model.ops)
            seconds += attainableSeconds(workOf(op, elementBytes), part.bench->ceilings);
        if (seconds > 0) attainable += double(model.batch) / seconds;
        matrix += part.bench->ceilings.matrixFlops;
    }
    result.flopsPerS = workOf(model, elementBytes).flops * result.itemsPerS / double(model.batch);
    result.matrixShare = matrix > 0 ? result.flopsPerS / matrix : 0;
    result.attainableShare = attainable > 0 ? result.itemsPerS / attainable : 0;
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

BenchMessage describe(const Model& model, const BenchRequest& request, int elementBytes) {
    const bool text = model.task == Task::TextEncoding;
    BenchMessage result;
    result.model = model.id;
    result.variant = request.variant;
    result.precision = elementBytes == 2 ? "fp16" : "fp32";
    result.batch = model.batch;
    result.sequenceLength = text ? model.sequences.longest : 0;
    result.tokens = text ? model.sequences.validTokens() : 0;
    result.rows = text ? model.sequences.rows() : 0;
    result.packed = text && model.sequences.packed;
    return result;
}

} // namespace

std::string kindOf(const Op& op) {
    return std::visit(KindName{}, op.shape);
}

std::map<std::string, double> percentilesUs(const std::vector<double>& seconds) {
    std::map<std::string, double> result{{"p50", 1e6 * percentile(seconds, 0.5)},
                                         {"p90", 1e6 * percentile(seconds, 0.9)},
                                         {"p99", 1e6 * percentile(seconds, 0.99)}};
    if (seconds.size() >= kEnoughForTail) result["p99.9"] = 1e6 * percentile(seconds, 0.999);
    return result;
}

Expected<BenchMessage> bench(std::span<const Bench> benches, const BenchRequest& request,
                             const Watcher& watcher, Progress& progress) {
    watcher.progress("preparing", 0);
    const auto setup = setupOf(request);
    if (!setup) return tl::unexpected(setup.error());
    std::vector<Part> parts(benches.size());
    for (std::size_t i = 0; i < parts.size(); ++i)
        parts[i].bench = &benches[i];
    const auto ready = together(parts, [&](Part& part) {
        const auto index = static_cast<std::uint64_t>(&part - parts.data());
        return prepare(part, index, *setup, request, progress);
    });
    if (!ready) return tl::unexpected(ready.error());
    watcher.progress("warming up", 0);
    const auto warm = together(parts, [&](Part& part) -> Expected<void> {
        const auto forward = warmUp(*part.engine, request.seconds, progress);
        if (!forward) return tl::unexpected(forward.error());
        part.forward = *forward;
        return {};
    });
    if (!warm) return tl::unexpected(warm.error());
    watcher.progress("measuring", 0);
    const auto measured = together(parts, [&](Part& part) -> Expected<void> {
        auto record = measure(*part.bench->device, *part.engine, request, part.forward, watcher, progress);
        if (!record) return tl::unexpected(record.error());
        part.record = std::move(*record);
        return {};
    });
    if (!measured) return tl::unexpected(measured.error());

    const int elementBytes = benches.front().device->info().elementBytes;
    BenchMessage result = describe(setup->model, request, elementBytes);
    fillRates(result, parts);
    fillShares(result, setup->model, parts);
    if (!request.layers) return result;
    watcher.progress("timing each operation", 0);
    if (const auto filled = fillLayers(result, setup->model, *parts.front().engine, benches.front().ceilings,
                                       elementBytes, progress);
        !filled)
        return tl::unexpected(filled.error());
    return result;
}

} // namespace orrery::gpu
