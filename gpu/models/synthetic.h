// Weights and inputs from a seed, for machines without a trained model. Speed does not depend on the weights,
// but for the power that random bits draw.
//
// Each tensor is drawn from its own Philox stream, named by a hash of its name. Scales keep activations in
// the range of fp16 through a hundred layers: convolutions He-scaled, the last batch norm of each block small
// so that the residual sum grows slowly, BERT's matrices of standard deviation 0.02 as in its own
// initialisation. Batch norms have means, variances and gains of their own, so that folding is tested.
#pragma once

#include "gpu/models/model.h"
#include "gpu/models/tensor_source.h"

namespace orrery::gpu {

class SyntheticTensors final : public TensorSource {
  public:
    explicit SyntheticTensors(std::uint64_t seed) : m_seed(seed) {}
    [[nodiscard]] Expected<std::vector<float>> read(const std::string& name,
                                                    std::span<const std::int64_t> shape) const override;

  private:
    std::uint64_t m_seed;
};

/// What a model is fed.
struct ModelInputs {
    std::vector<float> pixels;           ///< [N, 224, 224, 3], normalised; empty for a text model
    std::vector<std::int32_t> tokens;    ///< [rows]; empty for an image model
    std::vector<std::int32_t> types;     ///< [rows]
    std::vector<std::int32_t> positions; ///< [rows], from 0 in each sequence
};

[[nodiscard]] ModelInputs syntheticInputs(const Model& model, std::uint64_t seed);

/// Positions of each row: 0 … S_i − 1 in each sequence, going on through its padding.
[[nodiscard]] std::vector<std::int32_t> positionsOf(const SequenceBatch& sequences);

} // namespace orrery::gpu
