// A block is three warpgroups. One thread of the last keeps the copy engine filling a ring of stages in
// shared memory; the two others multiply, 64 rows each, and bring their results out: bias, GELU, fp16, and
// rows of 128 bytes through the copy engine again, while the ring fills for the next tile. Blocks stay and
// walk over the tiles; the two blocks of a cluster lie one below the other, and each fetches half of the
// weights for both.
#include "gpu/cuda/gelu.h"
#include "gpu/cuda/hopper.cuh"
#include "gpu/cuda/kernels_hopper.h"

#include <algorithm>
#include <type_traits>

namespace orrery::gpu::cuda {

namespace {

using namespace hopper;

constexpr int kWarp = 32, kWarpgroup = 128, kThreads = 3 * kWarpgroup;
constexpr int kRows = 128, kDepth = 64, kRowBytes = 2 * kDepth;
constexpr int kConsumerWarps = 8, kWarpRows = 16;
constexpr int kPieceBytes = kWarpRows * kRowBytes; ///< 16 rows of 64 columns, on their way out
constexpr int kAlignment = 1024;                   ///< of a swizzled box
constexpr int kRowTilesTogether = 8; ///< walked down before the next column: what shares the cache

template <int kColumns>
struct Ring {
    static constexpr int kStages = kColumns == 256 ? 4 : 6;
    static constexpr int kX = kRows * kRowBytes, kStage = kX + kColumns * kRowBytes;
    static constexpr int kPieces = kStages * kStage;
    static constexpr int kBarriers = kPieces + kConsumerWarps * 2 * kPieceBytes;
    static constexpr int kBytes = kBarriers + 2 * kStages * 8 + kAlignment;
};

/// The tiles in an order in which those of one time share rows and weights.
struct Walk {
    int rowTiles, columnTiles; ///< clusters
    int steps;                 ///< along the inner dimension

    __device__ int count() const { return rowTiles * columnTiles; }
    __device__ int2 at(int i) const {
        const int band = i / (kRowTilesTogether * columnTiles), first = band * kRowTilesTogether;
        const int height = min(rowTiles - first, kRowTilesTogether), within = i - first * columnTiles;
        return {first + within % height, within / height};
    }
};

template <int kColumns>
struct Place {
    int stage = 0, phase = 0;
    __device__ void next() {
        if (++stage == Ring<kColumns>::kStages) stage = 0, phase ^= 1;
    }
};

template <int kColumns>
__device__ std::uint32_t full(std::uint32_t shared, int stage) {
    return shared + Ring<kColumns>::kBarriers + 8 * stage;
}
template <int kColumns>
__device__ std::uint32_t empty(std::uint32_t shared, int stage) {
    return full<kColumns>(shared, Ring<kColumns>::kStages + stage);
}

template <int kColumns, int kCluster>
__device__ void produce(const HopperProduct& p, const Walk& walk, std::uint32_t shared, int rank) {
    using R = Ring<kColumns>;
    constexpr int kShare = kColumns / kCluster; // of the weights' rows
    Place<kColumns> place;
    for (int i = blockIdx.x / kCluster; i < walk.count(); i += gridDim.x / kCluster) {
        const int2 tile = walk.at(i);
        const int row = (tile.x * kCluster + rank) * kRows, column = tile.y * kColumns + rank * kShare;
        for (int k = 0; k < walk.steps; ++k, place.next()) {
            const std::uint32_t barrier = full<kColumns>(shared, place.stage);
            const std::uint32_t x = shared + place.stage * R::kStage,
                                w = x + R::kX + rank * kShare * kRowBytes;
            waitFor(empty<kColumns>(shared, place.stage), place.phase ^ 1);
            expectBytes(barrier, R::kStage);
            load(x, p.x, k * kDepth, row, barrier);
            if constexpr (kCluster > 1)
                loadForAll(w, p.w, k * kDepth, column, barrier, (1 << kCluster) - 1);
            else
                load(w, p.w, k * kDepth, column, barrier);
        }
    }
}

/// One tile's products.
template <int kColumns, int kCluster>
__device__ void accumulate(float (&d)[kColumns / 2], int steps, std::uint32_t shared, int group,
                           Place<kColumns>& place) {
    using R = Ring<kColumns>;
    const int lane = threadIdx.x % kWarp;
    int last = 0;
    for (int k = 0; k < steps; ++k) {
        waitFor(full<kColumns>(shared, place.stage), place.phase);
        const std::uint32_t x = shared + place.stage * R::kStage;
        const std::uint64_t xBox = describe(x + group * (R::kX / 2)), wBox = describe(x + R::kX);
        beginProducts();
#pragma unroll
        for (int part = 0; part < kDepth / 16; ++part) // 16 halves: 32 bytes, counted in 16
            multiply(d, xBox + 2 * part, wBox + 2 * part, k + part);
        commitProducts();
        if (k > 0) {
            waitForProducts<1>();
            if (lane < kCluster) arriveAt(empty<kColumns>(shared, last), lane);
        }
        last = place.stage;
        place.next();
    }
    waitForProducts<0>();
    if (lane < kCluster) arriveAt(empty<kColumns>(shared, last), lane);
}

template <bool kGelu>
__device__ __half2 finished(float a, float b, __half2 bias) {
    const float2 shift = __half22float2(bias);
    a += shift.x, b += shift.y;
    if constexpr (kGelu) a = geluErf(a), b = geluErf(b);
    return __floats2half2_rn(a, b);
}

/// Of the columns that a lane holds; asked for before the products, so that it is there after them.
template <int kColumns>
__device__ void loadBias(__half2 (&bias)[kColumns / 8], const HopperProduct& p, int column) {
#pragma unroll
    for (int j = 0; j < kColumns / 8; ++j) // what lies beyond the last column is never stored
        bias[j] = load(p.bias + min(column + 8 * j + 2 * int(threadIdx.x % 4), p.out - 2));
}

/// A warp's 16 rows, 64 columns at a time through one of its two pieces.
template <int kColumns, bool kGelu>
__device__ void bringOut(const float (&d)[kColumns / 2], const __half2 (&bias)[kColumns / 8],
                         const HopperProduct& p, std::uint32_t pieces, int row, int column) {
    const int lane = threadIdx.x % kWarp;
    const std::uint32_t line = (lane % 16) * kRowBytes, flip = lane % 8;
#pragma unroll
    for (int c = 0; c < kColumns / kDepth; ++c) {
        const std::uint32_t piece = pieces + (c % 2) * kPieceBytes;
        if (lane == 0) waitForStores<1>();
        __syncwarp();
#pragma unroll
        for (int j = 0; j < 8; j += 2) {
            const float* const f = d + 4 * (8 * c + j);
            const __half2 left = bias[8 * c + j], right = bias[8 * c + j + 1];
            const __half2 four[4] = {finished<kGelu>(f[0], f[1], left), finished<kGelu>(f[2], f[3], left),
                                     finished<kGelu>(f[4], f[5], right), finished<kGelu>(f[6], f[7], right)};
            storeMatrices(piece + line + (((j + lane / 16) ^ flip) << 4), four);
        }
        showToCopyEngine();
        __syncwarp();
        if (lane == 0) store(p.y, column + c * kDepth, row, piece);
    }
}

template <int kColumns, int kCluster, bool kGelu>
__device__ void consume(const HopperProduct& p, const Walk& walk, std::uint32_t shared, int rank) {
    const int group = threadIdx.x / kWarpgroup, warp = threadIdx.x / kWarp;
    const std::uint32_t pieces = shared + Ring<kColumns>::kPieces + warp * 2 * kPieceBytes;
    Place<kColumns> place;
    for (int i = blockIdx.x / kCluster; i < walk.count(); i += gridDim.x / kCluster) {
        const int2 tile = walk.at(i);
        __half2 bias[kColumns / 8];
        loadBias<kColumns>(bias, p, tile.y * kColumns);
        float d[kColumns / 2];
        accumulate<kColumns, kCluster>(d, walk.steps, shared, group, place);
        bringOut<kColumns, kGelu>(d, bias, p, pieces, (tile.x * kCluster + rank) * kRows + warp * kWarpRows,
                                  tile.y * kColumns);
    }
    waitForStores<0>(); // shared memory must outlive what is read from it
}

template <int kColumns, int kCluster>
__device__ void setUp(const HopperProduct& p, std::uint32_t shared) {
    prefetch(p.x), prefetch(p.w), prefetch(p.y);
    for (int s = 0; s < Ring<kColumns>::kStages; ++s) {
        initBarrier(full<kColumns>(shared, s), 1);
        initBarrier(empty<kColumns>(shared, s), kCluster * kConsumerWarps);
    }
    publishBarriers();
}

template <int kColumns, int kCluster, bool kGelu>
__global__ void __launch_bounds__(kThreads, 1)
    gemmKernel(const __grid_constant__ HopperProduct p, Walk walk) {
    extern __shared__ unsigned char raw[];
    const std::uint32_t shared = (addressOf(raw) + kAlignment - 1) / kAlignment * kAlignment;
    const int rank = kCluster > 1 ? rankInCluster() : 0;
    if (threadIdx.x == 0) setUp<kColumns, kCluster>(p, shared);
    syncCluster();
    if (threadIdx.x >= 2 * kWarpgroup) {
        giveRegisters<40>();
        if (threadIdx.x == 2 * kWarpgroup) produce<kColumns, kCluster>(p, walk, shared, rank);
        __syncwarp();
    } else {
        takeRegisters<232>();
        consume<kColumns, kCluster, kGelu>(p, walk, shared, rank);
    }
    syncCluster(); // a block must not leave while another writes to it
}

Walk walkOf(const HopperProduct& p, int rows, int columns) {
    const auto parts = [](std::int64_t whole, int part) { return int((whole + part - 1) / part); };
    return {parts(p.rows, rows), parts(p.out, columns), parts(p.in, kDepth)};
}

template <int kColumns, int kCluster, bool kGelu>
cudaError_t launch(const HopperProduct& p, int multiprocessors, cudaStream_t stream) {
    const auto kernel = gemmKernel<kColumns, kCluster, kGelu>;
    constexpr int kBytes = Ring<kColumns>::kBytes;
    if (const auto set = cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, kBytes);
        set != cudaSuccess)
        return set;
    const Walk walk = walkOf(p, kRows * kCluster, kColumns);
    cudaLaunchAttribute cluster{};
    cluster.id = cudaLaunchAttributeClusterDimension;
    cluster.val.clusterDim = {kCluster, 1, 1};
    cudaLaunchConfig_t config{};
    config.gridDim =
        unsigned(kCluster * std::min(walk.rowTiles * walk.columnTiles, multiprocessors / kCluster));
    config.blockDim = kThreads;
    config.dynamicSmemBytes = kBytes;
    config.stream = stream;
    config.attrs = &cluster;
    config.numAttrs = 1;
    return cudaLaunchKernelEx(&config, kernel, p, walk);
}

template <int kColumns, int kCluster>
cudaError_t launch(const HopperProduct& p, int multiprocessors, cudaStream_t stream) {
    return p.gelu ? launch<kColumns, kCluster, true>(p, multiprocessors, stream)
                  : launch<kColumns, kCluster, false>(p, multiprocessors, stream);
}

} // namespace

HopperBox hopperBoxOf(const HopperTiling& tiling) {
    return {kRows, tiling.columns / tiling.cluster, kWarpRows};
}

cudaError_t hopperGemm(const HopperProduct& p, const HopperTiling& tiling, int multiprocessors,
                       cudaStream_t stream) {
    const bool pair = tiling.cluster == 2;
    if (tiling.columns == 256)
        return pair ? launch<256, 2>(p, multiprocessors, stream) : launch<256, 1>(p, multiprocessors, stream);
    if (tiling.columns == 128)
        return pair ? launch<128, 2>(p, multiprocessors, stream) : launch<128, 1>(p, multiprocessors, stream);
    return cudaErrorInvalidValue;
}

} // namespace orrery::gpu::cuda
