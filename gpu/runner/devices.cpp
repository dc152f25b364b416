#include "gpu/runner/devices.h"

#include "gpu/reference/reference_device.h"
#ifdef ORRERY_HAVE_CUDA
#include "gpu/cuda/cuda_device.h"
#endif

#include <algorithm>
#include <fmt/format.h>

namespace orrery::gpu {

namespace {

DeviceMessage messageOf(const DeviceInfo& info) {
    return {info.id, info.name, info.software, info.units, info.memoryBytes, info.cacheBytes, {}};
}

} // namespace

Devices::Devices() {
    auto cpu = makeReferenceDevice();
    m_rows.push_back(messageOf(cpu->info()));
    m_open.emplace("cpu", std::move(cpu));
#ifdef ORRERY_HAVE_CUDA
    for (const CudaCard& card : cudaCards()) {
        m_rows.push_back(messageOf(card.info));
        m_rows.back().skipped = card.skipped;
    }
#else
    m_rows.push_back({"cuda", "", "", 0, 0, 0, "this program was built without CUDA"});
#endif
}

std::string Devices::best() const {
    const auto usable = [](const DeviceMessage& row) { return row.id != "cpu" && row.skipped.empty(); };
    const auto found = std::ranges::find_if(m_rows, usable);
    return found == m_rows.end() ? "cpu" : found->id;
}

Expected<Device*> Devices::open(const std::string& asked) {
    const std::string id = asked.empty() ? best() : asked == "cuda" ? "cuda:0" : asked;
    if (const auto found = m_open.find(id); found != m_open.end()) return found->second.get();
    auto row = std::ranges::find(m_rows, id, &DeviceMessage::id);
    // Without a card there is one row for all of CUDA, which says why.
    if (row == m_rows.end() && id.starts_with("cuda"))
        row = std::ranges::find(m_rows, "cuda", &DeviceMessage::id);
    if (row == m_rows.end())
        return fail(fmt::format("there is no device “{}” here", asked), ErrorCode::NotFound);
    if (!row->skipped.empty())
        return fail(fmt::format("{} cannot be used: {}", id, row->skipped), ErrorCode::Unsupported);
#ifdef ORRERY_HAVE_CUDA
    auto device = openCudaDevice(std::atoi(id.c_str() + std::string_view("cuda:").size()));
    if (!device) return tl::unexpected(device.error());
    return m_open.emplace(id, std::move(*device)).first->second.get();
#else
    return fail(fmt::format("{} cannot be used", id), ErrorCode::Unsupported);
#endif
}

Expected<Ceilings> Devices::ceilings(Device& device, Progress& progress) {
    const std::string& id = device.info().id;
    if (const auto found = m_ceilings.find(id); found != m_ceilings.end()) return found->second;
    auto measured = device.measureCeilings(progress);
    if (measured) m_ceilings.emplace(id, *measured);
    return measured;
}

} // namespace orrery::gpu
