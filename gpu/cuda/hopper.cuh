// Hopper's own instructions, each under its name: barriers in shared memory, the copy engine, matrix products
// of a warpgroup. Only for code compiled for sm_90a.
#pragma once

#include <cstdint>
#include <cuda.h>
#include <cuda_fp16.h>

namespace orrery::gpu::cuda::hopper {

__device__ inline std::uint32_t addressOf(const void* shared) {
    return static_cast<std::uint32_t>(__cvta_generic_to_shared(shared));
}

// Barriers. Each flips its phase when `count` arrivals and all the bytes that it was told to expect are
// there.
__device__ inline void initBarrier(std::uint32_t barrier, int count) {
    asm volatile("mbarrier.init.shared::cta.b64 [%0], %1;" ::"r"(barrier), "r"(count) : "memory");
}

__device__ inline void publishBarriers() {
    asm volatile("fence.mbarrier_init.release.cluster;" ::: "memory");
}

__device__ inline void expectBytes(std::uint32_t barrier, int bytes) {
    asm volatile("mbarrier.arrive.expect_tx.shared::cta.b64 _, [%0], %1;" ::"r"(barrier), "r"(bytes)
                 : "memory");
}

/// Arrives at the barrier that lies at the same place in another block of the cluster.
__device__ inline void arriveAt(std::uint32_t barrier, int block) {
    asm volatile("{\n.reg .b32 remote;\n"
                 "mapa.shared::cluster.u32 remote, %0, %1;\n"
                 "mbarrier.arrive.shared::cluster.b64 _, [remote];\n}" ::"r"(barrier),
                 "r"(block)
                 : "memory");
}

__device__ inline void waitFor(std::uint32_t barrier, int phase) {
    asm volatile("{\n.reg .pred done;\n"
                 "again:\n"
                 "mbarrier.try_wait.parity.shared::cta.b64 done, [%0], %1;\n"
                 "@!done bra again;\n}" ::"r"(barrier),
                 "r"(phase)
                 : "memory");
}

__device__ inline void syncCluster() {
    asm volatile("barrier.cluster.arrive.release.aligned;\nbarrier.cluster.wait.acquire.aligned;" ::
                     : "memory");
}

__device__ inline int rankInCluster() {
    int rank;
    asm volatile("mov.u32 %0, %%cluster_ctarank;" : "=r"(rank));
    return rank;
}

// The copy engine. Boxes of matrices whose rows are K long: the first coordinate runs along a row.
__device__ inline void prefetch(const CUtensorMap& map) {
    asm volatile("prefetch.tensormap [%0];" ::"l"(&map) : "memory");
}

__device__ inline void load(std::uint32_t to, const CUtensorMap& map, int column, int row,
                            std::uint32_t barrier) {
    asm volatile(
        "cp.async.bulk.tensor.2d.shared::cluster.global.mbarrier::complete_tx::bytes [%0], [%1, {%2, %3}], "
        "[%4];" ::"r"(to),
        "l"(&map), "r"(column), "r"(row), "r"(barrier)
        : "memory");
}

/// To the same place in every block whose bit is set, each block's own barrier told.
__device__ inline void loadForAll(std::uint32_t to, const CUtensorMap& map, int column, int row,
                                  std::uint32_t barrier, std::uint16_t blocks) {
    asm volatile(
        "cp.async.bulk.tensor.2d.shared::cluster.global.mbarrier::complete_tx::bytes.multicast::cluster "
        "[%0], [%1, {%2, %3}], [%4], %5;" ::"r"(to),
        "l"(&map), "r"(column), "r"(row), "r"(barrier), "h"(blocks)
        : "memory");
}

__device__ inline void store(const CUtensorMap& map, int column, int row, std::uint32_t from) {
    asm volatile("cp.async.bulk.tensor.2d.global.shared::cta.bulk_group [%0, {%1, %2}], [%3];\n"
                 "cp.async.bulk.commit_group;" ::"l"(&map),
                 "r"(column), "r"(row), "r"(from)
                 : "memory");
}

/// Until all but the last `pending` stores of this thread have read their source.
template <int pending>
__device__ inline void waitForStores() {
    asm volatile("cp.async.bulk.wait_group.read %0;" ::"n"(pending) : "memory");
}

/// Ordinary writes to shared memory become visible to the copy engine.
__device__ inline void showToCopyEngine() {
    asm volatile("fence.proxy.async.shared::cta;" ::: "memory");
}

/// A load that is made where it is written.
__device__ inline __half2 load(const __half* pair) {
    std::uint32_t word;
    asm volatile("ld.global.nc.b32 %0, [%1];" : "=r"(word) : "l"(pair));
    return __half2(__half2_raw{static_cast<unsigned short>(word), static_cast<unsigned short>(word >> 16)});
}

// Registers of a warpgroup.
template <int count>
__device__ inline void takeRegisters() {
    asm volatile("setmaxnreg.inc.sync.aligned.u32 %0;" ::"n"(count));
}
template <int count>
__device__ inline void giveRegisters() {
    asm volatile("setmaxnreg.dec.sync.aligned.u32 %0;" ::"n"(count));
}

/// Four 8×8 pieces of a warp's fragments, to rows of 16 bytes whose addresses the lanes give.
__device__ inline void storeMatrices(std::uint32_t to, const __half2 (&pieces)[4]) {
    const auto* r = reinterpret_cast<const std::uint32_t*>(pieces);
    asm volatile("stmatrix.sync.aligned.m8n8.x4.shared.b16 [%0], {%1, %2, %3, %4};" ::"r"(to), "r"(r[0]),
                 "r"(r[1]), "r"(r[2]), "r"(r[3])
                 : "memory");
}

// Products. Operands are boxes of 64 halves a row in shared memory, swizzled in 128 bytes.
__device__ inline std::uint64_t describe(std::uint32_t box) {
    constexpr std::uint64_t kSwizzle128 = std::uint64_t{1} << 62;
    constexpr std::uint64_t kEightRows = std::uint64_t{1024 >> 4} << 32;
    return kSwizzle128 | kEightRows | std::uint64_t{1} << 16 | (box & 0x3ffff) >> 4;
}

__device__ inline void beginProducts() {
    asm volatile("wgmma.fence.sync.aligned;" ::: "memory");
}
__device__ inline void commitProducts() {
    asm volatile("wgmma.commit_group.sync.aligned;" ::: "memory");
}
template <int pending>
__device__ inline void waitForProducts() {
    asm volatile("wgmma.wait_group.sync.aligned %0;" ::"n"(pending) : "memory");
}

#define ORRERY_R4(d, i) "+f"(d[i]), "+f"(d[i + 1]), "+f"(d[i + 2]), "+f"(d[i + 3])
#define ORRERY_R16(d, i) ORRERY_R4(d, i), ORRERY_R4(d, i + 4), ORRERY_R4(d, i + 8), ORRERY_R4(d, i + 12)
#define ORRERY_R64(d, i) ORRERY_R16(d, i), ORRERY_R16(d, i + 16), ORRERY_R16(d, i + 32), ORRERY_R16(d, i + 48)
// "%10,%11, … %19" of ORRERY_TEN(1); the operands of an instruction, of 64 and of 128 registers.
#define ORRERY_TEN(t)                                                                                        \
    "%" #t "0,%" #t "1,%" #t "2,%" #t "3,%" #t "4,%" #t "5,%" #t "6,%" #t "7,%" #t "8,%" #t "9,"
#define ORRERY_SIXTY ORRERY_TEN() ORRERY_TEN(1) ORRERY_TEN(2) ORRERY_TEN(3) ORRERY_TEN(4) ORRERY_TEN(5)
#define ORRERY_TO120 ORRERY_TEN(6) ORRERY_TEN(7) ORRERY_TEN(8) ORRERY_TEN(9) ORRERY_TEN(10) ORRERY_TEN(11)
#define ORRERY_D64 ORRERY_SIXTY "%60,%61,%62,%63"
#define ORRERY_D128 ORRERY_SIXTY ORRERY_TO120 "%120,%121,%122,%123,%124,%125,%126,%127"

/// d [64 × 2·size] = x [64 × 16] · wᵀ, added to what d holds where `add` is not 0.
__device__ inline void multiply(float (&d)[128], std::uint64_t x, std::uint64_t w, int add) {
    asm volatile("{\n.reg .pred p;\nsetp.ne.b32 p, %130, 0;\n"
                 "wgmma.mma_async.sync.aligned.m64n256k16.f32.f16.f16 {" ORRERY_D128
                 "}, %128, %129, p, 1, 1, 0, 0;\n}"
                 : ORRERY_R64(d, 0), ORRERY_R64(d, 64)
                 : "l"(x), "l"(w), "r"(add));
}
__device__ inline void multiply(float (&d)[64], std::uint64_t x, std::uint64_t w, int add) {
    asm volatile("{\n.reg .pred p;\nsetp.ne.b32 p, %66, 0;\n"
                 "wgmma.mma_async.sync.aligned.m64n128k16.f32.f16.f16 {" ORRERY_D64
                 "}, %64, %65, p, 1, 1, 0, 0;\n}"
                 : ORRERY_R64(d, 0)
                 : "l"(x), "l"(w), "r"(add));
}

} // namespace orrery::gpu::cuda::hopper
