// How a batch of texts lies in memory: padded to one length, or packed one behind the other.
#pragma once

#include "core/support/expected.h"

#include <cstdint>
#include <numeric>
#include <vector>

namespace orrery::gpu {

struct SequenceBatch {
    std::int64_t longest = 0;          ///< S
    std::vector<std::int32_t> lengths; ///< valid tokens of each sequence, 1 … S
    bool packed = false;               ///< rows of padding left out

    [[nodiscard]] std::int64_t batch() const { return static_cast<std::int64_t>(lengths.size()); }
    [[nodiscard]] std::int64_t validTokens() const {
        return std::accumulate(lengths.begin(), lengths.end(), std::int64_t{0});
    }
    /// Rows of every activation: B·S, or Σ S_i when packed.
    [[nodiscard]] std::int64_t rows() const { return packed ? validTokens() : batch() * longest; }
    /// First row of each sequence, and the end: B + 1 numbers.
    [[nodiscard]] std::vector<std::int32_t> offsets() const;
    /// Query-key pairs of one head that are computed.
    [[nodiscard]] std::int64_t pairs() const;
    [[nodiscard]] bool hasPadding() const { return !packed && validTokens() < rows(); }
};

/// Every sequence of full length.
[[nodiscard]] SequenceBatch fullSequences(std::int64_t batch, std::int64_t length);

/// Refuses a length below 1 or above `longest`.
[[nodiscard]] Expected<SequenceBatch> sequencesOf(std::vector<std::int32_t> lengths, std::int64_t longest,
                                                  bool packed);

} // namespace orrery::gpu
