#include "gpu/roofline/ceilings.h"

#include <algorithm>
#include <array>

namespace orrery::gpu {

namespace {

struct Row {
    std::string_view fragment; ///< of the driver's name; the first that fits counts
    DataSheet sheet;
};

// NVIDIA's data sheets: tensor cores, fp16 in, fp32 accumulation, without sparsity.
constexpr std::array kSheets{
    Row{"H200", {989.4e12, 4.80e12}},
    Row{"H100 PCIe", {756e12, 2.00e12}},
    Row{"H100 NVL", {835e12, 3.90e12}},
    Row{"H100 80GB HBM3", {989.4e12, 3.35e12}},
    Row{"A100-SXM4-80GB", {312e12, 2.039e12}},
    Row{"A100 80GB PCIe", {312e12, 1.935e12}},
    Row{"A100-SXM4-40GB", {312e12, 1.555e12}},
    Row{"A100-PCIE-40GB", {312e12, 1.555e12}},
    Row{"A30", {165e12, 0.933e12}},
    Row{"A10G", {70e12, 0.600e12}},
    Row{"L40S", {362e12, 0.864e12}},
    Row{"RTX 4090", {165.2e12, 1.008e12}},
    Row{"RTX 3090", {71e12, 0.936e12}},
    Row{"Tesla T4", {65e12, 0.320e12}},
};

double computeSeconds(const Work& work, const Ceilings& c) {
    return c.matrixFlops > 0 ? work.flops / c.matrixFlops : 0;
}

double memorySeconds(const Work& work, const Ceilings& c) {
    return c.copyBytes > 0 ? work.bytes() / c.copyBytes : 0;
}

} // namespace

double attainableSeconds(const Work& work, const Ceilings& ceilings) {
    return std::max(computeSeconds(work, ceilings), memorySeconds(work, ceilings));
}

Bound boundOf(const Work& work, const Ceilings& ceilings) {
    return computeSeconds(work, ceilings) > memorySeconds(work, ceilings) ? Bound::Compute : Bound::Memory;
}

std::optional<DataSheet> dataSheetOf(std::string_view deviceName) {
    const auto row = std::ranges::find_if(
        kSheets, [&](const Row& r) { return deviceName.find(r.fragment) != std::string_view::npos; });
    if (row == kSheets.end()) return std::nullopt;
    return row->sheet;
}

} // namespace orrery::gpu
