#include "gpu/reference/reference_device.h"

#include "gpu/reference/cpu_ceilings.h"
#include "gpu/reference/reference_engine.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <unistd.h>

namespace orrery::gpu {

namespace {

/// The first "key : value" of /proc/cpuinfo; empty when it has none.
std::string cpuInfo(const std::string& key) {
    std::ifstream stream("/proc/cpuinfo");
    for (std::string line; std::getline(stream, line);)
        if (const auto colon = line.find(": "); line.starts_with(key) && colon != std::string::npos)
            return line.substr(colon + 2);
    return {};
}

std::uint64_t orZero(long value) {
    return value > 0 ? static_cast<std::uint64_t>(value) : 0;
}

class ReferenceDevice final : public Device {
  public:
    ReferenceDevice(int threads, std::string id)
        : m_threads(threads > 0 ? threads
                                : static_cast<int>(std::max(1u, std::thread::hardware_concurrency())))
        , m_arena(m_threads) {
        m_info.id = std::move(id);
        m_info.name = cpuInfo("model name");
        m_info.units = m_threads;
        m_info.memoryBytes = orZero(sysconf(_SC_PHYS_PAGES)) * orZero(sysconf(_SC_PAGE_SIZE));
        m_info.cacheBytes = orZero(sysconf(_SC_LEVEL3_CACHE_SIZE));
    }

    [[nodiscard]] const DeviceInfo& info() const override { return m_info; }

    [[nodiscard]] Telemetry telemetry() override {
        Telemetry t;
        if (const std::string clock = cpuInfo("cpu MHz"); !clock.empty())
            t.clockMhz = std::strtod(clock.c_str(), nullptr);
        return t;
    }

    [[nodiscard]] Expected<Ceilings> measureCeilings(Progress&) override {
        Ceilings ceilings = measureCpuCeilings(m_arena, m_info.cacheBytes);
        ceilings.clockMhz = telemetry().clockMhz;
        return ceilings;
    }

    [[nodiscard]] Expected<std::unique_ptr<Engine>> prepare(const Model& model, const ModelWeights& weights,
                                                            const Variant& variant, Progress&) override {
        return std::make_unique<ReferenceEngine>(model, weights, variant, m_threads);
    }

    /// There is one layout, one attention and nothing to launch.
    [[nodiscard]] std::vector<std::string> variants(Task task) const override {
        if (task == Task::ImageClassification) return {"nhwc", "folded", "fused"};
        return {"attention", "fused"};
    }

  private:
    int m_threads;
    tbb::task_arena m_arena;
    DeviceInfo m_info;
};

} // namespace

std::unique_ptr<Device> makeReferenceDevice(int threads, std::string id) {
    return std::make_unique<ReferenceDevice>(threads, std::move(id));
}

} // namespace orrery::gpu
