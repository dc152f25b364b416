// Our own kernels: what the libraries lack or do slower than their traffic allows. fp16 tensors, fp32
// arithmetic; widths and channels are multiples of 8, so that every access is 16 bytes. Each returns the
// launch's status.
#pragma once

#include <cstdint>
#include <cuda_fp16.h>
#include <cuda_runtime_api.h>

namespace orrery::gpu::cuda {

/// The stem's 7×7 convolution of stride 2 as a 4×4 one of stride 1 over 2×2 blocks: image [N, H, W, 3] →
/// blocks [N, H/2 + 3, W/2 + 3, 16], each the 12 values of a 2×2 block and 4 zeros, with the padding written
/// out.
cudaError_t stemBlocks(const __half* image, __half* blocks, std::int64_t batch, int height, int width,
                       cudaStream_t stream);

/// The stem of ImageNet's size with bias and ReLU: image [N, 224, 224, 3] → y [N, 112, 112, 64]; the filters
/// as stemFragments() orders them. batch ≤ 65535.
cudaError_t stem(const __half* image, const __half* fragments, const __half* bias, __half* y,
                 std::int64_t batch, cudaStream_t stream);

/// Largest of each 3×3 window, stride 2, padding 1; NHWC.
cudaError_t maxPool(const __half* x, __half* y, std::int64_t batch, int height, int width, int channels,
                    cudaStream_t stream);

/// Mean over the pixels of an image: [N, pixels, C] → [N, C].
cudaError_t averagePool(const __half* x, __half* y, std::int64_t batch, int pixels, int channels,
                        cudaStream_t stream);

/// y = LayerNorm(x + residual): a warp a row, statistics in fp32. residual may be null. width: a multiple of
/// 256, at most 2048.
cudaError_t layerNorm(const __half* x, const __half* residual, const __half* gamma, const __half* beta,
                      __half* y, std::int64_t rows, int width, float epsilon, cudaStream_t stream);

struct EmbeddingPointers {
    const __half *word, *position, *type;           ///< [vocabulary | positions | types, width]
    const __half *gamma, *beta;                     ///< [width]
    const std::int32_t *tokens, *positions, *types; ///< [rows]
};
cudaError_t embedding(const EmbeddingPointers& p, __half* y, std::int64_t rows, int width, float epsilon,
                      cudaStream_t stream);

enum class PointwiseActivation { None, Relu, GeluErf, GeluTanh };
/// In place: y = activation(y).
cudaError_t pointwise(__half* y, PointwiseActivation activation, std::int64_t rows, int width,
                      cudaStream_t stream);

// Passes of the variants that do not fuse; counts are multiples of 8.
/// In place: y = scale·y + shift by channels; scale null: 1. `inner`: elements of a channel one behind the
/// other, 1 for NHWC and H·W for NCHW.
cudaError_t scaleShift(__half* y, const __half* scale, const __half* shift, std::int64_t count, int channels,
                       int inner, cudaStream_t stream);
/// y = a + b
cudaError_t sum(const __half* a, const __half* b, __half* y, std::int64_t count, cudaStream_t stream);
/// The pools in NCHW: planes are N·C.
cudaError_t maxPoolPlanes(const __half* x, __half* y, std::int64_t planes, int height, int width,
                          cudaStream_t stream);
cudaError_t averagePlanes(const __half* x, __half* y, std::int64_t planes, int pixels, cudaStream_t stream);

/// Attention through memory: split, product, softmax, product, merge.
struct HeadLayout {
    int batch, longest, heads, headSize; ///< headSize: a multiple of 8
    bool packed;
    const std::int32_t* lengths;    ///< [B]
    const std::int32_t* inOffsets;  ///< [B + 1] of q, k and v, in elements
    const std::int32_t* outOffsets; ///< [B + 1] of the result, in elements
};
/// Rows [.., 3, heads, d] → three tensors [B, heads, S, d] one behind the other, zeros where there is no
/// token.
cudaError_t splitHeads(const __half* qkv, __half* split, const HeadLayout& l, cudaStream_t stream);
/// In place, over rows of [B, heads, S, S].
cudaError_t softmax(__half* scores, const HeadLayout& l, cudaStream_t stream);
/// [B, heads, S, d] → rows [.., heads, d]; rows of padding become zeros.
cudaError_t mergeHeads(const __half* context, __half* y, const HeadLayout& l, cudaStream_t stream);

/// Standard normal numbers from a counter: element i depends on seed and i alone.
cudaError_t fillNormal(__half* y, std::int64_t count, std::uint32_t seed, cudaStream_t stream);

// For the ceilings. `sink`: one float that is written when it would change, so that nothing is left out.
cudaError_t readAll(const void* bytes, std::int64_t count, int passes, float* sink, cudaStream_t stream);
/// Multiply-adds on eight chains a thread; returns how many flops were launched through `flops`.
cudaError_t multiplyAdds(int blocks, int steps, float* sink, double* flops, cudaStream_t stream);
cudaError_t nothing(cudaStream_t stream);

} // namespace orrery::gpu::cuda
