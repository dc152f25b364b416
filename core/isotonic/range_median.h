// The lower weighted median of any range of a fixed sequence: what an L1 block needs, with nothing to merge.
//
// A wavelet matrix over the ranks of y: a level for each bit of a rank, most significant first, each a stable
// partition of the level above. Claude & Navarro, "The wavelet matrix", SPIRE 2012. Since blocks are ranges
// of the data, no state has to carry heaps that merge: a block's median is a function of its ends alone.
//
// Cost: O(n log n) to build; O(log n) a range. Memory: n log₂ n bits, and 8 n log₂ n bytes with weights.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace orrery::isotonic {

class RangeMedian {
  public:
    /// y: n finite values; weights: n, all > 0, or empty for all 1.
    RangeMedian(std::span<const double> y, std::span<const double> weights);

    /// The smallest y of [begin, end) with Σ w over {values ≤ y} ≥ half of the range's weight. begin < end.
    [[nodiscard]] double lower(std::size_t begin, std::size_t end) const;

  private:
    struct Level {
        std::vector<std::uint64_t> bits;   ///< n, set: the rank has this bit
        std::vector<std::uint32_t> before; ///< set bits before each word
        std::vector<double> weightOfZeros; ///< n + 1: Σ w over clear bits before; empty without weights
        std::size_t zeros = 0;
    };
    [[nodiscard]] static Level partition(std::vector<std::uint32_t>& rank, std::vector<double>& weight,
                                         int bit);
    [[nodiscard]] static std::size_t onesBefore(const Level& level, std::size_t index);

    std::vector<double> m_sorted;       ///< different values, ascending
    std::vector<Level> m_levels;        ///< most significant bit first
    std::vector<double> m_weightBefore; ///< n + 1; empty without weights
};

} // namespace orrery::isotonic
