// Sorts by the bits of the key: for keys whose places between the least and the largest say nothing, such as
// those over hundreds of orders of magnitude, or infinite ones.
//
// A double's bits, with the sign bit flipped (all bits for a negative one), sort as unsigned integers. Six
// digits of eleven bits, least significant first; a digit that is the same in all keys costs one look at its
// counts and no pass. Cost: O(n), stable.
#pragma once

#include "core/isotonic/huge_array.h"
#include "core/isotonic/sort_place.h"

#include <bit>
#include <utility>
#include <vector>

namespace orrery::isotonic {

class BitOrder {
  public:
    explicit BitOrder(const double* keys, std::size_t n) : m_first(n), m_second(n) {
        for (std::size_t i = 0; i < n; ++i)
            m_first.data()[i] = {ordered(keys[i]), static_cast<std::uint32_t>(i)};
        sort(n);
    }
    /// Which row of the input is the i-th.
    [[nodiscard]] std::uint32_t operator[](std::size_t i) const { return m_sorted[i].row; }

  private:
    struct Entry {
        std::uint64_t key;
        std::uint32_t row;
    };
    static constexpr int kDigitBits = 11;
    static constexpr std::size_t kDigits = 6;
    static constexpr std::size_t kBuckets = std::size_t{1} << kDigitBits;

    [[nodiscard]] static std::uint64_t ordered(double value) {
        constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
        const auto bits = std::bit_cast<std::uint64_t>(value + 0.0); // −0 becomes 0
        return bits & kSign ? ~bits : bits | kSign;
    }
    [[nodiscard]] static std::size_t digit(std::uint64_t key, std::size_t pass) {
        return key >> (static_cast<std::size_t>(kDigitBits) * pass) & (kBuckets - 1);
    }

    void sort(std::size_t n) {
        Entry* from = m_first.data();
        Entry* to = m_second.data();
        std::vector<std::uint32_t> counts(kDigits * kBuckets);
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t pass = 0; pass < kDigits; ++pass)
                ++counts[pass * kBuckets + digit(from[i].key, pass)];
        for (std::size_t pass = 0; pass < kDigits && n > 0; ++pass) {
            std::uint32_t* const starts = counts.data() + pass * kBuckets;
            if (starts[digit(from[0].key, pass)] == n) continue;
            std::uint32_t start = 0;
            for (std::size_t bucket = 0; bucket < kBuckets; ++bucket)
                start += std::exchange(starts[bucket], start);
            for (std::size_t i = 0; i < n; ++i)
                to[starts[digit(from[i].key, pass)]++] = from[i];
            std::swap(from, to);
        }
        m_sorted = from;
    }

    HugeArray<Entry> m_first, m_second;
    const Entry* m_sorted = nullptr;
};

/// Sorts the n rows that stand at `place`.
template <std::size_t kCarried>
void sortByBits(const SortPlace<kCarried>& place, std::size_t n) {
    const BitOrder sorted(place.keys, n);
    const auto permute = [&](auto* values) {
        const std::vector before(values, values + n);
        for (std::size_t i = 0; i < n; ++i)
            values[i] = before[sorted[i]];
    };
    permute(place.keys);
    permute(place.order);
    for (double* const column : place.columns)
        permute(column);
}

} // namespace orrery::isotonic
