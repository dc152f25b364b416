// The device "cpu": the reference operations on all threads of the processor, in fp32.
#pragma once

#include "gpu/models/device.h"

namespace orrery::gpu {

/// `threads` 0: as many as the processor has.
[[nodiscard]] std::unique_ptr<Device> makeReferenceDevice(int threads = 0);

} // namespace orrery::gpu
