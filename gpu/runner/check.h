// Numerics of a device against the fp32 reference.
//
// Each operation runs on the reference's own input, rounded as the device would hold it, into an output
// filled with NaN beforehand; the whole model runs from its inputs. Error: ‖y − r‖ / ‖r‖ over valid rows.
// Tolerances for fp16 with fp32 accumulation: 2e-3 an operation (rounding of inputs, weights and output is
// some 5e-4), 1e-2 the whole model.
#pragma once

#include "gpu/runner/bench.h"

namespace orrery::gpu {

[[nodiscard]] Expected<CheckMessage> check(Device& device, const BenchRequest& request,
                                           const Watcher& watcher, Progress& progress);

/// ‖y − r‖ / ‖r‖ and the worst element; NaN anywhere never passes. `valid`: rows that count, empty for all.
[[nodiscard]] CheckRow compare(std::string name, std::span<const float> y, std::span<const float> r,
                               std::span<const char> valid, double tolerance);

} // namespace orrery::gpu
