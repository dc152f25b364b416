// Results as text for people.
#pragma once

#include "gpu/protocol/messages.h"

namespace orrery::gpu {

[[nodiscard]] std::string textOf(const std::vector<DeviceMessage>& devices);
[[nodiscard]] std::string textOf(const HelloMessage& message);
[[nodiscard]] std::string textOf(const CeilingsMessage& message);
[[nodiscard]] std::string textOf(const WaterfallMessage& message);
/// Sums, and the longest gaps with what they stand between.
[[nodiscard]] std::string textOf(const TimelineMessage& message);
[[nodiscard]] std::string textOf(const ClassifyMessage& message);
[[nodiscard]] std::string textOf(const FillMaskMessage& message);
/// Anything else that may be a part of a result: nothing to say.
template <class Message>
[[nodiscard]] std::string textOf(const Message&) {
    return {};
}
/// `layers`: the table of operations, the slowest first, equal ones on one line.
[[nodiscard]] std::string textOf(const BenchMessage& message);
/// Rows that failed, the worst five, and the whole model.
[[nodiscard]] std::string textOf(const CheckMessage& message);

} // namespace orrery::gpu
