#include "gpu/runner/check.h"

#include "gpu/reference/reference_device.h"
#include "gpu/runner/setup.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <limits>

namespace orrery::gpu {

namespace {

constexpr double kOpTolerance = 2e-3;
constexpr double kModelTolerance = 1e-2;

std::vector<float> roundedToHalf(std::vector<float> values) {
    for (float& value : values)
        value = static_cast<float>(Eigen::half(value));
    return values;
}

/// Rows that hold a token; all of them where a model has none.
std::vector<char> validRows(const Model& model) {
    std::vector<char> valid;
    if (model.task != Task::TextEncoding) return valid;
    for (const std::int32_t length : model.sequences.lengths) {
        const std::int64_t rows = model.sequences.packed ? length : model.sequences.longest;
        for (std::int64_t i = 0; i < rows; ++i)
            valid.push_back(i < length);
    }
    return valid;
}

struct Pair {
    const Model& model;
    Engine& device;
    Engine& reference;
    std::vector<char> valid;
};

/// The reference's value, rounded, in both.
Expected<void> shareValue(Pair& p, int value) {
    if (value < 0) return {};
    const auto held = p.reference.readValue(value);
    if (!held) return tl::unexpected(held.error());
    const std::vector<float> rounded = roundedToHalf(*held);
    if (const auto written = p.reference.writeValue(value, rounded); !written) return written;
    return p.device.writeValue(value, rounded);
}

Expected<void> poison(Engine& engine, const Model& model, int value) {
    const std::vector<float> nans(static_cast<std::size_t>(model.values[value].elements()),
                                  std::numeric_limits<float>::quiet_NaN());
    return engine.writeValue(value, nans);
}

Expected<CheckRow> compareValue(Pair& p, const std::string& name, int value, double tolerance) {
    const auto y = p.device.readValue(value);
    if (!y) return tl::unexpected(y.error());
    const auto r = p.reference.readValue(value);
    if (!r) return tl::unexpected(r.error());
    return compare(name, *y, *r, p.valid, tolerance);
}

Expected<CheckRow> checkOp(Pair& p, int index) {
    const Op& op = p.model.ops[index];
    for (const int value : {op.input, op.residual})
        if (const auto shared = shareValue(p, value); !shared) return tl::unexpected(shared.error());
    if (const auto poisoned = poison(p.device, p.model, op.output); !poisoned)
        return tl::unexpected(poisoned.error());
    for (Engine* engine : {&p.reference, &p.device})
        if (const auto ran = engine->runOp(index); !ran) return tl::unexpected(ran.error());
    return compareValue(p, op.name, op.output, kOpTolerance);
}

Expected<CheckRow> checkModel(Pair& p, const ModelInputs& inputs) {
    for (Engine* engine : {&p.reference, &p.device})
        if (const auto set = engine->setInputs(inputs); !set) return tl::unexpected(set.error());
    if (const auto poisoned = poison(p.device, p.model, p.model.output); !poisoned)
        return tl::unexpected(poisoned.error());
    for (Engine* engine : {&p.reference, &p.device})
        if (const auto ran = engine->run(1); !ran) return tl::unexpected(ran.error());
    return compareValue(p, "whole model", p.model.output, kModelTolerance);
}

Expected<CheckMessage> checkPair(Pair& p, const ModelInputs& inputs, const Watcher& watcher,
                                 Progress& progress) {
    CheckMessage result{p.model.id, {}, true};
    // First the whole model: it leaves the reference's values where the operations find their inputs.
    auto whole = checkModel(p, inputs);
    if (!whole) return tl::unexpected(whole.error());
    for (std::size_t i = 0; i < p.model.ops.size(); ++i) {
        if (progress.isCancelled()) return fail("stopped", ErrorCode::Cancelled);
        auto row = checkOp(p, static_cast<int>(i));
        if (!row) return tl::unexpected(row.error());
        result.rows.push_back(std::move(*row));
        watcher.progress("checking", double(i + 1) / double(p.model.ops.size()));
    }
    result.rows.push_back(std::move(*whole));
    result.passed = std::ranges::all_of(result.rows, &CheckRow::passed);
    return result;
}

} // namespace

CheckRow compare(std::string name, std::span<const float> y, std::span<const float> r,
                 std::span<const char> valid, double tolerance) {
    CheckRow row{std::move(name)};
    row.tolerance = tolerance;
    const std::size_t width = valid.empty() ? 1 : r.size() / valid.size();
    double error = 0, norm = 0;
    for (std::size_t i = 0; i < r.size(); ++i) {
        if (!valid.empty() && !valid[i / width]) continue;
        const double difference = std::abs(double{y[i]} - double{r[i]});
        error += difference * difference;
        norm += double{r[i]} * double{r[i]};
        if (!(difference <= row.worstError) && !std::isnan(row.worstError)) { // nothing is worse than a NaN
            row.worstError = difference;
            row.worstIndex = static_cast<std::int64_t>(i);
        }
    }
    row.relativeError = std::sqrt(error / norm);
    row.passed = y.size() == r.size() && row.relativeError <= tolerance;
    return row;
}

Expected<CheckMessage> check(Device& device, const BenchRequest& request, const Watcher& watcher,
                             Progress& progress) {
    if (device.info().id.starts_with("cpu"))
        return fail("the device “cpu” is the reference itself; check another", ErrorCode::Unsupported);
    const auto model = modelOf(request);
    if (!model) return tl::unexpected(model.error());
    const auto variant = variantOf(request);
    if (!variant) return tl::unexpected(variant.error());
    const auto weights = weightsOf(*model, request);
    if (!weights) return tl::unexpected(weights.error());
    const auto cpu = makeReferenceDevice();
    const auto reference = cpu->prepare(*model, *weights, *variant, progress);
    if (!reference) return tl::unexpected(reference.error());
    const auto engine = device.prepare(*model, *weights, *variant, progress);
    if (!engine) return tl::unexpected(engine.error());
    Pair pair{*model, **engine, **reference, validRows(*model)};
    return checkPair(pair, syntheticInputs(*model, request.seed), watcher, progress);
}

} // namespace orrery::gpu
