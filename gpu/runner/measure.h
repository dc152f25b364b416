// Forwards back to back on one device, timed one by one, with what the sensors said meanwhile.
#pragma once

#include "gpu/runner/bench.h"

namespace orrery::gpu {

struct Record {
    std::vector<double> latencies; ///< s, of each forward
    std::vector<double> clocks, powers, temperatures;
    double seconds = 0, energyJ = 0;
};

/// Runs without counting for a fifth of `seconds`, 2 s at most; the seconds of one forward.
[[nodiscard]] Expected<double> warmUp(Engine& engine, double seconds, const Progress& progress);
[[nodiscard]] Expected<Record> measure(Device& device, Engine& engine, const BenchRequest& request,
                                       double forward, const Watcher& watcher, Progress& progress);

/// Nearest-rank percentile; `values` not empty.
[[nodiscard]] double percentile(std::vector<double> values, double share);
[[nodiscard]] double median(std::vector<double> values); ///< 0 of nothing
/// items/s of each fifth of the forwards, or of all where there are fewer.
[[nodiscard]] std::vector<double> ratesOf(const std::vector<double>& latencies, std::int64_t batch);

} // namespace orrery::gpu
