// ResNet-50 and ResNet-101, version 1.5: the stride of a stage sits in the 3×3 convolution of its first
// block.
//
// He, Zhang, Ren & Sun, "Deep residual learning for image recognition", CVPR 2016; the stride as in
// torchvision. Blocks of 1×1 reduce, 3×3, 1×1 expand (4×) + shortcut; images 224×224×3, classes 1000. A
// forward costs 8.178 GFLOP (50) and 15.603 GFLOP (101) an image.
#pragma once

#include "gpu/models/model.h"

namespace orrery::gpu {

enum class ResNetDepth : std::uint8_t { Fifty, HundredAndOne };

inline constexpr std::int64_t kImageSize = 224;
inline constexpr std::int64_t kImageChannels = 3;
inline constexpr std::int64_t kClasses = 1000;

/// `folded`: batch norms inside their convolutions.
[[nodiscard]] Model resNet(ResNetDepth depth, std::int64_t batch, bool folded = true);

} // namespace orrery::gpu
