// Fused operations by cuDNN's graph interface. The only door to cudnn-frontend, whose headers compile slowly:
// nothing of it is seen from outside.
//
// Plans are offered by cuDNN's heuristics, built in parallel and timed one after the other; the fastest is
// kept.
#pragma once

#include "gpu/cuda/context.h"
#include "gpu/roofline/shapes.h"

#include <cuda_fp16.h>
#include <optional>
#include <string>
#include <vector>

namespace orrery::gpu::cuda {

[[nodiscard]] std::string cudnnVersion();

/// Tensors of an operation by their place: see each maker.
using Tensors = std::vector<void*>;

class CudnnGraph {
  public:
    virtual ~CudnnGraph() = default;
    /// Builds the plans that the heuristics offer; no card work, any thread.
    [[nodiscard]] virtual Expected<void> build() = 0;
    /// Times what was built on these tensors (the output is written over) and keeps the fastest.
    [[nodiscard]] virtual Expected<void> tune(const Context& context, const Tensors& tensors) = 0;
    [[nodiscard]] virtual Expected<void> launch(const Context& context, const Tensors& tensors,
                                                cudaStream_t stream) const = 0;
    [[nodiscard]] virtual double seconds() const = 0; ///< as timed when it was chosen
    [[nodiscard]] virtual std::string method() const = 0;
};

struct ConvolutionGraphShape {
    ConvolutionShape convolution; ///< padding before; `outHeight` × `outWidth` come out
    bool bias = true, residual = false, relu = false;
    bool channelsLast = true; ///< false: NCHW and filters KCRS, and nothing fused
    bool operator==(const ConvolutionGraphShape&) const = default;
};

/// y = relu(conv(x, w) + residual + bias); tensors {x NHWC, w KRSC, y NHWC, bias [K], residual NHWC}, the
/// unused ones left out from the end.
[[nodiscard]] Expected<std::shared_ptr<CudnnGraph>> convolutionGraph(const ConvolutionGraphShape& shape);

/// y = conv(x, w) over NCHW images; tensors {x NCHW, w KCRS, y NCHW}.
[[nodiscard]] std::shared_ptr<CudnnGraph> planarConvolution(const ConvolutionShape& shape);

/// y = GELU(x·wᵀ + bias) with the exact erf; tensors {x [rows, in], w [out, in], y [rows, out], bias [out]}.
[[nodiscard]] Expected<std::shared_ptr<CudnnGraph>> linearGeluGraph(const LinearShape& shape);

struct AttentionGraphShape {
    std::int64_t batch, longest, heads, headSize;
    bool masked = false; ///< lengths differ, and are handed over
    bool packed = false; ///< no rows of padding: offsets are handed over as well
    bool operator==(const AttentionGraphShape&) const = default;
};

/// Tensors {q, y [rows, heads, d], k, v, lengths [B] int32, offsets of q, k, v [B + 1] int32 and of y, in
/// elements}; q, k and v point into one tensor [rows, 3, heads, d].
[[nodiscard]] Expected<std::shared_ptr<CudnnGraph>> attentionGraph(const AttentionGraphShape& shape);

} // namespace orrery::gpu::cuda
