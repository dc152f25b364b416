#include "gpu/models/synthetic.h"

#include "core/support/rng.h"

#include <cmath>
#include <functional>

namespace orrery::gpu {

namespace {

/// FNV-1a: the same on every platform, unlike std::hash.
std::uint64_t streamOf(std::string_view name) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const char c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    return hash;
}

struct Law {
    double mean = 0, deviation = 1;
    bool uniform = false; ///< on mean ± deviation, for what must stay positive
};

Law batchNormLaw(const std::string& name) {
    if (name.ends_with(".running_var")) return {1.0, 0.5, true};
    if (!name.ends_with(".weight")) return {0.0, 0.1}; // mean and bias
    if (name.find(".bn3.") != std::string::npos) return {0.2, 0.05, true};
    // A shortcut's gain of 1/√2 undoes the 2 of its He-scaled convolution, which no ReLU follows.
    const bool shortcut = name.find(".downsample.1.") != std::string::npos;
    return {shortcut ? 0.7 : 1.0, 0.1, true};
}

Law lawOf(const std::string& name, std::span<const std::int64_t> shape) {
    const bool batchNorm =
        name.find("bn") != std::string::npos || name.find("downsample.1.") != std::string::npos;
    if (batchNorm) return batchNormLaw(name);
    if (shape.size() == 4) return {0.0, std::sqrt(2.0 / double(shape[1] * shape[2] * shape[3]))};
    if (name.find("LayerNorm.weight") != std::string::npos) return {1.0, 0.1, true};
    return {0.0, 0.02};
}

} // namespace

Expected<std::vector<float>> SyntheticTensors::read(const std::string& name,
                                                    std::span<const std::int64_t> shape) const {
    Rng rng(m_seed, streamOf(name));
    const Law law = lawOf(name, shape);
    std::int64_t count = 1;
    for (const std::int64_t extent : shape)
        count *= extent;
    std::vector<float> values(static_cast<std::size_t>(count));
    for (float& value : values)
        value =
            static_cast<float>(law.uniform ? rng.uniform(law.mean - law.deviation, law.mean + law.deviation)
                                           : rng.normal(law.mean, law.deviation));
    return values;
}

std::vector<std::int32_t> positionsOf(const SequenceBatch& sequences) {
    std::vector<std::int32_t> positions;
    positions.reserve(static_cast<std::size_t>(sequences.rows()));
    for (const std::int32_t length : sequences.lengths) {
        const auto rows = sequences.packed ? length : static_cast<std::int32_t>(sequences.longest);
        for (std::int32_t p = 0; p < rows; ++p)
            positions.push_back(p);
    }
    return positions;
}

ModelInputs syntheticInputs(const Model& model, std::uint64_t seed) {
    Rng rng(seed, streamOf("inputs"));
    ModelInputs inputs;
    if (model.task == Task::ImageClassification) {
        inputs.pixels.resize(static_cast<std::size_t>(model.values[model.input].elements()));
        for (float& pixel : inputs.pixels)
            pixel = static_cast<float>(rng.normal());
        return inputs;
    }
    const auto& words = std::get<EmbeddingShape>(model.ops.front().shape);
    inputs.positions = positionsOf(model.sequences);
    for (std::size_t i = 0; i < inputs.positions.size(); ++i) {
        inputs.tokens.push_back(
            static_cast<std::int32_t>(rng.below(static_cast<std::uint64_t>(words.vocabulary))));
        inputs.types.push_back(static_cast<std::int32_t>(rng.below(static_cast<std::uint64_t>(words.types))));
    }
    return inputs;
}

} // namespace orrery::gpu
