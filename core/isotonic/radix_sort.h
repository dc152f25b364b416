// Rows by ascending key, by counting digits: O(n), stable.
//
// A key's place between the least and the largest one is a whole number that never falls where the key rises.
// Many rows are parted by the first digits of it, most significant first, into parts that fit in cache; there
// two passes over the next digits, least significant first, and insertion for what they left equal. A part
// that holds much more than its share, as where a few keys lie far outside, is parted again; and where places
// say nothing the bits of the double are the key (bit_sort.h). −0 and 0 are equal.
//
// Seward, "Information sorting in the application of electronic digital computers" (1954); for the order of
// the digits McIlroy, Bostic & McIlroy, "Engineering radix sort", Computing Systems 6 (1993). Memory: 12
// bytes a row beside the result, and 8 for each column that is carried along.
#pragma once

#include "core/isotonic/huge_array.h"

#include <array>
#include <cstdint>
#include <span>

namespace orrery::isotonic {

inline constexpr std::size_t kMostCarried = 2;

struct SortedRows {
    HugeVector<double> keys;         ///< n, ascending
    HugeVector<std::uint32_t> order; ///< n: keys[i] = input[order[i]]; equal keys in the order of the input
    std::array<HugeVector<double>, kMostCarried> columns; ///< n each: carried[c][order[i]]; or empty
};

/// Columns that are carried along cost less than to be gathered by the order afterwards. keys, carried: n
/// each, no NaN in the keys; an empty column is not carried. n < 2³². The number of threads changes no
/// answer.
[[nodiscard]] SortedRows sortedRows(std::span<const double> keys,
                                    const std::array<std::span<const double>, kMostCarried>& carried,
                                    int threads = 1);
[[nodiscard]] SortedRows sortedKeys(std::span<const double> keys, int threads = 1);

} // namespace orrery::isotonic
