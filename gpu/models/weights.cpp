#include "gpu/models/weights.h"

#include <cmath>
#include <tbb/parallel_for.h>

namespace orrery::gpu {

namespace {

using Values = std::vector<float>;

/// What a batch norm does to channel k: y = scale[k]·x + shift[k].
struct Affine {
    std::vector<double> scale, shift;
};

Expected<Affine> affineOf(const std::string& norm, std::int64_t channels, const TensorSource& source) {
    Values parts[4];
    const char* const names[4] = {".weight", ".bias", ".running_mean", ".running_var"};
    for (int i = 0; i < 4; ++i) {
        auto values = source.read(norm + names[i], std::span(&channels, 1));
        if (!values) return tl::unexpected(values.error());
        parts[i] = std::move(*values);
    }
    Affine affine;
    for (std::size_t k = 0; k < static_cast<std::size_t>(channels); ++k) {
        affine.scale.push_back(parts[0][k] / std::sqrt(double{parts[3][k]} + kBatchNormEpsilon));
        affine.shift.push_back(parts[1][k] - parts[2][k] * affine.scale.back());
    }
    return affine;
}

/// [K, C, R, S] → [K, R, S, C], each filter times its scale.
Values filtersOf(const Values& oihw, const std::vector<std::int64_t>& shape,
                 const std::vector<double>& scale) {
    const std::int64_t channels = shape[1], taps = shape[2] * shape[3];
    Values out(oihw.size());
    for (std::int64_t k = 0; k < shape[0]; ++k)
        for (std::int64_t c = 0; c < channels; ++c)
            for (std::int64_t t = 0; t < taps; ++t)
                out[(k * taps + t) * channels + c] =
                    static_cast<float>(oihw[(k * channels + c) * taps + t] * scale[k]);
    return out;
}

Expected<Values> folded(const WeightSpec& spec, const TensorSource& source) {
    const auto affine = affineOf(spec.sources.back(), spec.shape[0], source);
    if (!affine) return tl::unexpected(affine.error());
    if (spec.kind == WeightKind::FoldedBias) return Values(affine->shift.begin(), affine->shift.end());
    if (spec.kind == WeightKind::BatchNormScale) return Values(affine->scale.begin(), affine->scale.end());
    const auto filters = source.read(spec.sources[0] + ".weight", spec.shape);
    if (!filters) return tl::unexpected(filters.error());
    return filtersOf(*filters, spec.shape, affine->scale);
}

Expected<Values> stacked(const WeightSpec& spec, const TensorSource& source) {
    std::vector<std::int64_t> shape = spec.shape;
    shape[0] /= static_cast<std::int64_t>(spec.sources.size());
    Values all;
    for (const std::string& name : spec.sources) {
        const auto part = source.read(name, shape);
        if (!part) return tl::unexpected(part.error());
        all.insert(all.end(), part->begin(), part->end());
    }
    return all;
}

Expected<Values> unfolded(const WeightSpec& spec, const TensorSource& source) {
    const auto filters = source.read(spec.sources[0] + ".weight", spec.shape);
    if (!filters) return tl::unexpected(filters.error());
    return filtersOf(*filters, spec.shape, std::vector<double>(static_cast<std::size_t>(spec.shape[0]), 1.0));
}

Expected<Values> loadOne(const WeightSpec& spec, const TensorSource& source) {
    if (spec.kind == WeightKind::Plain) return source.read(spec.sources[0], spec.shape);
    if (spec.kind == WeightKind::Stacked) return stacked(spec, source);
    if (spec.kind == WeightKind::Convolution) return unfolded(spec, source);
    return folded(spec, source);
}

} // namespace

Expected<ModelWeights> loadWeights(const Model& model, const TensorSource& source) {
    std::vector<Expected<Values>> loaded(model.weights.size());
    tbb::parallel_for(std::size_t{0}, loaded.size(),
                      [&](std::size_t i) { loaded[i] = loadOne(model.weights[i], source); });
    ModelWeights weights;
    for (auto& values : loaded) {
        if (!values) return tl::unexpected(values.error());
        weights.push_back(std::move(*values));
    }
    return weights;
}

} // namespace orrery::gpu
