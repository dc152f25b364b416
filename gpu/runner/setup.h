// From a request to a model with its weights and inputs.
#pragma once

#include "gpu/models/device.h"
#include "gpu/protocol/messages.h"

namespace orrery::gpu {

/// Lengths drawn from the seed when `meanFill` is below 1, else all S.
[[nodiscard]] Expected<SequenceBatch> sequencesOf(const BenchRequest& request);
[[nodiscard]] Expected<Model> modelOf(const BenchRequest& request);
[[nodiscard]] Expected<ModelWeights> weightsOf(const Model& model, const BenchRequest& request);
[[nodiscard]] Expected<Variant> variantOf(const BenchRequest& request);
/// What is wrong with a request, told before anything is measured for it: model, shapes, variant, a file of
/// weights.
[[nodiscard]] Expected<void> checkRequest(const BenchRequest& request);
/// Where the weights come from, for people: the path, or "drawn from seed 1".
[[nodiscard]] std::string weightsNameOf(const BenchRequest& request);

} // namespace orrery::gpu
