// Makes an engine: lays out memory, uploads weights, and chooses for each operation the fastest way to do it.
#pragma once

#include "gpu/cuda/cuda_engine.h"

namespace orrery::gpu::cuda {

/// One behind the other, up to the first that fails.
[[nodiscard]] Launch inOrder(std::vector<Launch> launches);

class EngineBuilder {
  public:
    EngineBuilder(Context& context, Plans& plans, const Model& model, const ModelWeights& weights,
                  const Variant& variant, Progress& progress);
    [[nodiscard]] Expected<std::unique_ptr<Engine>> build();

  private:
    using Step = CudaEngine::Step;
    struct TimedStep {
        Step step;
        double seconds;
    };

    // Memory.
    [[nodiscard]] Expected<void> layOutValues();
    [[nodiscard]] Expected<void> uploadWeights();
    [[nodiscard]] Expected<void> uploadSequences();

    // Steps.
    [[nodiscard]] Expected<void> buildGraphs();
    [[nodiscard]] Expected<void> addSteps();
    [[nodiscard]] Expected<Step> step(const Op& op, const ConvolutionShape& shape);
    [[nodiscard]] Expected<Step> step(const Op& op, const MaxPoolShape& shape);
    [[nodiscard]] Expected<Step> step(const Op& op, const AveragePoolShape& shape);
    [[nodiscard]] Expected<Step> step(const Op& op, const LinearShape& shape);
    [[nodiscard]] Expected<Step> step(const Op& op, const EmbeddingShape& shape);
    [[nodiscard]] Expected<Step> step(const Op& op, const LayerNormShape& shape);
    [[nodiscard]] Expected<Step> step(const Op& op, const AttentionShape& shape);

    /// GELU with the exact erf, which cuBLASLt has no epilogue for.
    [[nodiscard]] bool wantsErfGraph(const Op& op) const;
    [[nodiscard]] ConvolutionGraphShape graphShapeOf(const Op& op, const ConvolutionShape& shape) const;
    [[nodiscard]] bool isStem(const Op& op) const;
    [[nodiscard]] bool wantsFusedAttention() const;
    [[nodiscard]] std::size_t attentionScratchBytes() const;
    /// Our own kernel where there is one and it beats the other way.
    [[nodiscard]] Step fasterStem(const Op& op, const ConvolutionShape& shape, const Step& other);
    [[nodiscard]] Expected<Step> attentionThroughMemory(const Op& op, const AttentionShape& shape);
    [[nodiscard]] AttentionGraphShape graphShapeOf(const AttentionShape& shape) const;
    [[nodiscard]] Tensors attentionTensors(const Op& op, const AttentionShape& shape) const;
    [[nodiscard]] Expected<std::shared_ptr<Gemm>> gemm(const GemmShape& shape, const GemmPointers& pointers);
    /// The product with the activation as a pass behind it where cuBLASLt has no epilogue for it.
    [[nodiscard]] Expected<TimedStep> productByLibrary(const Op& op, const LinearShape& shape,
                                                       const GemmPointers& pointers);
    [[nodiscard]] Expected<TimedStep> productByGraph(const LinearShape& shape, const GemmPointers& pointers);
    [[nodiscard]] Expected<TimedStep> productByOwnKernel(const GemmShape& shape,
                                                         const GemmPointers& pointers);
    [[nodiscard]] GemmShape ownShapeOf(const Op& op, const LinearShape& shape) const;
    [[nodiscard]] Expected<void> tuneOnce(CudnnGraph& graph, const Tensors& tensors);
    /// Scale and shift, residual, activation: a pass each over what lies in the output.
    [[nodiscard]] std::vector<Launch> passes(const Op& op, std::int64_t rows, std::int64_t width) const;
    [[nodiscard]] Launch activationPass(const Op& op, std::int64_t rows, std::int64_t width) const;
    [[nodiscard]] const __half* weight(const Op& op, std::size_t i) const;
    [[nodiscard]] __half* value(int index) const { return m_engine->value(index); }
    [[nodiscard]] const std::int32_t* integers(std::size_t list) const;

    Context& m_context;
    Plans& m_plans;
    const Model& m_model;
    const ModelWeights& m_source;
    Progress& m_progress;
    std::unique_ptr<CudaEngine> m_engine;
    std::size_t m_stemOffset = 0; ///< of the stem's blocks, among the values
    std::size_t m_stemWeights = 0, m_stemFragments = 0;
    std::size_t m_attentionOffset = 0; ///< of what attention through memory needs, among the values
};

} // namespace orrery::gpu::cuda
