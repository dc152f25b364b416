// Runs a model's operations one after the other with the reference.
#pragma once

#include "gpu/models/device.h"

#include <tbb/task_arena.h>

namespace orrery::gpu {

class ReferenceEngine final : public Engine {
  public:
    ReferenceEngine(const Model& model, ModelWeights weights, const Variant& variant, int threads);

    [[nodiscard]] Expected<void> setInputs(const ModelInputs& inputs) override;
    [[nodiscard]] Expected<std::vector<double>> run(int times) override;
    [[nodiscard]] Expected<std::vector<double>> timeOps(double secondsEach, Progress& progress) override;
    [[nodiscard]] Expected<std::vector<KernelSpan>> timeline() override;
    [[nodiscard]] std::vector<std::string> methods() const override;
    [[nodiscard]] Expected<void> runOp(int op) override;
    [[nodiscard]] Expected<std::vector<float>> readValue(int value) override;
    [[nodiscard]] Expected<void> writeValue(int value, std::span<const float> elements) override;

  private:
    void execute(const Op& op);
    void emptyCaches();
    void passes(const Op& op, std::int64_t rows, std::int64_t width);
    [[nodiscard]] bool isSplit(const Op& op) const { return !m_variant.fused || op.hasBatchNorm(); }
    void dispatch(const Op& op, const ConvolutionShape& shape);
    void dispatch(const Op& op, const MaxPoolShape& shape);
    void dispatch(const Op& op, const AveragePoolShape& shape);
    void dispatch(const Op& op, const LinearShape& shape);
    void dispatch(const Op& op, const EmbeddingShape& shape);
    void dispatch(const Op& op, const LayerNormShape& shape);
    void dispatch(const Op& op, const AttentionShape& shape);
    [[nodiscard]] float* value(int index) { return index < 0 ? nullptr : m_values[index].data(); }
    [[nodiscard]] const float* weight(const Op& op, int i) const { return m_weights[op.weights[i]].data(); }

    Model m_model;
    ModelWeights m_weights;
    Variant m_variant;
    std::vector<float> m_zeros; ///< the bias of a product whose bias is a pass of its own
    ModelInputs m_inputs;
    std::vector<std::vector<float>> m_values; ///< one a value, none shared: the reference may be looked into
    std::vector<float> m_sweep;               ///< read and written between two times of an operation
    tbb::task_arena m_arena;
};

} // namespace orrery::gpu
