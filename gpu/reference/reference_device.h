// The device "cpu": the reference operations on all threads of the processor, in fp32. "cpu:0", "cpu:1", …
// are contexts beside one another that share the threads, as the cards of a host share nothing: what drives
// many cards can be tried with them.
#pragma once

#include "gpu/models/device.h"

namespace orrery::gpu {

/// `threads` 0: as many as the processor has.
[[nodiscard]] std::unique_ptr<Device> makeReferenceDevice(int threads = 0, std::string id = "cpu");

} // namespace orrery::gpu
