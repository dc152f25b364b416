// Results as text for people.
#pragma once

#include "gpu/protocol/messages.h"

namespace orrery::gpu {

[[nodiscard]] std::string textOf(const std::vector<DeviceMessage>& devices);
[[nodiscard]] std::string textOf(const CeilingsMessage& message);
/// `layers`: the table of operations, the slowest first, equal ones on one line.
[[nodiscard]] std::string textOf(const BenchMessage& message);
/// Rows that failed, the worst five, and the whole model.
[[nodiscard]] std::string textOf(const CheckMessage& message);

} // namespace orrery::gpu
