// Eight halves in one 16-byte access.
#pragma once

#include <cstdint>
#include <cuda_fp16.h>
#include <type_traits>

namespace orrery::gpu::cuda {

struct alignas(16) Half8 {
    __half2 pairs[4];
};

__device__ inline void toFloats(const Half8& v, float (&f)[8]) {
#pragma unroll
    for (int i = 0; i < 4; ++i) {
        const float2 pair = __half22float2(v.pairs[i]);
        f[2 * i] = pair.x;
        f[2 * i + 1] = pair.y;
    }
}

__device__ inline Half8 toHalves(const float (&f)[8]) {
    Half8 v;
#pragma unroll
    for (int i = 0; i < 4; ++i)
        v.pairs[i] = __floats2half2_rn(f[2 * i], f[2 * i + 1]);
    return v;
}

/// Blocks for `count` threads' work; the grid's first dimension holds 2³¹ − 1.
inline unsigned blocksFor(std::int64_t count, int threads) {
    return static_cast<unsigned>((count + threads - 1) / threads);
}

} // namespace orrery::gpu::cuda
