// The stem's 7×7 convolution of stride 2 over 3 channels, seen as one that the matrix units can do: 4×4 of
// stride 1 over 2×2 blocks of pixels, 12 values padded to 16 channels. Three channels cannot be loaded 16
// bytes at a time, and padding them to 8 would multiply the work by 2.7 where this multiplies it by 1.7.
#pragma once

#include "gpu/models/model.h"

namespace orrery::gpu::cuda {

/// The first operation when it is such a stem; null otherwise.
[[nodiscard]] const ConvolutionShape* stemOf(const Model& model);
/// Elements of the blocks [N, H/2 + 3, W/2 + 3, 16].
[[nodiscard]] std::int64_t stemBlockElements(const ConvolutionShape& stem);
/// The convolution over the blocks.
[[nodiscard]] ConvolutionShape stemOverBlocks(const ConvolutionShape& stem);
/// Filters [K, 7, 7, 3] → [K, 4, 4, 16].
[[nodiscard]] std::vector<float> stemFilters(const std::vector<float>& filters);

/// Whether the kernel of our own does it: 224 × 224 pixels, 64 channels.
[[nodiscard]] bool hasStemKernel(const ConvolutionShape& stem);
/// Filters [64, 7, 7, 3] in the order in which that kernel's lanes read them: [7, 6, 32 lanes, 4, 2].
[[nodiscard]] std::vector<float> stemFragments(const std::vector<float>& filters);

} // namespace orrery::gpu::cuda
