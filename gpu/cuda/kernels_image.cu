// The stem's blocks, pooling, and activations as passes.
#include "gpu/cuda/gelu.h"
#include "gpu/cuda/kernels.h"
#include "gpu/cuda/vector.cuh"

namespace orrery::gpu::cuda {

namespace {

constexpr int kThreads = 256;

/// One thread a block of 2×2 pixels: 12 values and 4 zeros. With r' = r + 1 the 7×7 filter becomes 8×8 with
/// an empty first row and column, so output p sees blocks p − 2 … p + 1: two blocks of padding before, one
/// after.
__global__ void stemBlocksKernel(const __half* image, Half8* blocks, std::int64_t count, int height,
                                 int width) {
    const std::int64_t index = std::int64_t{blockIdx.x} * kThreads + threadIdx.x;
    if (index >= count) return;
    const int columns = width / 2 + 3, lines = height / 2 + 3;
    const int bx = static_cast<int>(index % columns) - 2, by = static_cast<int>(index / columns % lines) - 2;
    const std::int64_t n = index / columns / lines;
    alignas(16) __half values[16];
#pragma unroll
    for (int i = 0; i < 16; ++i)
        values[i] = __float2half(0.f);
    if (bx >= 0 && by >= 0 && bx < width / 2 && by < height / 2)
#pragma unroll
        for (int line = 0; line < 2; ++line) {
            const __half* from = image + ((n * height + 2 * by + line) * width + 2 * bx) * 3;
#pragma unroll
            for (int i = 0; i < 6; ++i)
                values[line * 6 + i] = from[i];
        }
    blocks[2 * index] = *reinterpret_cast<const Half8*>(values);
    blocks[2 * index + 1] = *reinterpret_cast<const Half8*>(values + 8);
}

__global__ void maxPoolKernel(const Half8* x, Half8* y, std::int64_t count, int height, int width,
                              int vectors) {
    const std::int64_t index = std::int64_t{blockIdx.x} * kThreads + threadIdx.x;
    if (index >= count) return;
    const int c = static_cast<int>(index % vectors), q = static_cast<int>(index / vectors % (width / 2));
    const std::int64_t line = index / vectors / (width / 2); // n · P + p
    const int p = static_cast<int>(line % (height / 2));
    const std::int64_t n = line / (height / 2);
    const std::uint32_t lowest = wordOf(__float2half2_rn(-65504.f));
    Half8 best{{lowest, lowest, lowest, lowest}};
#pragma unroll
    for (int r = 0; r < 3; ++r)
#pragma unroll
        for (int t = 0; t < 3; ++t) {
            const int h = 2 * p + r - 1, w = 2 * q + t - 1;
            if (h < 0 || h >= height || w < 0 || w >= width) continue;
            const Half8 v = x[((n * height + h) * width + w) * vectors + c];
#pragma unroll
            for (int i = 0; i < 4; ++i)
                best.words[i] = wordOf(__hmax2(pairOf(best.words[i]), pairOf(v.words[i])));
        }
    y[index] = best;
}

__global__ void averagePoolKernel(const Half8* x, Half8* y, std::int64_t count, int pixels, int vectors) {
    const std::int64_t index = std::int64_t{blockIdx.x} * kThreads + threadIdx.x;
    if (index >= count) return;
    const Half8* from = x + index / vectors * pixels * vectors + index % vectors;
    float sum[8] = {};
    for (int i = 0; i < pixels; ++i) {
        float f[8];
        toFloats(from[std::int64_t{i} * vectors], f);
#pragma unroll
        for (int k = 0; k < 8; ++k)
            sum[k] += f[k];
    }
#pragma unroll
    for (int k = 0; k < 8; ++k)
        sum[k] /= static_cast<float>(pixels);
    y[index] = toHalves(sum);
}

__device__ float activated(float x, PointwiseActivation activation) {
    switch (activation) {
    case PointwiseActivation::Relu:
        return fmaxf(x, 0.f);
    case PointwiseActivation::GeluErf:
        return geluErf(x);
    case PointwiseActivation::GeluTanh:
        return 0.5f * x * (1.f + tanhf(0.79788456f * (x + 0.044715f * x * x * x)));
    default:
        return x;
    }
}

__global__ void pointwiseKernel(Half8* y, PointwiseActivation activation, std::int64_t count) {
    const std::int64_t index = std::int64_t{blockIdx.x} * kThreads + threadIdx.x;
    if (index >= count) return;
    float f[8];
    toFloats(y[index], f);
#pragma unroll
    for (int i = 0; i < 8; ++i)
        f[i] = activated(f[i], activation);
    y[index] = toHalves(f);
}

} // namespace

cudaError_t stemBlocks(const __half* image, __half* blocks, std::int64_t batch, int height, int width,
                       cudaStream_t stream) {
    const std::int64_t count = batch * (height / 2 + 3) * (width / 2 + 3);
    stemBlocksKernel<<<blocksFor(count, kThreads), kThreads, 0, stream>>>(
        image, reinterpret_cast<Half8*>(blocks), count, height, width);
    return cudaGetLastError();
}

cudaError_t maxPool(const __half* x, __half* y, std::int64_t batch, int height, int width, int channels,
                    cudaStream_t stream) {
    const std::int64_t count = batch * (height / 2) * (width / 2) * (channels / 8);
    maxPoolKernel<<<blocksFor(count, kThreads), kThreads, 0, stream>>>(
        reinterpret_cast<const Half8*>(x), reinterpret_cast<Half8*>(y), count, height, width, channels / 8);
    return cudaGetLastError();
}

cudaError_t averagePool(const __half* x, __half* y, std::int64_t batch, int pixels, int channels,
                        cudaStream_t stream) {
    const std::int64_t count = batch * (channels / 8);
    averagePoolKernel<<<blocksFor(count, kThreads), kThreads, 0, stream>>>(
        reinterpret_cast<const Half8*>(x), reinterpret_cast<Half8*>(y), count, pixels, channels / 8);
    return cudaGetLastError();
}

cudaError_t pointwise(__half* y, PointwiseActivation activation, std::int64_t rows, int width,
                      cudaStream_t stream) {
    const std::int64_t count = rows * (width / 8);
    pointwiseKernel<<<blocksFor(count, kThreads), kThreads, 0, stream>>>(reinterpret_cast<Half8*>(y),
                                                                         activation, count);
    return cudaGetLastError();
}

} // namespace orrery::gpu::cuda
