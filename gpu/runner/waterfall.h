// What each way of doing the same is worth, measured one after the other on the same model and batch; and
// where the time of one forward goes, kernel by kernel.
#pragma once

#include "gpu/runner/bench.h"

namespace orrery::gpu {

/// Every variant that the device tells apart, then for texts of different lengths the fastest without the
/// rows of padding. Each bench is handed on as a part, then the timelines of the first variant and of the
/// last two. A step that cannot run here is skipped with its reason.
[[nodiscard]] Expected<WaterfallMessage> waterfall(std::span<const Bench> benches,
                                                   const BenchRequest& request, const Watcher& watcher,
                                                   Progress& progress);

/// The kernels of one forward and the gaps between them.
[[nodiscard]] Expected<TimelineMessage> timeline(Device& device, const BenchRequest& request,
                                                 Progress& progress);

/// Seconds in which at least one of the spans runs; `spans` by their begin.
[[nodiscard]] double busySeconds(std::span<const KernelSpan> spans);

} // namespace orrery::gpu
