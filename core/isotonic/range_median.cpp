#include "core/isotonic/range_median.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace orrery::isotonic {

namespace {
constexpr std::size_t kWord = 64;
}

RangeMedian::RangeMedian(std::span<const double> y, std::span<const double> weights) {
    assert(weights.empty() || weights.size() == y.size());
    const std::size_t n = y.size();
    m_sorted.assign(y.begin(), y.end());
    std::sort(m_sorted.begin(), m_sorted.end());
    m_sorted.erase(std::unique(m_sorted.begin(), m_sorted.end()), m_sorted.end());
    std::vector<std::uint32_t> rank(n);
    for (std::size_t i = 0; i < n; ++i)
        rank[i] = static_cast<std::uint32_t>(std::lower_bound(m_sorted.begin(), m_sorted.end(), y[i]) -
                                             m_sorted.begin());
    std::vector<double> weight(weights.begin(), weights.end());
    if (!weight.empty()) {
        m_weightBefore.assign(n + 1, 0.0);
        for (std::size_t i = 0; i < n; ++i)
            m_weightBefore[i + 1] = m_weightBefore[i] + weight[i];
    }
    for (int bit = std::bit_width(m_sorted.size() - 1) - 1; bit >= 0; --bit)
        m_levels.push_back(partition(rank, weight, bit));
}

/// Describes the level and takes rank and weight to the next one: clear bits first, in order.
RangeMedian::Level RangeMedian::partition(std::vector<std::uint32_t>& rank, std::vector<double>& weight,
                                          int bit) {
    const std::size_t n = rank.size();
    Level level;
    level.bits.assign(n / kWord + 1, 0);
    level.before.assign(n / kWord + 1, 0);
    if (!weight.empty()) level.weightOfZeros.assign(n + 1, 0.0);
    const auto isSet = [&](std::size_t i) { return (rank[i] >> bit & 1U) != 0; };
    for (std::size_t i = 0; i < n; ++i) {
        if (isSet(i)) level.bits[i / kWord] |= std::uint64_t{1} << (i % kWord);
        if (!weight.empty())
            level.weightOfZeros[i + 1] = level.weightOfZeros[i] + (isSet(i) ? 0.0 : weight[i]);
    }
    for (std::size_t w = 1; w < level.bits.size(); ++w)
        level.before[w] = level.before[w - 1] + static_cast<std::uint32_t>(std::popcount(level.bits[w - 1]));
    level.zeros = n - onesBefore(level, n);
    std::vector<std::uint32_t> nextRank(n);
    std::vector<double> nextWeight(weight.size());
    std::size_t to[2] = {0, level.zeros};
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t place = to[isSet(i)]++;
        nextRank[place] = rank[i];
        if (!weight.empty()) nextWeight[place] = weight[i];
    }
    rank.swap(nextRank);
    weight.swap(nextWeight);
    return level;
}

std::size_t RangeMedian::onesBefore(const Level& level, std::size_t index) {
    const std::uint64_t below = level.bits[index / kWord] & ((std::uint64_t{1} << (index % kWord)) - 1);
    return level.before[index / kWord] + static_cast<std::size_t>(std::popcount(below));
}

double RangeMedian::lower(std::size_t begin, std::size_t end) const {
    assert(begin < end);
    const bool weighted = !m_weightBefore.empty();
    // What the values up to the median must weigh at least; what lies below is taken off on the way down.
    double wanted = weighted ? (m_weightBefore[end] - m_weightBefore[begin]) / 2.0
                             : static_cast<double>(end - begin) / 2.0;
    std::size_t rank = 0;
    for (const Level& level : m_levels) {
        const std::size_t onesBegin = onesBefore(level, begin);
        const std::size_t onesEnd = onesBefore(level, end);
        const std::size_t ones = onesEnd - onesBegin;
        const std::size_t zeros = end - begin - ones;
        const double below =
            weighted ? level.weightOfZeros[end] - level.weightOfZeros[begin] : static_cast<double>(zeros);
        const bool goLow =
            ones == 0 || (zeros > 0 && below >= wanted); // rounding may not lead out of the range
        rank = 2 * rank + (goLow ? 0 : 1);
        if (!goLow) wanted -= below;
        begin = goLow ? begin - onesBegin : level.zeros + onesBegin;
        end = goLow ? end - onesEnd : level.zeros + onesEnd;
    }
    return m_sorted[rank];
}

} // namespace orrery::isotonic
