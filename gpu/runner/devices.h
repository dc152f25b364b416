// The devices of this machine, opened when they are first asked for, with their ceilings once measured.
#pragma once

#include "gpu/models/device.h"
#include "gpu/protocol/messages.h"

#include <map>

namespace orrery::gpu {

class Devices {
  public:
    Devices();

    /// Every device that was looked for; one that cannot be used says why.
    [[nodiscard]] const std::vector<DeviceMessage>& rows() const { return m_rows; }
    /// Empty: the first GPU that can be used, or else the processor.
    [[nodiscard]] Expected<Device*> open(const std::string& id);
    /// Measured once a process and device.
    [[nodiscard]] Expected<Ceilings> ceilings(Device& device, Progress& progress);

  private:
    [[nodiscard]] std::string best() const;

    std::vector<DeviceMessage> m_rows;
    std::map<std::string, std::unique_ptr<Device>> m_open;
    std::map<std::string, Ceilings> m_ceilings;
};

} // namespace orrery::gpu
