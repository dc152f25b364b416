// LayerNorm and embeddings: a warp holds a row in registers, so that it is read once and written once.
#include "gpu/cuda/kernels.h"
#include "gpu/cuda/vector.cuh"

namespace orrery::gpu::cuda {

namespace {

constexpr int kWarp = 32;
constexpr int kRowsPerBlock = 4;

__device__ float sumOfWarp(float value) {
#pragma unroll
    for (int offset = kWarp / 2; offset > 0; offset /= 2)
        value += __shfl_xor_sync(0xffffffffu, value, offset);
    return value;
}

__device__ void add(float (&to)[8], const Half8& more) {
    float f[8];
    toFloats(more, f);
#pragma unroll
    for (int i = 0; i < 8; ++i)
        to[i] += f[i];
}

/// Vectors vector·32 + lane of the row. Mean first, then the squares of the differences: no cancellation.
template <int kVectors>
__device__ void normaliseAndStore(float (&x)[kVectors][8], const Half8 (&gamma)[kVectors],
                                  const Half8 (&beta)[kVectors], Half8* y, int lane, float epsilon) {
    constexpr float kScale = 1.f / (kVectors * kWarp * 8);
    float sum = 0, squares = 0;
#pragma unroll
    for (int v = 0; v < kVectors; ++v)
        for (int i = 0; i < 8; ++i)
            sum += x[v][i];
    const float mean = sumOfWarp(sum) * kScale;
#pragma unroll
    for (int v = 0; v < kVectors; ++v)
        for (int i = 0; i < 8; ++i)
            squares += (x[v][i] - mean) * (x[v][i] - mean);
    const float scale = rsqrtf(sumOfWarp(squares) * kScale + epsilon);
#pragma unroll
    for (int v = 0; v < kVectors; ++v) {
        float g[8], b[8];
        toFloats(gamma[v], g);
        toFloats(beta[v], b);
#pragma unroll
        for (int i = 0; i < 8; ++i)
            x[v][i] = (x[v][i] - mean) * scale * g[i] + b[i];
        y[v * kWarp + lane] = toHalves(x[v]);
    }
}

template <int kVectors>
__device__ void loadRow(Half8 (&to)[kVectors], const Half8* row, int lane) {
#pragma unroll
    for (int v = 0; v < kVectors; ++v)
        to[v] = row[v * kWarp + lane];
}

template <int kVectors>
__global__ void layerNormKernel(const Half8* x, const Half8* residual, const Half8* gamma, const Half8* beta,
                                Half8* y, std::int64_t rows, float epsilon) {
    const int lane = threadIdx.x;
    const std::int64_t row = std::int64_t{blockIdx.x} * kRowsPerBlock + threadIdx.y;
    if (row >= rows) return;
    const std::int64_t first = row * kVectors * kWarp;
    // All loads before the first number is used.
    Half8 halves[kVectors], more[kVectors]{}, scale[kVectors], shift[kVectors];
    loadRow(halves, x + first, lane);
    if (residual) loadRow(more, residual + first, lane);
    loadRow(scale, gamma, lane);
    loadRow(shift, beta, lane);
    float values[kVectors][8];
#pragma unroll
    for (int v = 0; v < kVectors; ++v) {
        toFloats(halves[v], values[v]);
        add(values[v], more[v]);
    }
    normaliseAndStore<kVectors>(values, scale, shift, y + first, lane, epsilon);
}

template <int kVectors>
__global__ void embeddingKernel(EmbeddingPointers p, Half8* y, std::int64_t rows, float epsilon) {
    const int lane = threadIdx.x;
    const std::int64_t row = std::int64_t{blockIdx.x} * kRowsPerBlock + threadIdx.y;
    if (row >= rows) return;
    constexpr int kRow = kVectors * kWarp;
    const Half8* word = reinterpret_cast<const Half8*>(p.word) + std::int64_t{p.tokens[row]} * kRow;
    const Half8* position =
        reinterpret_cast<const Half8*>(p.position) + std::int64_t{p.positions[row]} * kRow;
    const Half8* type = reinterpret_cast<const Half8*>(p.type) + std::int64_t{p.types[row]} * kRow;
    float values[kVectors][8];
#pragma unroll
    for (int v = 0; v < kVectors; ++v) {
        toFloats(word[v * kWarp + lane], values[v]);
        add(values[v], position[v * kWarp + lane]);
        add(values[v], type[v * kWarp + lane]);
    }
    Half8 scale[kVectors], shift[kVectors];
    loadRow(scale, reinterpret_cast<const Half8*>(p.gamma), lane);
    loadRow(shift, reinterpret_cast<const Half8*>(p.beta), lane);
    normaliseAndStore<kVectors>(values, scale, shift, y + row * kRow, lane, epsilon);
}

/// Calls `body` with the width in vectors a lane as a constant.
template <class Body>
cudaError_t withVectors(int width, const Body& body) {
    switch (width) {
    case 256:
        return body(std::integral_constant<int, 1>());
    case 512:
        return body(std::integral_constant<int, 2>());
    case 768:
        return body(std::integral_constant<int, 3>());
    case 1024:
        return body(std::integral_constant<int, 4>());
    case 2048:
        return body(std::integral_constant<int, 8>());
    default:
        return cudaErrorInvalidValue;
    }
}

const dim3 kBlock(kWarp, kRowsPerBlock);

} // namespace

cudaError_t layerNorm(const __half* x, const __half* residual, const __half* gamma, const __half* beta,
                      __half* y, std::int64_t rows, int width, float epsilon, cudaStream_t stream) {
    const auto vectors = [](const __half* p) { return reinterpret_cast<const Half8*>(p); };
    return withVectors(width, [&](auto count) {
        layerNormKernel<count()><<<blocksFor(rows, kRowsPerBlock), kBlock, 0, stream>>>(
            vectors(x), vectors(residual), vectors(gamma), vectors(beta), reinterpret_cast<Half8*>(y), rows,
            epsilon);
        return cudaGetLastError();
    });
}

cudaError_t embedding(const EmbeddingPointers& p, __half* y, std::int64_t rows, int width, float epsilon,
                      cudaStream_t stream) {
    return withVectors(width, [&](auto count) {
        embeddingKernel<count()><<<blocksFor(rows, kRowsPerBlock), kBlock, 0, stream>>>(
            p, reinterpret_cast<Half8*>(y), rows, epsilon);
        return cudaGetLastError();
    });
}

} // namespace orrery::gpu::cuda
