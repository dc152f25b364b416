#include "gpu/reference/reference_engine.h"

#include "gpu/reference/ops.h"

#include <algorithm>
#include <chrono>
#include <tbb/parallel_for.h>

namespace orrery::gpu {

namespace {

constexpr std::size_t kSweep = std::size_t{16} << 20; ///< floats: 64 MB, beyond the last cache of a processor
constexpr std::size_t kLeastTimes = 3;

double secondsNow() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double median(std::vector<double> values) {
    std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
    return values[values.size() / 2];
}

} // namespace

ReferenceEngine::ReferenceEngine(const Model& model, ModelWeights weights, const Variant& variant,
                                 int threads)
    : m_model(model), m_weights(std::move(weights)), m_variant(variant), m_arena(threads) {
    std::int64_t widest = 0;
    for (const ValueSpec& spec : m_model.values) {
        m_values.emplace_back(static_cast<std::size_t>(spec.elements()));
        widest = std::max(widest, spec.width);
    }
    m_zeros.resize(static_cast<std::size_t>(widest));
}

Expected<void> ReferenceEngine::setInputs(const ModelInputs& inputs) {
    m_inputs = inputs;
    if (m_model.input < 0) return {};
    return writeValue(m_model.input, inputs.pixels);
}

Expected<void> ReferenceEngine::writeValue(int index, std::span<const float> elements) {
    if (elements.size() != m_values[index].size())
        return fail("an input of another size than the model takes: " + m_model.values[index].name);
    std::ranges::copy(elements, m_values[index].begin());
    return {};
}

Expected<std::vector<float>> ReferenceEngine::readValue(int index) {
    return m_values[index];
}

std::vector<std::string> ReferenceEngine::methods() const {
    return std::vector<std::string>(m_model.ops.size(), "reference");
}

void ReferenceEngine::dispatch(const Op& op, const ConvolutionShape& shape) {
    if (!isSplit(op))
        return reference::convolution(shape, value(op.input), weight(op, 0), weight(op, 1),
                                      value(op.residual), op.activation, value(op.output));
    reference::convolution(shape, value(op.input), weight(op, 0), m_zeros.data(), nullptr, Activation::None,
                           value(op.output));
    passes(op, shape.rows(), shape.outChannels);
}

/// Scale, bias, residual and activation, each through memory once more.
void ReferenceEngine::passes(const Op& op, std::int64_t rows, std::int64_t width) {
    float* const y = value(op.output);
    reference::scaleAndShift(rows, width, op.hasBatchNorm() ? weight(op, 2) : nullptr, weight(op, 1), y);
    if (op.residual >= 0) reference::add(rows * width, value(op.residual), y);
    if (op.activation != Activation::None)
        reference::activate(rows * width, op.activation, m_variant.gelu, y);
}

void ReferenceEngine::dispatch(const Op& op, const MaxPoolShape& shape) {
    reference::maxPool(shape, value(op.input), value(op.output));
}

void ReferenceEngine::dispatch(const Op& op, const AveragePoolShape& shape) {
    reference::averagePool(shape, value(op.input), value(op.output));
}

void ReferenceEngine::dispatch(const Op& op, const LinearShape& shape) {
    const bool split = isSplit(op);
    reference::linear(shape, value(op.input), weight(op, 0), split ? m_zeros.data() : weight(op, 1),
                      split ? Activation::None : op.activation, m_variant.gelu, value(op.output));
    if (split) passes(op, shape.rows, shape.outFeatures);
}

void ReferenceEngine::dispatch(const Op& op, const EmbeddingShape& shape) {
    const reference::EmbeddingTables tables{weight(op, 0), weight(op, 1), weight(op, 2), weight(op, 3),
                                            weight(op, 4)};
    reference::embedding(shape, tables, m_inputs, value(op.output));
}

void ReferenceEngine::dispatch(const Op& op, const LayerNormShape& shape) {
    float* const y = value(op.output);
    if (m_variant.fused || op.residual < 0)
        return reference::layerNorm(shape, value(op.input), value(op.residual), weight(op, 0), weight(op, 1),
                                    y);
    std::copy_n(value(op.input), shape.rows * shape.width, y);
    reference::add(shape.rows * shape.width, value(op.residual), y);
    reference::layerNorm(shape, y, nullptr, weight(op, 0), weight(op, 1), y);
}

void ReferenceEngine::dispatch(const Op& op, const AttentionShape& shape) {
    reference::attention(shape, m_model.sequences, value(op.input), value(op.output));
}

void ReferenceEngine::execute(const Op& op) {
    m_arena.execute([&] { std::visit([&](const auto& shape) { dispatch(op, shape); }, op.shape); });
}

Expected<void> ReferenceEngine::runOp(int op) {
    execute(m_model.ops[op]);
    return {};
}

Expected<std::vector<double>> ReferenceEngine::run(int times) {
    std::vector<double> seconds;
    for (int i = 0; i < times; ++i) {
        const double begin = secondsNow();
        for (const Op& op : m_model.ops)
            execute(op);
        seconds.push_back(secondsNow() - begin);
    }
    return seconds;
}

Expected<std::vector<KernelSpan>> ReferenceEngine::timeline() {
    std::vector<KernelSpan> spans;
    const double start = secondsNow();
    for (std::size_t i = 0; i < m_model.ops.size(); ++i) {
        const double begin = secondsNow() - start;
        execute(m_model.ops[i]);
        spans.push_back({static_cast<int>(i), "reference", begin, secondsNow() - start});
    }
    return spans;
}

// What an operation is held to is the memory's ceiling: it finds nothing of its data in a cache.
void ReferenceEngine::emptyCaches() {
    m_sweep.resize(kSweep);
    m_arena.execute([&] {
        tbb::parallel_for(tbb::blocked_range<std::size_t>(0, kSweep), [&](const auto& range) {
            for (std::size_t i = range.begin(); i < range.end(); ++i)
                m_sweep[i] += 1.f;
        });
    });
}

Expected<std::vector<double>> ReferenceEngine::timeOps(double secondsEach, Progress& progress) {
    std::vector<double> medians;
    for (const Op& op : m_model.ops) {
        std::vector<double> seconds;
        const double start = secondsNow();
        do {
            if (progress.isCancelled()) return fail("stopped", ErrorCode::Cancelled);
            emptyCaches();
            const double begin = secondsNow();
            execute(op);
            seconds.push_back(secondsNow() - begin);
        } while (secondsNow() - start < secondsEach || seconds.size() < kLeastTimes);
        medians.push_back(median(std::move(seconds)));
        progress.setFraction(double(medians.size()) / double(m_model.ops.size()));
    }
    return medians;
}

} // namespace orrery::gpu
