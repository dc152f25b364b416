// A queue that forms batches, simulated over measured latencies: what a server of this model would do.
//
// Requests arrive at random (Poisson, λ a second). The device takes a batch when it is free and either B
// requests wait or the oldest has waited W. A batch of b takes the latency that was measured at b, between
// measured batches the straight line between them. Nothing but those latencies is measured: everything else
// here follows from them. O(requests) a run.
#pragma once

#include "core/support/progress.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace orrery {

/// Latency over batch as it was measured.
class ServiceTimes {
  public:
    /// Seconds of a forward by batch; any order.
    explicit ServiceTimes(std::vector<std::pair<std::int64_t, double>> measured);
    [[nodiscard]] bool isEmpty() const { return m_measured.empty(); }
    [[nodiscard]] std::int64_t largestBatch() const { return isEmpty() ? 0 : m_measured.back().first; }
    /// Below the smallest measured batch: as that one.
    [[nodiscard]] double seconds(std::int64_t batch) const;
    /// Requests a second that batches of up to `most` can ever serve.
    [[nodiscard]] double capacity(std::int64_t most) const;

  private:
    std::vector<std::pair<std::int64_t, double>> m_measured; ///< ascending
};

struct QueueOptions {
    double arrivalsPerS = 1;
    std::int64_t maxBatch = 1;
    double maxWaitS = 0;
    std::int64_t requests = 20000;
    std::uint64_t seed = 1;
};

struct QueueResult {
    double arrivalsPerS = 0;
    double servedPerS = 0;
    double mean = 0, p50 = 0, p90 = 0, p99 = 0; ///< s, from arrival to answer
    double meanBatch = 0;
    double busyShare = 0; ///< of the time
};

[[nodiscard]] QueueResult simulateQueue(const ServiceTimes& times, const QueueOptions& options);

/// The same queue over arrival rates up to a little beyond what it can serve; stops early when cancelled.
[[nodiscard]] std::vector<QueueResult> sweepQueue(const ServiceTimes& times, const QueueOptions& options,
                                                  const Progress& progress);

} // namespace orrery
