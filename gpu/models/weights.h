// A model's weights in the form that its operations want: batch norms folded, Q, K and V stacked, all fp32.
#pragma once

#include "gpu/models/model.h"
#include "gpu/models/tensor_source.h"

namespace orrery::gpu {

inline constexpr double kBatchNormEpsilon = 1e-5;

/// One vector a WeightSpec, row-major; convolutions [K, R, S, C].
using ModelWeights = std::vector<std::vector<float>>;

/// Folds in double and rounds once to fp32.
[[nodiscard]] Expected<ModelWeights> loadWeights(const Model& model, const TensorSource& source);

} // namespace orrery::gpu
