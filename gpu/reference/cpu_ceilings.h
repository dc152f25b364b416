// The roofline of the processor at hand, measured: the best of several rounds of each.
#pragma once

#include "gpu/roofline/ceilings.h"

#include <tbb/task_arena.h>

namespace orrery::gpu {

/// `cacheBytes`: of the last cache; half of it is what the cache test reads. Seconds each.
[[nodiscard]] Ceilings measureCpuCeilings(tbb::task_arena& arena, std::uint64_t cacheBytes);

} // namespace orrery::gpu
