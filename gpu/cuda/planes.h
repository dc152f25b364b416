// Images by channels instead of by pixels: NHWC ↔ NCHW, on the host.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace orrery::gpu::cuda {

/// [outer, inner, C] → [outer, C, inner], of which `outer` and C are told.
[[nodiscard]] inline std::vector<float> toPlanes(std::span<const float> values, std::int64_t outer,
                                                 std::int64_t channels) {
    const std::int64_t inner = static_cast<std::int64_t>(values.size()) / outer / channels;
    std::vector<float> planes(values.size());
    for (std::int64_t n = 0; n < outer; ++n)
        for (std::int64_t i = 0; i < inner; ++i)
            for (std::int64_t c = 0; c < channels; ++c)
                planes[(n * channels + c) * inner + i] = values[(n * inner + i) * channels + c];
    return planes;
}

/// The way back is the same with pixels and channels exchanged.
[[nodiscard]] inline std::vector<float> fromPlanes(std::span<const float> planes, std::int64_t outer,
                                                   std::int64_t channels) {
    return toPlanes(planes, outer, static_cast<std::int64_t>(planes.size()) / outer / channels);
}

} // namespace orrery::gpu::cuda
