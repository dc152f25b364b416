#include "app/labs/gpu/batch_queue.h"

#include "core/support/rng.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace orrery {

namespace {

constexpr std::uint64_t kArrivals = 11; ///< stream of the random numbers
constexpr int kRates = 24;

std::vector<double> arrivalTimes(const QueueOptions& options) {
    Rng rng(options.seed, kArrivals);
    std::vector<double> times;
    times.reserve(static_cast<std::size_t>(options.requests));
    double now = 0;
    for (std::int64_t i = 0; i < options.requests; ++i)
        times.push_back(now += -std::log1p(-rng.uniform()) / options.arrivalsPerS);
    return times;
}

double percentile(const std::vector<double>& sorted, double share) {
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
}

} // namespace

ServiceTimes::ServiceTimes(std::vector<std::pair<std::int64_t, double>> measured)
    : m_measured(std::move(measured)) {
    std::ranges::sort(m_measured);
}

double ServiceTimes::seconds(std::int64_t batch) const {
    const auto above = std::ranges::lower_bound(m_measured, batch, {}, [](const auto& m) { return m.first; });
    if (above == m_measured.begin()) return above->second;
    if (above == m_measured.end()) return m_measured.back().second;
    const auto below = above - 1;
    const double share = double(batch - below->first) / double(above->first - below->first);
    return below->second + share * (above->second - below->second);
}

double ServiceTimes::capacity(std::int64_t most) const {
    double best = 0;
    for (std::int64_t batch = 1; batch <= std::min(most, largestBatch()); ++batch)
        best = std::max(best, double(batch) / seconds(batch));
    return best;
}

QueueResult simulateQueue(const ServiceTimes& times, const QueueOptions& options) {
    const std::vector<double> arrivals = arrivalTimes(options);
    const auto most =
        static_cast<std::size_t>(std::clamp<std::int64_t>(options.maxBatch, 1, times.largestBatch()));
    std::vector<double> latencies;
    latencies.reserve(arrivals.size());
    double free = 0, busy = 0;
    std::size_t batches = 0;
    for (std::size_t first = 0; first < arrivals.size(); ++batches) {
        // Full, or the oldest has waited long enough, whichever is first; not before the device is free.
        const std::size_t last = std::min(first + most, arrivals.size()) - 1;
        const double full = last - first + 1 == most ? arrivals[last] : INFINITY;
        const double start = std::max(free, std::min(full, arrivals[first] + options.maxWaitS));
        std::size_t end = first;
        while (end <= last && arrivals[end] <= start)
            ++end;
        const double seconds = times.seconds(static_cast<std::int64_t>(end - first));
        free = start + seconds, busy += seconds;
        for (; first < end; ++first)
            latencies.push_back(free - arrivals[first]);
    }
    QueueResult result{.arrivalsPerS = options.arrivalsPerS, .servedPerS = double(arrivals.size()) / free};
    result.mean = std::accumulate(latencies.begin(), latencies.end(), 0.0) / double(latencies.size());
    std::ranges::sort(latencies);
    result.p50 = percentile(latencies, 0.5), result.p90 = percentile(latencies, 0.9);
    result.p99 = percentile(latencies, 0.99);
    result.meanBatch = double(arrivals.size()) / double(batches), result.busyShare = busy / free;
    return result;
}

std::vector<QueueResult> sweepQueue(const ServiceTimes& times, const QueueOptions& options,
                                    const Progress& progress) {
    std::vector<QueueResult> results;
    const double capacity = times.capacity(options.maxBatch);
    for (int i = 1; i <= kRates && !progress.isCancelled(); ++i) {
        QueueOptions one = options;
        one.arrivalsPerS = capacity * 1.1 * i / kRates;
        results.push_back(simulateQueue(times, one));
    }
    return results;
}

} // namespace orrery
