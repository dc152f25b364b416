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
    // Pooled in place: entry k is written no later than it is read.
    std::vector<double>& score = sorted.keys;
    const std::size_t rows = ranked.order.size();
    ranked.weight.resize(rows);
    ranked.events.resize(rows);
    ranked.firstRow.resize(rows + 1);
    std::size_t k = 0;
    for (std::size_t at = 0; at < rows; ++k) {
        const double value = score[at];
        double weight = 0.0, events = 0.0;
        ranked.firstRow[k] = static_cast<std::uint32_t>(at);
        for (; at < rows && score[at] == value; ++at) {
            const std::uint32_t row = ranked.order[at];
            weight += sample.weight(row);
            events += sample.weight(row) * sample.labels[row];
        }
        score[k] = value;
        ranked.weight[k] = weight;
        ranked.events[k] = events;
    }
    ranked.firstRow[k] = static_cast<std::uint32_t>(rows);
    score.resize(k);
    ranked.weight.resize(k);
    ranked.events.resize(k);
    ranked.firstRow.resize(k + 1);
    ranked.score = std::move(score);
    for (std::size_t i = 0; i < ranked.distinct(); ++i) {
        ranked.totalWeight += ranked.weight[i];
        ranked.totalEvents += ranked.events[i];
    }
    return ranked;
}

} // namespace orrery::calibration
