// Eight halves in one 16-byte access.
#pragma once

#include <cstdint>
#include <cuda_fp16.h>
#include <type_traits>

namespace orrery::gpu::cuda {

/// Words, because a struct of __half2 is copied in four accesses: those have copy constructors of their own.
struct alignas(16) Half8 {
    std::uint32_t words[4];
};

__device__ inline __half2 pairOf(std::uint32_t word) {
    return __half2(__half2_raw{static_cast<unsigned short>(word), static_cast<unsigned short>(word >> 16)});
}

__device__ inline std::uint32_t wordOf(__half2 pair) {
    const __half2_raw raw = pair;
    return std::uint32_t{raw.y} << 16 | raw.x;
}

__device__ inline void toFloats(const Half8& v, float (&f)[8]) {
#pragma unroll
    for (int i = 0; i < 4; ++i) {
        const float2 pair = __half22float2(pairOf(v.words[i]));
        f[2 * i] = pair.x;
        f[2 * i + 1] = pair.y;
    }
}

__device__ inline Half8 toHalves(const float (&f)[8]) {
    Half8 v;
#pragma unroll
    for (int i = 0; i < 4; ++i)
        v.words[i] = wordOf(__floats2half2_rn(f[2 * i], f[2 * i + 1]));
    return v;
}

/// Blocks for `count` threads' work; the grid's first dimension holds 2³¹ − 1.
inline unsigned blocksFor(std::int64_t count, int threads) {
    return static_cast<unsigned>((count + threads - 1) / threads);
}

} // namespace orrery::gpu::cuda
