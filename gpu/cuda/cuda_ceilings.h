// The roofline of a card, measured on random data: medians of several rounds, after a warm-up.
#pragma once

#include "gpu/cuda/context.h"
#include "gpu/models/device.h"

namespace orrery::gpu::cuda {

[[nodiscard]] Expected<Ceilings> measureCeilings(const Context& context, const DeviceInfo& info,
                                                 Progress& progress,
                                                 const std::function<Telemetry()>& telemetry);

} // namespace orrery::gpu::cuda
