// Every operation in fp32 on the processor: the reference that other devices are checked against, and what
// runs where there is no GPU. Rows are spread over oneTBB's threads; each output is summed by one thread in a
// fixed order, so the number of threads cannot change an answer.
//
// Tensors are row-major: activations [rows, channels] (images N·H·W rows), weights [out, in] or [K, R·S·C].
#pragma once

#include "gpu/models/device.h"

namespace orrery::gpu::reference {

/// y = activation(conv(x, w) + bias + residual); im2col by row tiles, then Eigen's product.
/// x [N·H·W, C], w [K, R·S·C], bias [K], residual null or [N·P·Q, K], y [N·P·Q, K].
void convolution(const ConvolutionShape& shape, const float* x, const float* w, const float* bias,
                 const float* residual, Activation activation, float* y);

/// y = activation(x·wᵀ + bias); x [rows, in], w [out, in], bias [out], y [rows, out].
void linear(const LinearShape& shape, const float* x, const float* w, const float* bias,
            Activation activation, Gelu gelu, float* y);

// The same, a pass each, for variants that do not fuse. In place, y [rows, width].
/// y = scale·y + shift by columns; scale null: 1.
void scaleAndShift(std::int64_t rows, std::int64_t width, const float* scale, const float* shift, float* y);
void add(std::int64_t count, const float* x, float* y);
void activate(std::int64_t count, Activation activation, Gelu gelu, float* y);

void maxPool(const MaxPoolShape& shape, const float* x, float* y);
void averagePool(const AveragePoolShape& shape, const float* x, float* y);

/// y = LayerNorm(x + residual); residual null or [rows, width].
void layerNorm(const LayerNormShape& shape, const float* x, const float* residual, const float* gamma,
               const float* beta, float* y);

struct EmbeddingTables {
    const float *word, *position, *type; ///< [vocabulary | positions | types, width]
    const float *gamma, *beta;           ///< [width]
};
void embedding(const EmbeddingShape& shape, const EmbeddingTables& tables, const ModelInputs& inputs,
               float* y);

/// qkv [rows, 3, heads, d] → y [rows, heads, d]. Rows of padding come out as zeros and are never looked at.
void attention(const AttentionShape& shape, const SequenceBatch& sequences, const float* qkv, float* y);

[[nodiscard]] float geluErf(float x);  ///< x·Φ(x)
[[nodiscard]] float geluTanh(float x); ///< ½x(1 + tanh(√(2/π)(x + 0.044715x³)))

} // namespace orrery::gpu::reference
