// The order that sorts doubles, by counting digits: O(n), stable.
//
// A double's bits, with the sign bit flipped (all bits for a negative one), sort as unsigned integers. Least
// significant digit first; a digit that is the same in all keys costs one look at its counts and no pass.
// −0 and 0 are equal. Seward, "Information sorting in the application of electronic digital computers"
// (1954).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace orrery::isotonic {

struct SortedKeys {
    std::vector<double> keys;         ///< n, ascending
    std::vector<std::uint32_t> order; ///< n: keys[i] = input[order[i]]; equal keys in the order of the input
};

/// No NaN. n < 2³².
[[nodiscard]] SortedKeys sortedKeys(std::span<const double> keys);

} // namespace orrery::isotonic
