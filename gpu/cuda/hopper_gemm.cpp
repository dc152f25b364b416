#include "gpu/cuda/hopper_gemm.h"

#include <fmt/format.h>

namespace orrery::gpu::cuda {

namespace {

constexpr int kHopper = 90;
constexpr int kBoxColumns = 64; ///< 128 bytes: as far as the swizzle reaches
constexpr HopperTiling kTilings[] = {{256, 2}, {256, 1}, {128, 2}, {128, 1}};

using EncodeTiled = decltype(&cuTensorMapEncodeTiled);

/// The driver's function, found at run time: the program starts on hosts without a driver, too.
EncodeTiled encodeTiled() {
    void* function = nullptr;
    cudaDriverEntryPointQueryResult found{};
    constexpr int kSince = 12000;
    const auto status = cudaGetDriverEntryPointByVersion("cuTensorMapEncodeTiled", &function, kSince,
                                                         cudaEnableDefault, &found);
    const bool there = status == cudaSuccess && found == cudaDriverEntryPointSuccess;
    return there ? reinterpret_cast<EncodeTiled>(function) : nullptr;
}

/// What the copy engine knows of a matrix whose rows lie one behind the other.
Expected<CUtensorMap> mapOf(const __half* matrix, std::int64_t rows, std::int64_t columns, int boxRows) {
    const EncodeTiled encode = encodeTiled();
    if (!encode) return fail("the driver has no tensor maps", ErrorCode::Unsupported);
    const cuuint64_t size[] = {cuuint64_t(columns), cuuint64_t(rows)}, stride[] = {2 * cuuint64_t(columns)};
    const cuuint32_t box[] = {kBoxColumns, cuuint32_t(boxRows)}, step[] = {1, 1};
    CUtensorMap map;
    const CUresult status =
        encode(&map, CU_TENSOR_MAP_DATA_TYPE_FLOAT16, 2, const_cast<__half*>(matrix), size, stride, box, step,
               CU_TENSOR_MAP_INTERLEAVE_NONE, CU_TENSOR_MAP_SWIZZLE_128B, CU_TENSOR_MAP_L2_PROMOTION_L2_256B,
               CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE);
    if (status != CUDA_SUCCESS)
        return fail(fmt::format("tensor map: the driver says {}", int(status)), ErrorCode::Unsupported);
    return map;
}

} // namespace

bool HopperGemm::fits(const Context& context, const GemmShape& s) {
    const bool plain = s.batch == 1 && !s.transposed && s.scale == 1;
    const bool epilogue = s.epilogue == Epilogue::Bias || s.epilogue == Epilogue::BiasGeluErf;
    return context.capability() == kHopper && plain && epilogue && s.in % 8 == 0 && s.out % 8 == 0;
}

Expected<Launch> HopperGemm::launchOf(const Context& context, const GemmShape& s, const HopperTiling& tiling,
                                      const GemmPointers& p) {
    const HopperBox box = hopperBoxOf(tiling);
    const auto x = mapOf(p.x, s.rows, s.in, box.x), w = mapOf(p.w, s.out, s.in, box.w),
               y = mapOf(p.y, s.rows, s.out, box.y);
    for (const auto* map : {&x, &w, &y})
        if (!*map) return tl::unexpected(map->error());
    const HopperProduct product{*x,     *w,        *y,         p.bias,
                                s.rows, int(s.in), int(s.out), s.epilogue == Epilogue::BiasGeluErf};
    return [product, tiling, units = context.multiprocessors()](cudaStream_t stream) {
        return checked(hopperGemm(product, tiling, units, stream), "own product");
    };
}

Expected<Launch> HopperGemm::launchOn(const GemmPointers& pointers) const {
    return launchOf(m_context, m_shape, m_tiling, pointers);
}

Expected<std::shared_ptr<HopperGemm>> HopperGemm::tuned(const Context& context, const GemmShape& shape,
                                                        const GemmPointers& pointers) {
    std::shared_ptr<HopperGemm> gemm(new HopperGemm(context, shape));
    for (const HopperTiling& tiling : kTilings) {
        const auto launch = launchOf(context, shape, tiling, pointers);
        if (!launch) return tl::unexpected(launch.error());
        const auto seconds = context.timeInGraph(*launch);
        if (!seconds || *seconds >= gemm->m_seconds) continue;
        gemm->m_seconds = *seconds;
        gemm->m_tiling = tiling;
    }
    if (gemm->m_seconds == 1e300) return fail("our own product does not run here", ErrorCode::Unsupported);
    return gemm;
}

std::string HopperGemm::method() const {
    return fmt::format("own, {}×{}", m_tiling.columns, m_tiling.cluster);
}

} // namespace orrery::gpu::cuda
