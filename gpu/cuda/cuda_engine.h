// A model on one card: values in one arena whose pieces share bytes when their lives do not overlap, weights
// in fp16, one launch an operation, the whole forward captured as one CUDA graph.
#pragma once

#include "gpu/cuda/plans.h"
#include "gpu/models/device.h"

namespace orrery::gpu::cuda {

class CudaEngine final : public Engine {
  public:
    [[nodiscard]] static Expected<std::unique_ptr<Engine>> create(Context& context, Plans& plans,
                                                                  const Model& model,
                                                                  const ModelWeights& weights,
                                                                  const Variant& variant, Progress& progress);
    ~CudaEngine() override;
    CudaEngine(const CudaEngine&) = delete;
    CudaEngine& operator=(const CudaEngine&) = delete;

    [[nodiscard]] Expected<void> setInputs(const ModelInputs& inputs) override;
    [[nodiscard]] Expected<std::vector<double>> run(int times) override;
    [[nodiscard]] Expected<std::vector<double>> timeOps(double secondsEach, Progress& progress) override;
    [[nodiscard]] Expected<std::vector<KernelSpan>> timeline() override;
    [[nodiscard]] std::vector<std::string> methods() const override;
    [[nodiscard]] Expected<void> runOp(int op) override;
    [[nodiscard]] Expected<std::vector<float>> readValue(int value) override;
    [[nodiscard]] Expected<void> writeValue(int value, std::span<const float> elements) override;

  private:
    friend class EngineBuilder;
    struct Step {
        Launch launch;
        std::string method;
    };

    CudaEngine(Context& context, const Model& model, const Variant& variant)
        : m_context(context), m_model(model), m_variant(variant) {}
    [[nodiscard]] Expected<void> launchAll(cudaStream_t stream) const;
    [[nodiscard]] Expected<void> needEvents(int count);
    [[nodiscard]] __half* value(int index) const;
    /// The operation of each kernel, in the order of their launches.
    [[nodiscard]] Expected<std::vector<int>> ownersOfKernels() const;
    [[nodiscard]] bool hasPlanes() const {
        return !m_variant.channelsLast && m_model.task == Task::ImageClassification;
    }

    Context& m_context;
    Model m_model;
    Variant m_variant;
    Buffer m_values, m_weights, m_integers,
        m_flush; ///< m_integers: tokens, positions, types, lengths, offsets
    std::vector<std::size_t> m_valueOffsets, m_weightOffsets;
    std::vector<Step> m_steps; ///< one an operation
    Graph m_graph;
    std::vector<cudaEvent_t> m_events;
};

} // namespace orrery::gpu::cuda
