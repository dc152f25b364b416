// Clock, power, temperature and energy of a card by NVML, loaded when the program runs: absent, everything is
// 0.
#pragma once

#include "gpu/models/device.h"

namespace orrery::gpu::cuda {

class Nvml {
  public:
    /// `busId`: as cudaDeviceGetPCIBusId writes it.
    explicit Nvml(const std::string& busId);
    ~Nvml();
    Nvml(const Nvml&) = delete;
    Nvml& operator=(const Nvml&) = delete;

    [[nodiscard]] Telemetry read() const;

  private:
    void* m_library = nullptr;
    void* m_device = nullptr;
};

} // namespace orrery::gpu::cuda
