#include "core/calibration/ranked_sample.h"

#include <algorithm>
#include <bit>

namespace orrery::calibration {

namespace {

/// Bits that compare as the numbers do. Adding 0 makes one zero of two.
std::uint64_t sortKey(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);
    return bits >> 63 ? ~bits : bits | std::uint64_t{1} << 63;
}

} // namespace

std::vector<std::uint32_t> ascendingOrder(std::span<const double> values) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> keys(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        keys[i] = {sortKey(values[i]), static_cast<std::uint32_t>(i)};
    std::sort(keys.begin(), keys.end());
    std::vector<std::uint32_t> order(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        order[i] = keys[i].second;
    return order;
}

RankedSample rank(const ScoredSample& sample) {
    RankedSample ranked;
    ranked.scale = sample.scale;
    ranked.order = ascendingOrder(sample.scores);
    if (!sample.weights.empty())
        std::erase_if(ranked.order, [&](std::uint32_t row) { return sample.weights[row] == 0.0; });
    for (std::size_t at = 0; at < ranked.order.size(); ++at) {
        const std::uint32_t row = ranked.order[at];
        if (ranked.score.empty() || sample.scores[row] != ranked.score.back()) {
            ranked.score.push_back(sample.scores[row]);
            ranked.weight.push_back(0.0);
            ranked.events.push_back(0.0);
            ranked.firstRow.push_back(at);
        }
        ranked.weight.back() += sample.weight(row);
        if (sample.labels[row]) ranked.events.back() += sample.weight(row);
    }
    ranked.firstRow.push_back(ranked.order.size());
    for (std::size_t i = 0; i < ranked.distinct(); ++i) {
        ranked.totalWeight += ranked.weight[i];
        ranked.totalEvents += ranked.events[i];
    }
    return ranked;
}

} // namespace orrery::calibration
