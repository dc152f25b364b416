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
    /// Several with commas between them; "all": every GPU that can be used, or else the processor.
    /// "cpu:0,cpu:1" are contexts that share the processor's threads.
    [[nodiscard]] Expected<std::vector<Device*>> openAll(const std::string& ids);
    /// Measured once a process and device.
    [[nodiscard]] Expected<Ceilings> ceilings(Device& device, Progress& progress);

  private:
    [[nodiscard]] std::string best() const;
    [[nodiscard]] std::vector<std::string> usableCards() const;
    [[nodiscard]] Device* openPartOfProcessor(const std::string& id, int parts);

    std::vector<DeviceMessage> m_rows;
    std::map<std::string, std::unique_ptr<Device>> m_open;
    std::map<std::string, Ceilings> m_ceilings;
};

} // namespace orrery::gpu
