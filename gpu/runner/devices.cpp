#include "gpu/runner/devices.h"

#include "gpu/reference/reference_device.h"
#ifdef ORRERY_HAVE_CUDA
#include "gpu/cuda/cuda_device.h"
#endif

#include <algorithm>
#include <fmt/format.h>
#include <ranges>

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

std::vector<std::string> Devices::usableCards() const {
    std::vector<std::string> ids;
    for (const DeviceMessage& row : m_rows)
        if (row.id != "cpu" && row.skipped.empty()) ids.push_back(row.id);
    return ids;
}

std::string Devices::best() const {
    const auto cards = usableCards();
    return cards.empty() ? "cpu" : cards.front();
}

Device* Devices::openPartOfProcessor(const std::string& id, int parts) {
    const int threads = std::max(1, m_rows.front().units / parts);
    auto& device = m_open[fmt::format("{} of {}", id, parts)];
    if (!device) device = makeReferenceDevice(threads, id);
    return device.get();
}

Expected<std::vector<Device*>> Devices::openAll(const std::string& asked) {
    std::vector<std::string> ids;
    if (asked == "all")
        ids = usableCards();
    else
        for (const auto part : std::views::split(asked, ','))
            ids.emplace_back(part.begin(), part.end());
    if (ids.empty()) ids.emplace_back();
    const auto contexts =
        std::ranges::count_if(ids, [](const std::string& id) { return id.starts_with("cpu:"); });
    std::vector<Device*> devices;
    for (const std::string& id : ids) {
        const auto device = id.starts_with("cpu:")
                                ? Expected<Device*>(openPartOfProcessor(id, static_cast<int>(contexts)))
                                : open(id);
        if (!device) return tl::unexpected(device.error());
        // By another name: "cuda" is "cuda:0", and so is the best there is.
        if (std::ranges::count(devices, *device) > 0)
            return fail(fmt::format("the device “{}” is named twice", (*device)->info().id));
        devices.push_back(*device);
    }
    return devices;
}

Expected<Device*> Devices::open(const std::string& asked) {
    const std::string id = asked.empty() ? best() : asked == "cuda" ? "cuda:0" : asked;
    if (id.starts_with("cpu:")) return openPartOfProcessor(id, 1);
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
