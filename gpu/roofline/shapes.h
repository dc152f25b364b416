// The shapes of the operations that models are made of. Tensors are rows × channels, images NHWC; a linear
// layer's weight is [out, in], a convolution's [K, R, S, C]; all counts are of elements.
#pragma once

#include <cstdint>
#include <variant>

namespace orrery::gpu {

/// y[n,p,q,k] = Σ_{r,s,c} x[n, p·stride + r − padding, q·stride + s − padding, c] · w[k,r,s,c]
struct ConvolutionShape {
    std::int64_t batch, height, width, inChannels, outChannels;
    std::int64_t kernel, stride, padding; ///< square

    [[nodiscard]] std::int64_t outHeight() const { return (height + 2 * padding - kernel) / stride + 1; }
    [[nodiscard]] std::int64_t outWidth() const { return (width + 2 * padding - kernel) / stride + 1; }
    /// Rows of the product that the convolution is: N·P·Q.
    [[nodiscard]] std::int64_t rows() const { return batch * outHeight() * outWidth(); }
    /// Terms of each sum: R·S·C.
    [[nodiscard]] std::int64_t depth() const { return kernel * kernel * inChannels; }
    bool operator==(const ConvolutionShape&) const = default;
};

/// Largest value of each window; what lies outside the image is never the largest.
struct MaxPoolShape {
    std::int64_t batch, height, width, channels;
    std::int64_t kernel, stride, padding;

    [[nodiscard]] std::int64_t outHeight() const { return (height + 2 * padding - kernel) / stride + 1; }
    [[nodiscard]] std::int64_t outWidth() const { return (width + 2 * padding - kernel) / stride + 1; }
    bool operator==(const MaxPoolShape&) const = default;
};

/// Mean over height × width: [N,H,W,C] → [N,C].
struct AveragePoolShape {
    std::int64_t batch, height, width, channels;
    bool operator==(const AveragePoolShape&) const = default;
};

/// y = x·Wᵀ + b: [rows, in] → [rows, out].
struct LinearShape {
    std::int64_t rows, inFeatures, outFeatures;
    bool operator==(const LinearShape&) const = default;
};

/// LayerNorm(word[token] + position[place] + type[segment]): → [rows, width].
struct EmbeddingShape {
    std::int64_t rows, width;
    std::int64_t vocabulary, positions, types;
    float epsilon = 1e-12f;
    bool operator==(const EmbeddingShape&) const = default;
};

/// y = γ·(x − mean)/√(variance + ε) + β over each row of x (+ residual).
struct LayerNormShape {
    std::int64_t rows, width;
    float epsilon = 1e-12f;
    bool operator==(const LayerNormShape&) const = default;
};

/// softmax(Q·Kᵀ/√d)·V for each sequence and head, from packed rows [rows, 3, heads, d] to [rows, heads, d].
struct AttentionShape {
    std::int64_t rows;
    std::int64_t heads, headSize;
    std::int64_t pairs; ///< Σ S_i² of what is computed, padding included where there is any
    bool operator==(const AttentionShape&) const = default;
};

using OpShape = std::variant<ConvolutionShape, MaxPoolShape, AveragePoolShape, LinearShape, EmbeddingShape,
                             LayerNormShape, AttentionShape>;

} // namespace orrery::gpu
