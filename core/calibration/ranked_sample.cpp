#include "core/calibration/ranked_sample.h"

#include "core/isotonic/radix_sort.h"

#include <algorithm>

namespace orrery::calibration {

namespace {

void dropWeightless(const ScoredSample& sample, std::vector<double>& keys,
                    std::vector<std::uint32_t>& order) {
    std::size_t kept = 0;
    for (std::size_t at = 0; at < order.size(); ++at) {
        if (sample.weights[order[at]] == 0.0) continue;
        keys[kept] = keys[at];
        order[kept++] = order[at];
    }
    keys.resize(kept);
    order.resize(kept);
}

} // namespace

RankedSample rank(const ScoredSample& sample) {
    RankedSample ranked;
    ranked.scale = sample.scale;
    isotonic::SortedKeys sorted = isotonic::sortedKeys(sample.scores);
    ranked.order = std::move(sorted.order);
    if (!sample.weights.empty()) dropWeightless(sample, sorted.keys, ranked.order);
    ranked.score.reserve(sorted.keys.size());
    for (std::size_t at = 0; at < ranked.order.size(); ++at) {
        const std::uint32_t row = ranked.order[at];
        if (ranked.score.empty() || sorted.keys[at] != ranked.score.back()) {
            ranked.score.push_back(sorted.keys[at] + 0.0); // one zero of two
            ranked.weight.push_back(0.0);
            ranked.events.push_back(0.0);
            ranked.firstRow.push_back(at);
        }
        const double weight = sample.weight(row);
        ranked.weight.back() += weight;
        ranked.events.back() += weight * sample.labels[row];
    }
    ranked.firstRow.push_back(ranked.order.size());
    for (std::size_t i = 0; i < ranked.distinct(); ++i) {
        ranked.totalWeight += ranked.weight[i];
        ranked.totalEvents += ranked.events[i];
    }
    return ranked;
}

} // namespace orrery::calibration
