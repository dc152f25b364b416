// How fast a model runs on a device: throughput, latency percentiles, shares of the roofline, energy, and
// each operation alone.
//
// After a warm-up (a fifth of the time, 2 s at most, two forwards at least) the forwards run back to back for
// `seconds`; items/s is the median of five parts, with the lowest and the highest beside it.
#pragma once

#include "gpu/models/device.h"
#include "gpu/protocol/messages.h"

namespace orrery::gpu {

/// What a long command says while it runs; called on its own thread.
struct Watcher {
    std::function<void(const SampleMessage&)> sample = [](const SampleMessage&) {};
    std::function<void(const std::string& stage, double fraction)> progress = [](const std::string&, double) {
    };
};

[[nodiscard]] Expected<BenchMessage> bench(Device& device, const Ceilings& ceilings,
                                           const BenchRequest& request, const Watcher& watcher,
                                           Progress& progress);

/// "convolution 3x3", "linear", "attention": what a picture colours by.
[[nodiscard]] std::string kindOf(const Op& op);

} // namespace orrery::gpu
