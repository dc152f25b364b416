// The knobs of the GPU lab: what is looked at, who runs, what is asked of it.
#pragma once

#include "core/support/parameter.h"
#include "gpu/protocol/messages.h"

#include <QImage>
#include <QString>
#include <QStringList>
#include <tuple>
#include <vector>

namespace orrery {

/// What the values mean, read once.
struct GpuKnobs {
    QString view = QStringLiteral("roofline");   ///< roofline, layers, tricks, throughput, queue, ask
    QString source = QStringLiteral("recorded"); ///< recorded, here, command
    QString command;                             ///< as it would be typed; no shell reads it
    QString device;                              ///< "" : the best there is
    gpu::BenchRequest bench;
    bool sweep = true;     ///< every power of two up to the batch
    bool variants = false; ///< every variant at the batch

    QString compare =
        QStringLiteral("none"); ///< none, earlier, file, or a recording that is shipped, by its name
    QString compareFile;        ///< of "file"

    QString text;              ///< to be completed
    double load = 0.7;         ///< of the queue: arrivals over what it can serve
    std::int64_t maxBatch = 8; ///< of the queue
    double maxWaitMs = 5;      ///< of the queue

    [[nodiscard]] bool isLive() const { return source != u"recorded"; }
    [[nodiscard]] bool asks() const { return view == u"ask"; }
    /// Of the recording beside this run: a resource or a file of one's own; empty: none.
    [[nodiscard]] QString comparedPath() const;
    /// Which process answers.
    [[nodiscard]] auto processKey() const {
        return std::tuple(source, source == u"command" ? command : QString());
    }
    [[nodiscard]] bool asksText() const { return bench.model.starts_with("bert"); }
    [[nodiscard]] auto askKey() const { return std::tuple(text, bench.model, bench.weights, device); }
    [[nodiscard]] auto queueKey() const { return std::tuple(load, maxBatch, maxWaitMs); }
    [[nodiscard]] auto requestKey() const {
        return std::tuple(device, bench.model, bench.batch, bench.sequenceLength, bench.meanFill,
                          bench.packed, bench.variant, bench.seconds, sweep, variants);
    }
};

/// What the choices of the parameters are made of.
struct GpuChoices {
    std::vector<gpu::DeviceMessage> devices; ///< that the process said that it has
    std::vector<std::string> models;         ///< likewise
    std::vector<ParameterOption> recordings; ///< that are shipped
    bool asks = false; ///< in the view of questions those knobs are left out that a question does not have
};

[[nodiscard]] bool asksQuestions(const ParameterValues& values);
[[nodiscard]] std::vector<ParameterOption> shippedRecordings();
[[nodiscard]] std::vector<ParameterSpec> gpuParameterSpecs(const GpuChoices& choices);
[[nodiscard]] GpuKnobs gpuKnobs(const ParameterValues& values, const std::vector<ParameterSpec>& specs);

/// What to ask for: variants first, then the batches, the largest last.
[[nodiscard]] std::vector<gpu::Request> requestsOf(const GpuKnobs& knobs);
/// A question about a picture (its pixels) or, where none is given, about the text.
[[nodiscard]] gpu::Request questionOf(const GpuKnobs& knobs, const QImage& picture);
/// The argument vector; empty when nothing can be started.
[[nodiscard]] QStringList argvOf(const GpuKnobs& knobs);

} // namespace orrery
