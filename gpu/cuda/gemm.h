// y = activation(x·wᵀ + bias) by cuBLASLt, fp16 with fp32 accumulation; of the algorithms that its heuristics
// offer, each is timed and the fastest kept.
#pragma once

#include "gpu/cuda/context.h"

#include <cuda_fp16.h>
#include <string>

namespace orrery::gpu::cuda {

/// cuBLASLt has no exact GELU: BiasGeluErf is our own product's alone.
enum class Epilogue { None, Bias, BiasRelu, BiasGeluTanh, BiasGeluErf };

struct GemmShape {
    std::int64_t rows, in, out;
    Epilogue epilogue = Epilogue::None;
    std::int64_t batch = 1;  ///< as many products, their tensors one behind the other
    bool transposed = false; ///< w is [in, out]
    float scale = 1;         ///< y = scale·x·wᵀ
    bool operator==(const GemmShape&) const = default;
};

struct GemmPointers {
    const __half* x;    ///< [rows, in]
    const __half* w;    ///< [out, in]
    const __half* bias; ///< [out]; null without a bias
    __half* y;          ///< [rows, out]
};

class Gemm {
  public:
    /// Times the candidates on the tensors given, which `y` among them is written over.
    [[nodiscard]] static Expected<std::shared_ptr<Gemm>> tuned(const Context& context, const GemmShape& shape,
                                                               const GemmPointers& pointers);
    ~Gemm();
    Gemm(const Gemm&) = delete;
    Gemm& operator=(const Gemm&) = delete;

    [[nodiscard]] Expected<void> launch(const Context& context, const GemmPointers& pointers,
                                        cudaStream_t stream) const;
    [[nodiscard]] double seconds() const { return m_seconds; } ///< as timed when it was chosen
    [[nodiscard]] std::string method() const;

  private:
    Gemm() = default;
    [[nodiscard]] Expected<void> describe(const GemmShape& shape);
    [[nodiscard]] Expected<void> choose(const Context& context, const GemmPointers& pointers);

    cublasLtMatmulDesc_t m_operation = nullptr;
    cublasLtMatrixLayout_t m_a = nullptr, m_b = nullptr, m_c = nullptr;
    cublasLtMatmulAlgo_t m_algorithm{};
    Epilogue m_epilogue = Epilogue::None;
    float m_scale = 1;
    double m_seconds = 0;
    int m_rank = 0;    ///< place of the chosen one in the heuristics' order
    int m_offered = 0; ///< candidates timed
};

} // namespace orrery::gpu::cuda
