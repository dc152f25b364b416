#include "gpu/models/sequences.h"

#include <fmt/format.h>

namespace orrery::gpu {

std::vector<std::int32_t> SequenceBatch::offsets() const {
    std::vector<std::int32_t> first{0};
    for (const std::int32_t length : lengths)
        first.push_back(first.back() + (packed ? length : static_cast<std::int32_t>(longest)));
    return first;
}

std::int64_t SequenceBatch::pairs() const {
    if (!packed) return batch() * longest * longest;
    return std::accumulate(lengths.begin(), lengths.end(), std::int64_t{0},
                           [](std::int64_t sum, std::int64_t s) { return sum + s * s; });
}

SequenceBatch fullSequences(std::int64_t batch, std::int64_t length) {
    return {length,
            std::vector<std::int32_t>(static_cast<std::size_t>(batch), static_cast<std::int32_t>(length)),
            false};
}

Expected<SequenceBatch> sequencesOf(std::vector<std::int32_t> lengths, std::int64_t longest, bool packed) {
    if (lengths.empty()) return fail("a batch holds at least one sequence");
    for (const std::int32_t length : lengths)
        if (length < 1 || length > longest)
            return fail(
                fmt::format("a sequence of {} tokens does not fit lengths of 1 to {}", length, longest));
    return SequenceBatch{longest, std::move(lengths), packed};
}

} // namespace orrery::gpu
