// The stem as one kernel: 7×7 convolution of stride 2 over 3 channels, bias and ReLU, straight from the
// image.
//
// A product by the matrix units, tile by tile of 16 pixels × 64 channels. The trick is the order of the sum:
// of one line of the filter the 21 numbers (7 taps × 3 channels) that a pixel needs lie one behind the other
// in an NHWC line, 6 further on for the next pixel. So the left side of the product is read from the image's
// lines as they are, with one number too many before and two behind, whose weights are 0, to make 24 = 16
// + 8.
#include "gpu/cuda/kernels.h"
#include "gpu/cuda/vector.cuh"

namespace orrery::gpu::cuda {

namespace {

constexpr int kSize = 224, kOut = 112, kChannels = 64, kTaps = 7;
constexpr int kWarp = 32, kWarps = kOut / 16, kThreads = kWarps * kWarp; ///< a warp 16 columns of outputs
constexpr int kOutLines = 4, kLines = 2 * (kOutLines - 1) + kTaps;
constexpr int kLineVectors = kSize * 3 / 8, kLead = 2; ///< vectors of a line, and of zeros before it
constexpr int kHeldVectors = kLead + kLineVectors + 2; ///< … and behind
constexpr int kHeld = kHeldVectors * 8, kPixelStep = 6, kFirst = 8 * kLead - 3 * 3 - 1;
constexpr int kTiles = kChannels / 8,
              kRegisters = kTiles * 3; ///< of the right side, a lane and line of the filter

/// c += a·b for 16 × 8 × 16, in two halves where a card knows only those of 8.
__device__ void multiply16(float (&c)[4], const std::uint32_t (&a)[6], std::uint32_t b0, std::uint32_t b1) {
#if __CUDA_ARCH__ >= 800
    asm("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, "
        "{%0,%1,%2,%3};"
        : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
        : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
#else
    asm("mma.sync.aligned.m16n8k8.row.col.f32.f16.f16.f32 {%0,%1,%2,%3}, {%4,%5}, {%6}, {%0,%1,%2,%3};"
        : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
        : "r"(a[0]), "r"(a[1]), "r"(b0));
    asm("mma.sync.aligned.m16n8k8.row.col.f32.f16.f16.f32 {%0,%1,%2,%3}, {%4,%5}, {%6}, {%0,%1,%2,%3};"
        : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
        : "r"(a[2]), "r"(a[3]), "r"(b1));
#endif
}

__device__ void multiply8(float (&c)[4], std::uint32_t a0, std::uint32_t a1, std::uint32_t b) {
    asm("mma.sync.aligned.m16n8k8.row.col.f32.f16.f16.f32 {%0,%1,%2,%3}, {%4,%5}, {%6}, {%0,%1,%2,%3};"
        : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
        : "r"(a0), "r"(a1), "r"(b));
}

__device__ void loadLines(__half* lines, const Half8* image, int firstLine) {
    for (int v = threadIdx.x; v < kLines * kHeldVectors; v += kThreads) {
        const int h = firstLine + v / kHeldVectors, column = v % kHeldVectors - kLead;
        const bool inside = h >= 0 && h < kSize && column >= 0 && column < kLineVectors;
        reinterpret_cast<Half8*>(lines)[v] = inside ? image[h * kLineVectors + column] : Half8{};
    }
}

/// Rows g and g + 8 of the tile: pixels q and q + 8, 16 channels from 16·t on.
__device__ void storePixels(const float (&c)[kTiles][4], __half* y) {
#pragma unroll
    for (int row = 0; row < 2; ++row)
#pragma unroll
        for (int half = 0; half < 2; ++half) {
            Half8 out;
#pragma unroll
            for (int j = 0; j < 4; ++j)
                out.words[j] = wordOf(__floats2half2_rn(fmaxf(c[4 * half + j][2 * row], 0.f),
                                                        fmaxf(c[4 * half + j][2 * row + 1], 0.f)));
            *reinterpret_cast<Half8*>(y + row * 8 * kChannels + half * 8) = out;
        }
}

__global__ void __launch_bounds__(kThreads, 2)
    stemKernel(const Half8* image, const uint4* fragments, const __half* bias, __half* y) {
    __shared__ __align__(16) __half lines[kLines * kHeld];
    __shared__ uint4 weights[kTaps * kRegisters / 4 * kWarp];
    const int n = blockIdx.y, p = blockIdx.x * kOutLines;
    loadLines(lines, image + std::int64_t{n} * kSize * kLineVectors, 2 * p - 3);
    for (int v = threadIdx.x; v < kTaps * kRegisters / 4 * kWarp; v += kThreads)
        weights[v] = fragments[v];
    __syncthreads();
    const int lane = threadIdx.x % kWarp, g = lane / 4, t = lane % 4, q = threadIdx.x / kWarp * 16 + g;
    for (int pair = 0; pair < kOutLines; pair += 2) {
        float c[2][kTiles][4];
#pragma unroll
        for (int j = 0; j < kTiles; ++j) {
            const float2 b = __half22float2(*reinterpret_cast<const __half2*>(bias + 16 * t + 2 * j));
#pragma unroll
            for (int m = 0; m < 2; ++m)
                c[m][j][0] = c[m][j][2] = b.x, c[m][j][1] = c[m][j][3] = b.y;
        }
        // Not unrolled: seven times the code does not fit the instruction cache and takes 2.7 times as long.
#pragma unroll 1
        for (int r = 0; r < kTaps; ++r) {
            uint4 b4[kRegisters / 4];
#pragma unroll
            for (int i = 0; i < kRegisters / 4; ++i)
                b4[i] = weights[(r * (kRegisters / 4) + i) * kWarp + lane];
            const std::uint32_t* const b = reinterpret_cast<const std::uint32_t*>(b4);
#pragma unroll
            for (int m = 0; m < 2; ++m) {
                const __half* const from =
                    lines + (2 * (pair + m) + r) * kHeld + kFirst + kPixelStep * q + 2 * t;
                std::uint32_t a[6];
#pragma unroll
                for (int k = 0; k < 3; ++k)
#pragma unroll
                    for (int row = 0; row < 2; ++row)
                        a[2 * k + row] =
                            *reinterpret_cast<const std::uint32_t*>(from + 8 * k + row * 8 * kPixelStep);
#pragma unroll
                for (int j = 0; j < kTiles; ++j)
                    multiply16(c[m][j], a, b[3 * j], b[3 * j + 1]);
#pragma unroll
                for (int j = 0; j < kTiles; ++j)
                    multiply8(c[m][j], a[4], a[5], b[3 * j + 2]);
            }
        }
#pragma unroll
        for (int m = 0; m < 2; ++m)
            storePixels(c[m], y + ((std::int64_t{n} * kOut + p + pair + m) * kOut + q) * kChannels + 16 * t);
    }
}

} // namespace

cudaError_t stem(const __half* image, const __half* fragments, const __half* bias, __half* y,
                 std::int64_t batch, cudaStream_t stream) {
    const dim3 grid(kOut / kOutLines, static_cast<unsigned>(batch));
    stemKernel<<<grid, kThreads, 0, stream>>>(reinterpret_cast<const Half8*>(image),
                                              reinterpret_cast<const uint4*>(fragments), bias, y);
    return cudaGetLastError();
}

} // namespace orrery::gpu::cuda
