#include "gpu/cuda/gemm.h"

#include <array>
#include <fmt/format.h>

namespace orrery::gpu::cuda {

namespace {

constexpr int kCandidates = 24;

// cuBLASLt counts in columns: yᵀ [out × rows] = w [in × out, transposed] · xᵀ [in × rows]. So the bias runs
// along the rows of its result, as its epilogues want it.
constexpr float kZero = 0.f;

cublasLtEpilogue_t epilogueOf(Epilogue epilogue) {
    switch (epilogue) {
    case Epilogue::Bias:
        return CUBLASLT_EPILOGUE_BIAS;
    case Epilogue::BiasRelu:
        return CUBLASLT_EPILOGUE_RELU_BIAS;
    case Epilogue::BiasGeluTanh:
        return CUBLASLT_EPILOGUE_GELU_BIAS;
    case Epilogue::None:
    case Epilogue::BiasGeluErf:
        break;
    }
    return CUBLASLT_EPILOGUE_DEFAULT;
}

template <class T>
Expected<void> setAttribute(cublasLtMatmulDesc_t operation, cublasLtMatmulDescAttributes_t key,
                            const T& value) {
    return checked(cublasLtMatmulDescSetAttribute(operation, key, &value, sizeof value),
                   "cuBLASLt attribute");
}

Expected<int> offered(const Context& context, cublasLtMatmulDesc_t operation, cublasLtMatrixLayout_t a,
                      cublasLtMatrixLayout_t b, cublasLtMatrixLayout_t c,
                      std::array<cublasLtMatmulHeuristicResult_t, kCandidates>& results) {
    cublasLtMatmulPreference_t preference = nullptr;
    auto made = checked(cublasLtMatmulPreferenceCreate(&preference), "cuBLASLt preference");
    const std::size_t workspace = Context::kWorkspaceBytes;
    int count = 0;
    if (made)
        made = firstError(
            {checked(cublasLtMatmulPreferenceSetAttribute(
                         preference, CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES, &workspace, sizeof workspace),
                     "cuBLASLt workspace"),
             checked(cublasLtMatmulAlgoGetHeuristic(context.blas(), operation, a, b, c, c, preference,
                                                    kCandidates, results.data(), &count),
                     "cuBLASLt heuristics")});
    if (preference) cublasLtMatmulPreferenceDestroy(preference);
    if (!made) return tl::unexpected(made.error());
    return count;
}

} // namespace

Gemm::~Gemm() {
    if (m_operation) cublasLtMatmulDescDestroy(m_operation);
    for (cublasLtMatrixLayout_t layout : {m_a, m_b, m_c})
        if (layout) cublasLtMatrixLayoutDestroy(layout);
}

Expected<void> Gemm::describe(const GemmShape& s) {
    m_epilogue = s.epilogue;
    m_scale = s.scale;
    const auto layout = [&](cublasLtMatrixLayout_t* to, std::int64_t rows, std::int64_t columns) {
        const std::int64_t stride = rows * columns;
        const auto batch = static_cast<std::int32_t>(s.batch);
        return firstError(
            {checked(cublasLtMatrixLayoutCreate(to, CUDA_R_16F, static_cast<std::uint64_t>(rows),
                                                static_cast<std::uint64_t>(columns), rows),
                     "cuBLASLt layout"),
             checked(cublasLtMatrixLayoutSetAttribute(*to, CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT, &batch,
                                                      sizeof batch),
                     "cuBLASLt batch"),
             checked(cublasLtMatrixLayoutSetAttribute(*to, CUBLASLT_MATRIX_LAYOUT_STRIDED_BATCH_OFFSET,
                                                      &stride, sizeof stride),
                     "cuBLASLt stride")});
    };
    const auto created =
        checked(cublasLtMatmulDescCreate(&m_operation, CUBLAS_COMPUTE_32F, CUDA_R_32F), "cuBLASLt");
    if (!created) return created;
    const auto weights = s.transposed ? layout(&m_a, s.out, s.in) : layout(&m_a, s.in, s.out);
    return firstError(
        {setAttribute(m_operation, CUBLASLT_MATMUL_DESC_TRANSA, s.transposed ? CUBLAS_OP_N : CUBLAS_OP_T),
         setAttribute(m_operation, CUBLASLT_MATMUL_DESC_EPILOGUE, epilogueOf(s.epilogue)), weights,
         layout(&m_b, s.in, s.rows), layout(&m_c, s.out, s.rows)});
}

Expected<void> Gemm::launch(const Context& context, const GemmPointers& p, cudaStream_t stream) const {
    if (m_epilogue != Epilogue::None)
        if (auto set = setAttribute(m_operation, CUBLASLT_MATMUL_DESC_BIAS_POINTER,
                                    static_cast<const void*>(p.bias));
            !set)
            return set;
    return checked(cublasLtMatmul(context.blas(), m_operation, &m_scale, p.w, m_a, p.x, m_b, &kZero, p.y, m_c,
                                  p.y, m_c, &m_algorithm, context.workspace(), Context::kWorkspaceBytes,
                                  stream),
                   "cuBLASLt product");
}

Expected<void> Gemm::choose(const Context& context, const GemmPointers& pointers) {
    std::array<cublasLtMatmulHeuristicResult_t, kCandidates> results{};
    const auto count = offered(context, m_operation, m_a, m_b, m_c, results);
    if (!count) return tl::unexpected(count.error());
    m_offered = *count;
    m_seconds = 1e300;
    cublasLtMatmulAlgo_t best{};
    for (int i = 0; i < *count; ++i) {
        if (results[i].state != CUBLAS_STATUS_SUCCESS) continue;
        m_algorithm = results[i].algo;
        const auto seconds =
            context.timeInGraph([&](cudaStream_t stream) { return launch(context, pointers, stream); });
        if (!seconds || *seconds >= m_seconds) continue;
        m_seconds = *seconds;
        m_rank = i + 1;
        best = m_algorithm;
    }
    m_algorithm = best;
    if (m_rank == 0) return fail("cuBLASLt offers no algorithm for this product", ErrorCode::Unsupported);
    return {};
}

Expected<std::shared_ptr<Gemm>> Gemm::tuned(const Context& context, const GemmShape& shape,
                                            const GemmPointers& pointers) {
    std::shared_ptr<Gemm> gemm(new Gemm);
    if (const auto described = gemm->describe(shape); !described) return tl::unexpected(described.error());
    // The heuristics look at the alignment of the bias.
    if (shape.epilogue != Epilogue::None)
        if (const auto set = setAttribute(gemm->m_operation, CUBLASLT_MATMUL_DESC_BIAS_POINTER,
                                          static_cast<const void*>(pointers.bias));
            !set)
            return tl::unexpected(set.error());
    if (const auto chosen = gemm->choose(context, pointers); !chosen) return tl::unexpected(chosen.error());
    return gemm;
}

std::string Gemm::method() const {
    return fmt::format("cuBLASLt {}/{}", m_rank, m_offered);
}

} // namespace orrery::gpu::cuda
