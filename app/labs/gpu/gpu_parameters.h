// The knobs of the GPU lab: what is looked at, who runs, what is asked of it.
#pragma once

#include "core/support/parameter.h"
#include "gpu/protocol/messages.h"

#include <QString>
#include <QStringList>
#include <vector>

namespace orrery {

/// What the values mean, read once.
struct GpuKnobs {
    QString view = QStringLiteral("roofline");   ///< roofline, layers, throughput, queue
    QString source = QStringLiteral("recorded"); ///< recorded, here, command
    QString command;                             ///< as it would be typed; no shell reads it
    QString device;                              ///< "" : the best there is
    gpu::BenchRequest bench;
    bool sweep = true;     ///< every power of two up to the batch
    bool variants = false; ///< every variant at the batch

    double arrivals = 0, maxWaitMs = 0; ///< of the queue
    std::int64_t maxBatch = 0;

    [[nodiscard]] bool isLive() const { return source != u"recorded"; }
    /// Which process answers.
    [[nodiscard]] auto processKey() const {
        return std::tuple(source, source == u"command" ? command : QString());
    }
    [[nodiscard]] auto requestKey() const {
        return std::tuple(device, bench.model, bench.batch, bench.sequenceLength, bench.meanFill,
                          bench.packed, bench.variant, bench.seconds, sweep, variants);
    }
};

/// `devices` and `models`: what the process said that it has.
[[nodiscard]] std::vector<ParameterSpec> gpuParameterSpecs(const std::vector<gpu::DeviceMessage>& devices,
                                                           const std::vector<std::string>& models);
[[nodiscard]] GpuKnobs gpuKnobs(const ParameterValues& values, const std::vector<ParameterSpec>& specs);

/// What to ask for: variants first, then the batches, the largest last.
[[nodiscard]] std::vector<gpu::Request> requestsOf(const GpuKnobs& knobs);
/// The argument vector; empty when nothing can be started.
[[nodiscard]] QStringList argvOf(const GpuKnobs& knobs);

} // namespace orrery
