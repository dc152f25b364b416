#include "gpu/runner/setup.h"

#include "core/support/rng.h"
#include "gpu/models/safetensors.h"
#include "gpu/models/variants.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace orrery::gpu {

namespace {

constexpr std::int64_t kLargestBatch = 65536;
constexpr std::uint64_t kLengthStream = 7;

/// Uniform lengths with the mean that is asked for: on [1, 2·mean − 1] or [2·mean − S, S], whichever fits.
std::vector<std::int32_t> drawnLengths(const BenchRequest& request) {
    Rng rng(request.seed, kLengthStream);
    const auto longest = request.sequenceLength;
    const auto mean = std::clamp<std::int64_t>(std::llround(request.meanFill * double(longest)), 1, longest);
    const std::int64_t high = std::min(longest, 2 * mean - 1), low = 2 * mean - high;
    std::vector<std::int32_t> lengths;
    for (std::int64_t i = 0; i < request.batch; ++i)
        lengths.push_back(
            static_cast<std::int32_t>(low + std::int64_t(rng.below(std::uint64_t(high - low + 1)))));
    return lengths;
}

} // namespace

Expected<SequenceBatch> sequencesOf(const BenchRequest& request) {
    if (request.batch < 1 || request.batch > kLargestBatch)
        return fail(fmt::format("a batch of {} is not between 1 and {}", request.batch, kLargestBatch));
    if (!(request.meanFill > 0 && request.meanFill <= 1))
        return fail(fmt::format("a mean fill of {} is not in (0, 1]", request.meanFill));
    if (request.sequenceLength < 1 || request.sequenceLength > kLargestBatch)
        return fail(fmt::format("a sequence length of {} cannot be used", request.sequenceLength));
    if (request.meanFill == 1 && !request.packed) return fullSequences(request.batch, request.sequenceLength);
    return sequencesOf(drawnLengths(request), request.sequenceLength, request.packed);
}

Expected<Model> modelOf(const BenchRequest& request) {
    const auto sequences = sequencesOf(request);
    if (!sequences) return tl::unexpected(sequences.error());
    const auto variant = variantOf(request);
    if (!variant) return tl::unexpected(variant.error());
    return modelOf(request.model, *sequences, {variant->folded, false});
}

Expected<ModelWeights> weightsOf(const Model& model, const BenchRequest& request) {
    if (request.weights.empty()) return loadWeights(model, SyntheticTensors(request.seed));
    const auto file = SafetensorsFile::open(request.weights);
    if (!file) return tl::unexpected(file.error());
    return loadWeights(model, *file);
}

Expected<Variant> variantOf(const BenchRequest& request) {
    const auto task = taskOf(request.model);
    if (!task) return tl::unexpected(task.error());
    auto variant = variantNamed(*task, request.variant);
    if (variant && request.tanhGelu) variant->gelu = Gelu::Tanh;
    return variant;
}

Expected<void> checkRequest(const BenchRequest& request) {
    if (const auto model = modelOf(request); !model) return tl::unexpected(model.error());
    if (request.weights.empty()) return {};
    if (const auto file = SafetensorsFile::open(request.weights); !file) return tl::unexpected(file.error());
    return {};
}

std::string weightsNameOf(const BenchRequest& request) {
    return request.weights.empty() ? fmt::format("drawn from seed {}", request.seed) : request.weights;
}

} // namespace orrery::gpu
