// Which of two levels is the event.
#pragma once

#include "core/support/expected.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace orrery::calibration {

struct BinaryTarget {
    std::vector<std::uint8_t> labels; ///< n; 1: the event
    std::string eventName;
    std::string otherName;
};

/// `values`: numbers, or codes into `levels` when there are any; finite. `event` empty: the larger number, or
/// the level that is last in alphabetical order. Fails unless exactly two values occur, and where `event` is
/// neither.
[[nodiscard]] Expected<BinaryTarget> binaryTarget(std::span<const double> values,
                                                  const std::vector<std::string>& levels,
                                                  const std::string& column, const std::string& event);

} // namespace orrery::calibration
