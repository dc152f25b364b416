// Messages as lines of JSON: one object a line, UTF-8, no line break inside.
//
// A reader takes lines from a process that may be cut off, start too old or print nonsense: whatever is not a
// message is an Error of one sentence, and the next line is read as if nothing had happened.
#pragma once

#include "core/support/expected.h"
#include "gpu/protocol/messages.h"

#include <string>
#include <string_view>

namespace orrery::gpu {

/// Without the line break.
[[nodiscard]] std::string encode(const Request& request);
[[nodiscard]] std::string encode(const Event& event);

[[nodiscard]] Expected<Request> decodeRequest(std::string_view line);
[[nodiscard]] Expected<Event> decodeEvent(std::string_view line);

} // namespace orrery::gpu
