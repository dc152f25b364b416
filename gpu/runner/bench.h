// How fast a model runs on one device or on several side by side: throughput, latency percentiles, shares of
// the roofline, energy, and each operation alone.
//
// After a warm-up (a fifth of the time, 2 s at most, two forwards at least) the forwards run back to back for
// `seconds` and for `forwards` at least; items/s is the median of five parts, with the lowest and the highest
// beside it. Several devices run the same model each on a thread of its own and on inputs of its own, `batch`
// items a forward each (data parallel); their throughputs are added.
#pragma once

#include "gpu/models/device.h"
#include "gpu/protocol/messages.h"

namespace orrery::gpu {

/// What a long command says while it runs; called on any thread.
struct Watcher {
    std::function<void(const std::string& device, const SampleMessage&)> sample = [](const std::string&,
                                                                                     const SampleMessage&) {};
    std::function<void(const std::string& stage, double fraction)> progress = [](const std::string&, double) {
    };
    /// A result on the way to the last one.
    std::function<void(const Payload&)> part = [](const Payload&) {};
};

/// A device with the roofline that was measured on it.
struct Bench {
    Device* device;
    Ceilings ceilings;
};

/// `benches` not empty; of several, the layers are those of the first.
[[nodiscard]] Expected<BenchMessage> bench(std::span<const Bench> benches, const BenchRequest& request,
                                           const Watcher& watcher, Progress& progress);

/// "convolution 3x3", "linear", "attention": what a picture colours by.
[[nodiscard]] std::string kindOf(const Op& op);

/// "p50", "p90", "p99" in µs, and "p99.9" where there are times enough to have one.
[[nodiscard]] std::map<std::string, double> percentilesUs(const std::vector<double>& seconds);

} // namespace orrery::gpu
