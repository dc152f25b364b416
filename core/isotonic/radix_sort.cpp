#include "core/isotonic/radix_sort.h"

#include "core/isotonic/huge_array.h"

#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <memory>
#include <utility>

namespace orrery::isotonic {

namespace {

constexpr int kDigitBits = 11;
constexpr int kDigits = 6;
constexpr std::size_t kBuckets = std::size_t{1} << kDigitBits;
constexpr std::uint64_t kSign = std::uint64_t{1} << 63;

struct Entry {
    std::uint64_t key;
    std::uint32_t index;
};

using Counts = std::array<std::array<std::uint32_t, kBuckets>, kDigits>;

std::uint64_t ordered(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value + 0.0); // −0 becomes 0
    return bits & kSign ? ~bits : bits | kSign;
}

double fromOrdered(std::uint64_t key) {
    return std::bit_cast<double>(key & kSign ? key ^ kSign : ~key);
}

std::size_t digit(std::uint64_t key, int pass) {
    return key >> (kDigitBits * pass) & (kBuckets - 1);
}

} // namespace

SortedKeys sortedKeys(std::span<const double> keys) {
    const std::size_t n = keys.size();
    assert(n < std::size_t{1} << 32);
    const HugeArray<Entry> first(n), second(n);
    Entry* from = first.data();
    Entry* to = second.data();
    auto counts = std::make_unique<Counts>();
    for (auto& row : *counts)
        row.fill(0);
    for (std::size_t i = 0; i < n; ++i) {
        from[i] = {ordered(keys[i]), static_cast<std::uint32_t>(i)};
        for (int pass = 0; pass < kDigits; ++pass)
            ++(*counts)[static_cast<std::size_t>(pass)][digit(from[i].key, pass)];
    }
    for (int pass = 0; pass < kDigits && n > 0; ++pass) {
        auto& row = (*counts)[static_cast<std::size_t>(pass)];
        if (row[digit(from[0].key, pass)] == n) continue;
        std::uint32_t start = 0;
        for (std::uint32_t& count : row)
            start += std::exchange(count, start);
        for (std::size_t i = 0; i < n; ++i)
            to[row[digit(from[i].key, pass)]++] = from[i];
        std::swap(from, to);
    }
    SortedKeys sorted{std::vector<double>(n), std::vector<std::uint32_t>(n)};
    for (std::size_t i = 0; i < n; ++i) {
        sorted.keys[i] = fromOrdered(from[i].key);
        sorted.order[i] = from[i].index;
    }
    return sorted;
}

} // namespace orrery::isotonic
