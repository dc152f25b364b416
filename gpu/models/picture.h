// Pictures as ImageNet's models want them: the shorter side resized to 256 pixels, the middle 224 × 224 cut
// out, each channel scaled to [0, 1] and normalised by the mean and the deviation of ImageNet.
//
// Resizing is bilinear with a triangle as wide as the reduction (no aliasing), first along rows, then along
// columns, as the usual libraries do it; O(pixels of the picture).
#pragma once

#include "core/support/expected.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace orrery::gpu {

struct Picture {
    std::int64_t width = 0, height = 0;
    std::vector<std::uint8_t> rgb; ///< [height, width, 3]
};

/// A PPM file (P6, 8 bits).
[[nodiscard]] Expected<Picture> readPicture(const std::string& path);
[[nodiscard]] Expected<Picture> parsePpm(std::string_view bytes);
/// `base64` of height × width × 3 bytes.
[[nodiscard]] Expected<Picture> pictureFromBase64(std::string_view base64, std::int64_t width,
                                                  std::int64_t height);

/// [224, 224, 3].
[[nodiscard]] std::vector<float> normalised(const Picture& picture);

} // namespace orrery::gpu
