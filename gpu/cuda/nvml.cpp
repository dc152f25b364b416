#include "gpu/cuda/nvml.h"

#include <array>
#include <dlfcn.h>

namespace orrery::gpu::cuda {

namespace {

// NVML's interface, of which only these calls are used; its header is not part of every toolkit.
constexpr int kSuccess = 0, kClockSm = 1, kTemperatureGpu = 0;

template <class... Arguments>
bool call(void* library, const char* name, Arguments... arguments) {
    using Function = int (*)(Arguments...);
    auto* const function = library ? reinterpret_cast<Function>(dlsym(library, name)) : nullptr;
    return function && function(arguments...) == kSuccess;
}

struct Reason {
    unsigned long long bit;
    const char* name;
};
constexpr std::array kReasons{Reason{0x4, "power cap"}, Reason{0x8, "hardware slowdown"},
                              Reason{0x20, "temperature"}, Reason{0x40, "hardware temperature"},
                              Reason{0x80, "hardware power brake"}};

std::string reasonsOf(unsigned long long bits) {
    std::string text;
    for (const Reason& reason : kReasons)
        if (bits & reason.bit) text += (text.empty() ? "" : ", ") + std::string(reason.name);
    return text;
}

} // namespace

Nvml::Nvml(const std::string& busId) : m_library(dlopen("libnvidia-ml.so.1", RTLD_NOW)) {
    if (!call(m_library, "nvmlInit_v2")) return;
    call(m_library, "nvmlDeviceGetHandleByPciBusId_v2", busId.c_str(), &m_device);
}

Nvml::~Nvml() {
    call(m_library, "nvmlShutdown");
    if (m_library) dlclose(m_library);
}

Telemetry Nvml::read() const {
    Telemetry t;
    if (!m_device) return t;
    unsigned clock = 0, milliwatts = 0, celsius = 0;
    unsigned long long millijoules = 0, reasons = 0;
    if (call(m_library, "nvmlDeviceGetClockInfo", m_device, kClockSm, &clock)) t.clockMhz = clock;
    if (call(m_library, "nvmlDeviceGetPowerUsage", m_device, &milliwatts)) t.powerW = 1e-3 * milliwatts;
    if (call(m_library, "nvmlDeviceGetTemperature", m_device, kTemperatureGpu, &celsius))
        t.temperatureC = celsius;
    if (call(m_library, "nvmlDeviceGetTotalEnergyConsumption", m_device, &millijoules))
        t.energyJ = 1e-3 * double(millijoules);
    if (call(m_library, "nvmlDeviceGetCurrentClocksThrottleReasons", m_device, &reasons))
        t.throttle = reasonsOf(reasons);
    return t;
}

} // namespace orrery::gpu::cuda
