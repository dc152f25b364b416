// Our own matrix product for Hopper (compute capability 9.0 and no other): y = activation(x·wᵀ + bias).
#pragma once

#include <cstdint>
#include <cuda.h>
#include <cuda_fp16.h>
#include <cuda_runtime_api.h>

namespace orrery::gpu::cuda {

/// How the result is cut. Blocks hold 128 rows; a cluster is `cluster` blocks one below the other.
struct HopperTiling {
    int columns = 256; ///< 128 or 256
    int cluster = 2;   ///< 1 or 2
};

struct HopperProduct {
    CUtensorMap x, w, y; ///< boxes of hopperBox()
    const __half* bias;  ///< [out]
    std::int64_t rows;
    int in, out;
    bool gelu; ///< with the exact erf
};

struct HopperBox {
    int x, w, y; ///< rows of a box; each is 64 columns wide
};
HopperBox hopperBoxOf(const HopperTiling& tiling);

cudaError_t hopperGemm(const HopperProduct& product, const HopperTiling& tiling, int multiprocessors,
                       cudaStream_t stream);

} // namespace orrery::gpu::cuda
