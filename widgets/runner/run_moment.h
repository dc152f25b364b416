// What was known of a run after its first k events: the fold that every view draws from. O(k), events are
// pointed at, not copied.
//
// Streams of several devices are merged here: throughput is the sum of the devices that answer the same
// request, taken once each of them has said something, with a row a device beside it.
#pragma once

#include "widgets/runner/run_log.h"

#include <map>
#include <optional>

namespace orrery::runner {

/// One measured point: a model at a batch size, all devices together.
struct BenchPoint {
    std::string id; ///< of the request
    struct Part {
        int source;
        const gpu::BenchMessage* message;
    };
    std::vector<Part> parts; ///< one a device, in the order in which they ended
    double itemsPerS = 0;    ///< summed
    double flopsPerS = 0;    ///< summed
    std::int64_t batch = 0;  ///< of one device

    [[nodiscard]] const gpu::BenchMessage& first() const { return *parts.front().message; }
    /// The longest of the devices; 0 when not measured.
    [[nodiscard]] double latencyUs(const std::string& percentile) const;
};

/// Equal for points that differ in nothing but the batch.
[[nodiscard]] bool sameSeries(const BenchPoint& a, const BenchPoint& b);

/// Throughput over the seconds that were measured; what lies between two measurements takes no room.
struct Track {
    std::vector<double> seconds;
    std::vector<double> itemsPerS;    ///< summed
    std::vector<double> clockMhz;     ///< lowest of the devices; 0: not known
    std::vector<double> powerW;       ///< summed; 0: not known
    std::vector<double> temperatureC; ///< highest; 0: not known
    std::vector<std::string> throttle;
    struct Part {
        std::size_t first; ///< index of its first sample
        std::string id;
    };
    std::vector<Part> parts; ///< one a request
};

/// What a device says last.
struct SourceRow {
    std::string stage;
    double itemsPerS = 0, clockMhz = 0, powerW = 0, temperatureC = 0;
    const gpu::BenchMessage* bench = nullptr;
};

struct RunMoment {
    RunPointer log;
    std::int64_t index = 0;                  ///< events taken
    std::vector<gpu::DeviceMessage> devices; ///< of all hellos, each id once
    std::vector<std::string> models;
    std::map<int, const gpu::CeilingsMessage*> ceilings; ///< by source, the newest
    std::vector<BenchPoint> benches;                     ///< in the order in which they ended
    std::vector<const gpu::CheckMessage*> checks;
    const gpu::WaterfallMessage* waterfall = nullptr;   ///< the newest
    std::vector<const gpu::TimelineMessage*> timelines; ///< of the newest model: each batch and variant once
    const gpu::ClassifyMessage* classes = nullptr;
    const gpu::FillMaskMessage* masks = nullptr;
    std::vector<SourceRow> rows; ///< one a source of the log
    Track track;
    std::string stage; ///< of the last progress; empty when nothing runs
    std::string error; ///< of the newest request

    /// The event that is shown; null at 0.
    [[nodiscard]] const gpu::Event* event() const {
        return index > 0 && log ? &log->at(static_cast<std::size_t>(index - 1)) : nullptr;
    }
    /// The newest point that has layers; null before there is one.
    [[nodiscard]] const BenchPoint* focus() const;
    /// Of the device that measured this part; null when they were not measured.
    [[nodiscard]] const gpu::CeilingsMessage* ceilingsOf(int source) const;
};

/// `index` is clamped to the log.
[[nodiscard]] RunMoment momentOf(const RunPointer& log, std::int64_t index);

} // namespace orrery::runner
