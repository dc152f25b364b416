// When each kernel of some work began and ended, by CUPTI, loaded when it is first asked for.
#pragma once

#include "core/support/expected.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace orrery::gpu::cuda {

struct TracedKernel {
    std::string name;                 ///< without arguments; "clear" and "copy" for what is no kernel
    std::uint64_t begin = 0, end = 0; ///< ns of the card's clock
};

/// Kernels, clears and copies that `body` puts on the card, by their start. `body` waits for them itself. One
/// trace at a time in a process.
[[nodiscard]] Expected<std::vector<TracedKernel>> traceKernels(const std::function<Expected<void>()>& body);

} // namespace orrery::gpu::cuda
