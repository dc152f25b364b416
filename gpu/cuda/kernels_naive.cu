// Passes of the variants that do not fuse, and attention through memory: what the fused ways are compared
// with, and for attention what runs on cards that cuDNN has no kernel for.
#include "gpu/cuda/kernels.h"
#include "gpu/cuda/vector.cuh"

namespace orrery::gpu::cuda {

namespace {

constexpr int kThreads = 256;
constexpr int kWarp = 32;

/// `inner`: elements that share a channel, one behind the other: 1 for NHWC, H·W for NCHW.
__global__ void scaleShiftKernel(Half8* y, const __half* scale, const __half* shift, std::int64_t count,
                                 int channels, int inner) {
    const std::int64_t index = std::int64_t{blockIdx.x} * kThreads + threadIdx.x;
    if (index >= count) return;
    float f[8];
    toFloats(y[index], f);
    std::int64_t channel = index * 8 / inner % channels;
    int left = inner - static_cast<int>(index * 8 % inner);
#pragma unroll
    for (int i = 0; i < 8; ++i) {
        f[i] = f[i] * (scale ? __half2float(scale[channel]) : 1.f) + __half2float(shift[channel]);
        if (--left == 0) {
            left = inner;
            channel = channel + 1 == channels ? 0 : channel + 1;
        }
    }
    y[index] = toHalves(f);
}

__global__ void addKernel(const Half8* a, const Half8* b, Half8* y, std::int64_t count) {
    const std::int64_t index = std::int64_t{blockIdx.x} * kThreads + threadIdx.x;
    if (index >= count) return;
    float f[8], g[8];
    toFloats(a[index], f);
    toFloats(b[index], g);
#pragma unroll
    for (int i = 0; i < 8; ++i)
        f[i] += g[i];
    y[index] = toHalves(f);
}

/// One thread an output; planes N·C of height × width.
__global__ void maxPoolPlanesKernel(const __half* x, __half* y, std::int64_t count, int height, int width) {
    const std::int64_t index = std::int64_t{blockIdx.x} * kThreads + threadIdx.x;
    if (index >= count) return;
    const int q = static_cast<int>(index % (width / 2)),
              p = static_cast<int>(index / (width / 2) % (height / 2));
    const __half* const plane = x + index / (width / 2) / (height / 2) * height * width;
    float best = -65504.f;
#pragma unroll
    for (int r = 0; r < 3; ++r)
#pragma unroll
        for (int t = 0; t < 3; ++t) {
            const int h = 2 * p + r - 1, w = 2 * q + t - 1;
            if (h >= 0 && h < height && w >= 0 && w < width)
                best = fmaxf(best, __half2float(plane[h * width + w]));
        }
    y[index] = __float2half(best);
}

__device__ float sumOfWarp(float value) {
#pragma unroll
    for (int offset = kWarp / 2; offset > 0; offset /= 2)
        value += __shfl_xor_sync(0xffffffffu, value, offset);
    return value;
}

__device__ float largestOfWarp(float value) {
#pragma unroll
    for (int offset = kWarp / 2; offset > 0; offset /= 2)
        value = fmaxf(value, __shfl_xor_sync(0xffffffffu, value, offset));
    return value;
}

/// A warp a plane.
__global__ void averagePlanesKernel(const __half* x, __half* y, std::int64_t planes, int pixels) {
    const std::int64_t plane = (std::int64_t{blockIdx.x} * kThreads + threadIdx.x) / kWarp;
    const int lane = threadIdx.x % kWarp;
    if (plane >= planes) return;
    float sum = 0;
    for (int i = lane; i < pixels; i += kWarp)
        sum += __half2float(x[plane * pixels + i]);
    sum = sumOfWarp(sum);
    if (lane == 0) y[plane] = __float2half(sum / static_cast<float>(pixels));
}

/// One thread 8 numbers of one head of one row: rows [.., 3, heads, d] → 3 × [B, heads, S, d], zeros behind
/// the end.
__global__ void splitHeadsKernel(const Half8* qkv, Half8* split, HeadLayout l, std::int64_t count) {
    const std::int64_t index = std::int64_t{blockIdx.x} * kThreads + threadIdx.x;
    if (index >= count) return;
    const int vectors = l.headSize / 8;
    std::int64_t rest = index / vectors;
    const int s = static_cast<int>(rest % l.longest);
    rest /= l.longest;
    const int head = static_cast<int>(rest % l.heads);
    rest /= l.heads;
    const int b = static_cast<int>(rest % l.batch), part = static_cast<int>(rest / l.batch);
    const std::int64_t width = std::int64_t{l.heads} * l.headSize;
    const bool there = s < l.lengths[b];
    const std::int64_t from = l.inOffsets[b] + (3 * s + part) * width + std::int64_t{head} * l.headSize;
    split[index] = there ? qkv[from / 8 + index % vectors] : Half8{};
}

/// The way back: [B, heads, S, d] → rows [.., heads, d]; rows of padding become zeros.
__global__ void mergeHeadsKernel(const Half8* context, Half8* y, HeadLayout l, std::int64_t count) {
    const std::int64_t index = std::int64_t{blockIdx.x} * kThreads + threadIdx.x;
    if (index >= count) return;
    const int vectors = l.headSize / 8;
    std::int64_t rest = index / vectors;
    const int s = static_cast<int>(rest % l.longest);
    rest /= l.longest;
    const int head = static_cast<int>(rest % l.heads), b = static_cast<int>(rest / l.heads);
    const bool there = s < l.lengths[b];
    if (!there && l.packed) return;
    const std::int64_t width = std::int64_t{l.heads} * l.headSize;
    const std::int64_t to = l.outOffsets[b] + s * width + std::int64_t{head} * l.headSize;
    y[to / 8 + index % vectors] = there ? context[index] : Half8{};
}

/// A warp a row of scores, in place; what lies behind the sequence's end gets no weight.
__global__ void softmaxKernel(__half* scores, HeadLayout l, std::int64_t rows) {
    const std::int64_t row = (std::int64_t{blockIdx.x} * kThreads + threadIdx.x) / kWarp;
    const int lane = threadIdx.x % kWarp;
    if (row >= rows) return;
    const int length = l.lengths[row / l.longest / l.heads];
    __half* const line = scores + row * l.longest;
    float largest = -1e30f, sum = 0;
    for (int i = lane; i < length; i += kWarp)
        largest = fmaxf(largest, __half2float(line[i]));
    largest = largestOfWarp(largest);
    for (int i = lane; i < length; i += kWarp)
        sum += __expf(__half2float(line[i]) - largest);
    sum = sumOfWarp(sum);
    for (int i = lane; i < l.longest; i += kWarp)
        line[i] = __float2half(i < length ? __expf(__half2float(line[i]) - largest) / sum : 0.f);
}

const Half8* vectors(const __half* p) {
    return reinterpret_cast<const Half8*>(p);
}

Half8* vectors(__half* p) {
    return reinterpret_cast<Half8*>(p);
}

} // namespace

cudaError_t scaleShift(__half* y, const __half* scale, const __half* shift, std::int64_t count, int channels,
                       int inner, cudaStream_t stream) {
    scaleShiftKernel<<<blocksFor(count / 8, kThreads), kThreads, 0, stream>>>(vectors(y), scale, shift,
                                                                              count / 8, channels, inner);
    return cudaGetLastError();
}

cudaError_t sum(const __half* a, const __half* b, __half* y, std::int64_t count, cudaStream_t stream) {
    addKernel<<<blocksFor(count / 8, kThreads), kThreads, 0, stream>>>(vectors(a), vectors(b), vectors(y),
                                                                       count / 8);
    return cudaGetLastError();
}

cudaError_t maxPoolPlanes(const __half* x, __half* y, std::int64_t planes, int height, int width,
                          cudaStream_t stream) {
    const std::int64_t count = planes * (height / 2) * (width / 2);
    maxPoolPlanesKernel<<<blocksFor(count, kThreads), kThreads, 0, stream>>>(x, y, count, height, width);
    return cudaGetLastError();
}

cudaError_t averagePlanes(const __half* x, __half* y, std::int64_t planes, int pixels, cudaStream_t stream) {
    averagePlanesKernel<<<blocksFor(planes, kThreads / kWarp), kThreads, 0, stream>>>(x, y, planes, pixels);
    return cudaGetLastError();
}

cudaError_t splitHeads(const __half* qkv, __half* split, const HeadLayout& l, cudaStream_t stream) {
    const std::int64_t count = 3 * std::int64_t{l.batch} * l.heads * l.longest * (l.headSize / 8);
    splitHeadsKernel<<<blocksFor(count, kThreads), kThreads, 0, stream>>>(vectors(qkv), vectors(split), l,
                                                                          count);
    return cudaGetLastError();
}

cudaError_t mergeHeads(const __half* context, __half* y, const HeadLayout& l, cudaStream_t stream) {
    const std::int64_t count = std::int64_t{l.batch} * l.heads * l.longest * (l.headSize / 8);
    mergeHeadsKernel<<<blocksFor(count, kThreads), kThreads, 0, stream>>>(vectors(context), vectors(y), l,
                                                                          count);
    return cudaGetLastError();
}

cudaError_t softmax(__half* scores, const HeadLayout& l, cudaStream_t stream) {
    const std::int64_t rows = std::int64_t{l.batch} * l.heads * l.longest;
    softmaxKernel<<<blocksFor(rows, kThreads / kWarp), kThreads, 0, stream>>>(scores, l, rows);
    return cudaGetLastError();
}

} // namespace orrery::gpu::cuda
