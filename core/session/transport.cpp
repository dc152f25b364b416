#include "core/session/transport.h"

namespace orrery {

namespace {

// Every k-th mark, so that a million rounds are at most a few thousand ticks.
std::vector<std::int64_t> everyNth(const std::vector<std::int64_t>& marks) {
    constexpr std::size_t kMost = 4096;
    const std::size_t stride = marks.size() / kMost + 1;
    std::vector<std::int64_t> kept;
    kept.reserve(marks.size() / stride + 1);
    for (std::size_t i = stride - 1; i < marks.size(); i += stride)
        kept.push_back(marks[i]);
    return kept;
}

} // namespace

TimeMarks decimated(const TimeMarks& marks) {
    return {everyNth(marks.rounds), everyNth(marks.phases)};
}

} // namespace orrery
