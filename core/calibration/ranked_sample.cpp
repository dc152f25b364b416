#include "core/calibration/ranked_sample.h"

#include "core/isotonic/radix_sort.h"

#include <algorithm>
#include <numeric>

namespace orrery::calibration {

namespace {

using isotonic::HugeVector;

void dropWeightless(const ScoredSample& sample, HugeVector<double>& keys, HugeVector<std::uint32_t>& order) {
    std::size_t kept = 0;
    for (std::size_t at = 0; at < order.size(); ++at) {
        if (sample.weights[order[at]] == 0.0) continue;
        keys[kept] = keys[at];
        order[kept++] = order[at];
    }
    keys.resize(kept);
    order.resize(kept);
}

/// Every score is another and counts 1.
void takeEach(const ScoredSample& sample, RankedSample& ranked) {
    const std::size_t rows = ranked.order.size();
    for (std::size_t at = 0; at < rows; ++at)
        ranked.events[at] = sample.labels[ranked.order[at]];
    std::fill(ranked.weight.begin(), ranked.weight.end(), 1.0);
    std::iota(ranked.firstRow.begin(), ranked.firstRow.end(), std::uint32_t{0});
}

/// Equal scores are pooled in place: entry k is written no later than it is read.
void poolEqual(const ScoredSample& sample, RankedSample& ranked) {
    const std::size_t rows = ranked.order.size();
    std::size_t k = 0;
    for (std::size_t at = 0; at < rows; ++k) {
        const double value = ranked.score[at];
        double weight = 0.0, events = 0.0;
        ranked.firstRow[k] = static_cast<std::uint32_t>(at);
        for (; at < rows && ranked.score[at] == value; ++at) {
            const std::uint32_t row = ranked.order[at];
            weight += sample.weight(row);
            events += sample.weight(row) * sample.labels[row];
        }
        ranked.score[k] = value;
        ranked.weight[k] = weight;
        ranked.events[k] = events;
    }
    ranked.firstRow[k] = static_cast<std::uint32_t>(rows);
    ranked.score.resize(k);
    ranked.weight.resize(k);
    ranked.events.resize(k);
    ranked.firstRow.resize(k + 1);
}

} // namespace

RankedSample rank(const ScoredSample& sample, int threads) {
    RankedSample ranked;
    ranked.scale = sample.scale;
    isotonic::SortedRows sorted = isotonic::sortedKeys(sample.scores, threads);
    ranked.score = std::move(sorted.keys);
    ranked.order = std::move(sorted.order);
    if (!sample.weights.empty()) dropWeightless(sample, ranked.score, ranked.order);
    const std::size_t rows = ranked.order.size();
    ranked.weight.resize(rows);
    ranked.events.resize(rows);
    ranked.firstRow.resize(rows + 1);
    const bool areApart = std::adjacent_find(ranked.score.begin(), ranked.score.end()) == ranked.score.end();
    if (areApart && sample.weights.empty())
        takeEach(sample, ranked);
    else
        poolEqual(sample, ranked);
    for (std::size_t i = 0; i < ranked.distinct(); ++i) {
        ranked.totalWeight += ranked.weight[i];
        ranked.totalEvents += ranked.events[i];
    }
    return ranked;
}

} // namespace orrery::calibration
