// Convolutions of NCHW images, as programs that never thought of layouts ask cuDNN for them: by its older
// interface, which converts where its kernels want another layout. (Of the graph interface's plans for NCHW,
// those that came out fastest gave wrong answers with cuDNN 9.19.)
#include "gpu/cuda/cudnn_graphs.h"

#include <algorithm>
#include <array>
#include <cudnn.h>
#include <fmt/format.h>

namespace orrery::gpu::cuda {

namespace {

constexpr int kMostAlgorithms = CUDNN_CONVOLUTION_FWD_ALGO_COUNT;

Expected<void> checkedCudnn(cudnnStatus_t status, const char* what) {
    if (status == CUDNN_STATUS_SUCCESS) return {};
    return fail(fmt::format("cuDNN, {}: {}", what, cudnnGetErrorString(status)), ErrorCode::Unsupported);
}

class PlanarConvolution final : public CudnnGraph {
  public:
    explicit PlanarConvolution(const ConvolutionShape& shape) : m_shape(shape) {}
    ~PlanarConvolution() override {
        for (cudnnTensorDescriptor_t tensor : {m_x, m_y})
            if (tensor) cudnnDestroyTensorDescriptor(tensor);
        if (m_w) cudnnDestroyFilterDescriptor(m_w);
        if (m_convolution) cudnnDestroyConvolutionDescriptor(m_convolution);
        if (m_handle) cudnnDestroy(m_handle);
    }

    [[nodiscard]] Expected<void> build() override {
        const ConvolutionShape& s = m_shape;
        const auto i = [](std::int64_t value) { return static_cast<int>(value); };
        for (const cudnnStatus_t status :
             {cudnnCreate(&m_handle), cudnnCreateTensorDescriptor(&m_x), cudnnCreateTensorDescriptor(&m_y),
              cudnnCreateFilterDescriptor(&m_w), cudnnCreateConvolutionDescriptor(&m_convolution),
              cudnnSetTensor4dDescriptor(m_x, CUDNN_TENSOR_NCHW, CUDNN_DATA_HALF, i(s.batch), i(s.inChannels),
                                         i(s.height), i(s.width)),
              cudnnSetTensor4dDescriptor(m_y, CUDNN_TENSOR_NCHW, CUDNN_DATA_HALF, i(s.batch),
                                         i(s.outChannels), i(s.outHeight()), i(s.outWidth())),
              cudnnSetFilter4dDescriptor(m_w, CUDNN_DATA_HALF, CUDNN_TENSOR_NCHW, i(s.outChannels),
                                         i(s.inChannels), i(s.kernel), i(s.kernel)),
              cudnnSetConvolution2dDescriptor(m_convolution, i(s.padding), i(s.padding), i(s.stride),
                                              i(s.stride), 1, 1, CUDNN_CROSS_CORRELATION, CUDNN_DATA_FLOAT),
              cudnnSetConvolutionMathType(m_convolution, CUDNN_TENSOR_OP_MATH)})
            if (auto done = checkedCudnn(status, "description"); !done) return done;
        return {};
    }

    [[nodiscard]] Expected<void> tune(const Context& context, const Tensors& tensors) override {
        std::array<cudnnConvolutionFwdAlgoPerf_t, kMostAlgorithms> offered{};
        const auto found =
            checkedCudnn(cudnnGetConvolutionForwardAlgorithm_v7(m_handle, m_x, m_w, m_convolution, m_y,
                                                                kMostAlgorithms, &m_offered, offered.data()),
                         "algorithms");
        if (!found) return found;
        m_seconds = 1e300;
        cudnnConvolutionFwdAlgoPerf_t best{};
        for (int k = 0; k < m_offered; ++k) {
            m_algorithm = offered[static_cast<std::size_t>(k)];
            if (m_algorithm.status != CUDNN_STATUS_SUCCESS || m_algorithm.memory > Context::kWorkspaceBytes)
                continue;
            const auto seconds =
                context.timeInGraph([&](cudaStream_t stream) { return launch(context, tensors, stream); });
            if (!seconds || *seconds >= m_seconds) continue;
            m_seconds = *seconds, m_rank = k + 1, best = m_algorithm;
        }
        m_algorithm = best;
        if (m_rank == 0) return fail("cuDNN: no algorithm for this convolution runs", ErrorCode::Unsupported);
        return {};
    }

    [[nodiscard]] Expected<void> launch(const Context& context, const Tensors& tensors,
                                        cudaStream_t stream) const override {
        const float one = 1, zero = 0;
        if (auto set = checkedCudnn(cudnnSetStream(m_handle, stream), "stream"); !set) return set;
        return checkedCudnn(cudnnConvolutionForward(m_handle, &one, m_x, tensors[0], m_w, tensors[1],
                                                    m_convolution, m_algorithm.algo, context.workspace(),
                                                    Context::kWorkspaceBytes, &zero, m_y, tensors[2]),
                            "convolution");
    }

    [[nodiscard]] double seconds() const override { return m_seconds; }
    [[nodiscard]] std::string method() const override {
        return fmt::format("cuDNN NCHW {}/{}", m_rank, m_offered);
    }

  private:
    ConvolutionShape m_shape;
    cudnnHandle_t m_handle = nullptr;
    cudnnTensorDescriptor_t m_x = nullptr, m_y = nullptr;
    cudnnFilterDescriptor_t m_w = nullptr;
    cudnnConvolutionDescriptor_t m_convolution = nullptr;
    cudnnConvolutionFwdAlgoPerf_t m_algorithm{};
    double m_seconds = 0;
    int m_rank = 0, m_offered = 0; ///< place of the chosen one, and how many there were
};

} // namespace

std::shared_ptr<CudnnGraph> planarConvolution(const ConvolutionShape& shape) {
    return std::make_shared<PlanarConvolution>(shape);
}

} // namespace orrery::gpu::cuda
