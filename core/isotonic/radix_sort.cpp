#include "core/isotonic/radix_sort.h"

#include "core/isotonic/bit_sort.h"
#include "core/isotonic/row_kernels.h"
#include "core/linear/parallel_ranges.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <vector>

namespace orrery::isotonic {

namespace {

constexpr int kNumberBits = 14; ///< of a row among those that are sorted in cache; its place has the others
constexpr int kPlaceBits = 32 - kNumberBits;
constexpr std::size_t kInCache = std::size_t{1} << kNumberBits;
constexpr std::size_t kPartRows = 512;   ///< rows of a part, about and at least
constexpr std::size_t kMostParts = 1024; ///< a line of cache of each column of each stays in the second level
constexpr std::size_t kAhead = 16;       ///< rows beyond one that is written; their line of cache is fetched
constexpr std::size_t kFewest = 24;      ///< as many are inserted one by one
constexpr int kMostDepth = 6;            ///< of parting again what fell into one part
constexpr std::size_t kMovesPerRow = 8;  ///< by insertion, before the bits are the better key

/// Rows to be sorted. kNumbered: their numbers are given, otherwise 0, 1, 2, …
template <std::size_t kCarried, bool kNumbered>
struct Rows {
    const double* keys;
    const std::uint32_t* numbers;
    std::array<const double*, kCarried> columns;

    void copy(std::size_t row, const SortPlace<kCarried>& place, std::size_t to) const {
        place.keys[to] = keys[row] + 0.0; // −0 becomes 0
        place.order[to] = kNumbered ? numbers[row] : static_cast<std::uint32_t>(row);
        for (std::size_t c = 0; c < kCarried; ++c)
            place.columns[c][to] = columns[c][row];
    }
};

/// Whole numbers that never fall where the key rises: the part of a key, and its place within a part.
struct Scale {
    double least;
    double factor;
    bool isUsable;

    Scale(double from, double to, std::size_t parts)
        : least(from)
        , factor((static_cast<double>(parts) - 0.5) / (to - from))
        , isUsable(std::isnormal(to - from) && std::isfinite(factor)) {}
    [[nodiscard]] std::uint32_t part(double key) const {
        return static_cast<std::uint32_t>(static_cast<std::int32_t>((key - least) * factor));
    }
    /// 0 … places − 1. The difference is exact, so that no place is lost to rounding.
    [[nodiscard]] std::uint32_t place(double key, double ofPart, double places) const {
        return static_cast<std::uint32_t>(
            static_cast<std::int32_t>(((key - least) * factor - ofPart) * places));
    }
};

void startsOf(std::uint32_t* counts, std::size_t n) {
    std::uint32_t start = 0;
    for (std::size_t i = 0; i < n; ++i)
        start += std::exchange(counts[i], start);
}

/// What sorting in cache needs, a thread each; not initialised. A word is a place and below it a row number.
struct Words {
    std::uint32_t first[kInCache], second[kInCache];
    std::uint32_t low[std::size_t{1} << kPlaceBits / 2], high[std::size_t{1} << kPlaceBits / 2];
};

/// Two passes over the digits of a place among 64 n or as many as there are bits for.
template <std::size_t kCarried, bool kNumbered>
void countTwice(const Rows<kCarried, kNumbered>& rows, std::size_t n, const Scale& scale, std::size_t part,
                Words& words, const SortPlace<kCarried>& place) {
    const int digitBits = std::min((static_cast<int>(std::bit_width(n)) + 7) / 2, kPlaceBits / 2);
    const std::uint32_t digits = std::uint32_t{1} << digitBits;
    const auto places = static_cast<double>(digits) * digits, ofPart = static_cast<double>(part);
    std::fill_n(words.low, digits, 0U);
    std::fill_n(words.high, digits, 0U);
    for (std::size_t i = 0; i < n; ++i)
        words.first[i] =
            scale.place(rows.keys[i], ofPart, places) << kNumberBits | static_cast<std::uint32_t>(i);
    for (std::size_t i = 0; i < n; ++i) {
        ++words.low[words.first[i] >> kNumberBits & (digits - 1)];
        ++words.high[words.first[i] >> (kNumberBits + digitBits)];
    }
    startsOf(words.low, digits);
    startsOf(words.high, digits);
    for (std::size_t i = 0; i < n; ++i)
        words.second[words.low[words.first[i] >> kNumberBits & (digits - 1)]++] = words.first[i];
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint32_t word = words.second[i];
        rows.copy(word & (kInCache - 1), place, words.high[word >> (kNumberBits + digitBits)]++);
    }
}

/// The first row from `from` on whose key is less than the one before it; n: there is none.
std::size_t nextFall(const double* keys, std::size_t from, std::size_t n) {
    constexpr std::size_t kTogether = 32;
    for (; from + kTogether <= n; from += kTogether) {
        int falls = 0;
        for (std::size_t i = 0; i < kTogether; ++i)
            falls |= keys[from + i] < keys[from + i - 1];
        if (falls) break;
    }
    while (from < n && !(keys[from] < keys[from - 1]))
        ++from;
    return from;
}

/// By insertion: quick where little is out of order. False: it is not, and is left half done.
template <std::size_t kCarried>
bool straighten(const SortPlace<kCarried>& place, std::size_t n) {
    std::size_t moves = kMovesPerRow * n + kFewest * kFewest;
    const auto insert = [](auto* values, std::size_t from, std::size_t to) {
        std::rotate(values + to, values + from, values + from + 1);
    };
    for (std::size_t i = nextFall(place.keys, 1, n); i < n; i = nextFall(place.keys, i + 1, n)) {
        const double key = place.keys[i];
        std::size_t to = i - 1;
        while (to > 0 && key < place.keys[to - 1])
            --to;
        insert(place.keys, i, to);
        insert(place.order, i, to);
        for (double* const column : place.columns)
            insert(column, i, to);
        if (i - to > moves) return false;
        moves -= i - to;
    }
    return true;
}

/// Rows of one part, from elsewhere to their place.
template <std::size_t kCarried, bool kNumbered>
void sortInCache(const Rows<kCarried, kNumbered>& rows, std::size_t n, const Scale& scale, std::size_t part,
                 Words& words, const SortPlace<kCarried>& place) {
    if (n > kFewest && scale.isUsable)
        countTwice(rows, n, scale, part, words, place);
    else
        for (std::size_t i = 0; i < n; ++i)
            rows.copy(i, place, i);
    if (!straighten(place, n)) sortByBits(place, n);
}

/// Where rows wait while those of their part are written over.
template <std::size_t kCarried>
class Waiting {
  public:
    explicit Waiting(std::size_t most)
        : m_keys(most), m_numbers(most), m_columns(kCarried * most), m_most(most) {}

    [[nodiscard]] Rows<kCarried, true> take(const SortPlace<kCarried>& from, std::size_t n) const {
        Rows<kCarried, true> rows{m_keys.data(), m_numbers.data(), {}};
        std::copy_n(from.keys, n, m_keys.data());
        std::copy_n(from.order, n, m_numbers.data());
        for (std::size_t c = 0; c < kCarried; ++c) {
            rows.columns[c] = m_columns.data() + c * m_most;
            std::copy_n(from.columns[c], n, m_columns.data() + c * m_most);
        }
        return rows;
    }

  private:
    HugeArray<double> m_keys;
    HugeArray<std::uint32_t> m_numbers;
    HugeArray<double> m_columns;
    std::size_t m_most;
};

/// A part is written line after line, but of so many parts no processor guesses the next lines. A hint alone:
/// it may point beyond the end.
template <std::size_t kCarried>
void fetch(const SortPlace<kCarried>& place, std::size_t row) {
    __builtin_prefetch(place.keys + row, 1);
    __builtin_prefetch(place.order + row, 1);
    for (double* const column : place.columns)
        __builtin_prefetch(column + row, 1);
}

/// Rows by part, in each in the order of the source. Returns where each part begins, and the end.
template <std::size_t kCarried, bool kNumbered>
std::vector<std::uint32_t> part(const Rows<kCarried, kNumbered>& rows, std::size_t n, std::size_t partCount,
                                const Scale& scale, const SortPlace<kCarried>& place,
                                linear::ParallelRanges& ranges) {
    constexpr std::size_t kChunks = 2; // whose rows are parted side by side
    std::vector<std::uint32_t> at(kChunks * partCount), starts(partCount + 1);
    const auto each = [&](const auto& body) {
        ranges.run(kChunks, 1, [&](std::size_t from, std::size_t to) {
            for (std::size_t chunk = from; chunk < to; ++chunk)
                body(at.data() + chunk * partCount, chunk * n / kChunks, (chunk + 1) * n / kChunks);
        });
    };
    each([&](std::uint32_t* counts, std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            ++counts[scale.part(rows.keys[i])];
    });
    std::uint32_t start = 0;
    for (std::size_t index = 0; index < partCount; ++index) {
        starts[index] = start;
        for (std::size_t chunk = 0; chunk < kChunks; ++chunk)
            start += std::exchange(at[chunk * partCount + index], start);
    }
    starts[partCount] = start;
    each([&](std::uint32_t* next, std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const std::uint32_t to = next[scale.part(rows.keys[i])]++;
            rows.copy(i, place, to);
            fetch(place, to + kAhead);
        }
    });
    return starts;
}

template <std::size_t kCarried, bool kNumbered>
void sortInto(const Rows<kCarried, kNumbered>& rows, std::size_t n, int depth,
              const SortPlace<kCarried>& place, linear::ParallelRanges& ranges);

/// The rows of a part that stand at their place, in the order of the source.
template <std::size_t kCarried>
void sortPart(std::size_t part, std::size_t n, const Scale& scale, int depth,
              const Waiting<kCarried>& waiting, Words& words, const SortPlace<kCarried>& place,
              linear::ParallelRanges& ranges) {
    if (n <= kInCache) return sortInCache(waiting.take(place, n), n, scale, part, words, place);
    const Waiting<kCarried> more(n);
    sortInto(more.take(place, n), n, depth + 1, place, ranges);
}

template <std::size_t kCarried, bool kNumbered>
void sortInto(const Rows<kCarried, kNumbered>& rows, std::size_t n, int depth,
              const SortPlace<kCarried>& place, linear::ParallelRanges& ranges) {
    if (n == 0) return;
    const auto [least, most] = extremesOf(rows.keys, n);
    const std::size_t partCount = n <= kInCache ? 1 : std::min(std::bit_ceil(n / kPartRows), kMostParts);
    const Scale scale(least, most, partCount);
    if (partCount == 1) {
        const HugeArray<Words> words(1);
        return sortInCache(rows, n, scale, 0, *words.data(), place);
    }
    if (!scale.isUsable || depth == kMostDepth) {
        for (std::size_t i = 0; i < n; ++i)
            rows.copy(i, place, i);
        if (least != most) sortByBits(place, n);
        return;
    }
    const std::vector<std::uint32_t> starts = part(rows, n, partCount, scale, place, ranges);
    ranges.run(partCount, 8, [&](std::size_t from, std::size_t to) {
        const HugeArray<Words> words(1);
        const Waiting<kCarried> waiting(kInCache);
        for (std::size_t index = from; index < to; ++index)
            sortPart(index, starts[index + 1] - starts[index], scale, depth, waiting, *words.data(),
                     place.from(starts[index]), ranges);
    });
}

template <std::size_t kCarried>
SortedRows sorted(std::span<const double> keys, const std::array<const double*, kCarried>& columns,
                  int threads) {
    const std::size_t n = keys.size();
    SortedRows out{HugeVector<double>(n), HugeVector<std::uint32_t>(n), {}};
    SortPlace<kCarried> place{out.keys.data(), out.order.data(), {}};
    for (std::size_t c = 0; c < kCarried; ++c) {
        out.columns[c].resize(n);
        place.columns[c] = out.columns[c].data();
    }
    linear::ParallelRanges ranges(threads);
    sortInto(Rows<kCarried, false>{keys.data(), nullptr, columns}, n, 0, place, ranges);
    return out;
}

} // namespace

SortedRows sortedRows(std::span<const double> keys,
                      const std::array<std::span<const double>, kMostCarried>& carried, int threads) {
    assert(keys.size() < std::size_t{1} << 32);
    if (carried[0].empty()) return sortedKeys(keys, threads);
    if (carried[1].empty()) return sorted<1>(keys, {carried[0].data()}, threads);
    return sorted<2>(keys, {carried[0].data(), carried[1].data()}, threads);
}

SortedRows sortedKeys(std::span<const double> keys, int threads) {
    assert(keys.size() < std::size_t{1} << 32);
    return sorted<0>(keys, {}, threads);
}

} // namespace orrery::isotonic
