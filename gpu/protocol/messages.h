// What orrery-gpu and the panel say to each other, as values. Units stand in the names, times of many runs
// are percentiles, never a lone mean.
#pragma once

#include "gpu/roofline/ceilings.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace orrery::gpu {

/// Raised when an old reader would misread a new line. New keys alone do not raise it.
inline constexpr int kProtocolVersion = 1;

// ---- requests ----

enum class RequestKind : std::uint8_t { Info, Ceilings, Bench, Check, Cancel };

struct BenchRequest {
    std::string model = "resnet50";
    std::int64_t batch = 1;
    std::int64_t sequenceLength = 128; ///< S of a text model
    double meanFill = 1.0;             ///< mean length over S: below 1, lengths are drawn from [1, S]
    bool packed = false;               ///< leave out the rows of padding
    double seconds = 3;                ///< measured, after the warm-up
    std::string variant = "graph";     ///< "graph", "fused", "unfused"
    bool tanhGelu = false;             ///< the approximation instead of erf
    std::string weights;               ///< a safetensors file; empty: drawn from `seed`
    std::uint64_t seed = 1;
    bool layers = true; ///< time each operation alone as well
};

struct Request {
    std::string id; ///< chosen by who asks; every event about it repeats it
    RequestKind kind = RequestKind::Info;
    std::string device = ""; ///< "cpu", "cuda:0"; empty: the best there is
    BenchRequest bench;      ///< Bench, and Check but for its times
    std::string target;      ///< Cancel: the id of the request to stop
};

// ---- events ----

struct DeviceMessage {
    std::string id, name, software;
    int units = 0;
    std::uint64_t memoryBytes = 0, cacheBytes = 0;
    std::string skipped; ///< why it cannot be used; empty when it can
};

struct HelloMessage {
    int protocol = kProtocolVersion;
    std::string version;
    std::vector<std::string> models;
    std::vector<DeviceMessage> devices;
};

struct CeilingsMessage {
    Ceilings ceilings;
    std::optional<DataSheet> sheet;
};

/// While a bench runs, about ten times a second.
struct SampleMessage {
    double timeS = 0; ///< since the measurement began
    double itemsPerS = 0;
    double clockMhz = 0, powerW = 0, temperatureC = 0;
    std::string throttle;
};

struct LayerMessage {
    std::string name, stage, kind, method;
    double flops = 0, bytes = 0;
    double timeUs = 0;       ///< alone, median
    double attainableUs = 0; ///< max(compute, memory) under the ceilings
    std::string bound;       ///< "compute" or "memory"
};

struct BenchMessage {
    std::string model, variant, precision;
    std::int64_t batch = 0, sequenceLength = 0, tokens = 0;
    double itemsPerS = 0;                       ///< median of five parts of the run
    double itemsPerSLow = 0, itemsPerSHigh = 0; ///< of the five
    double flopsPerS = 0;
    std::map<std::string, double> latencyUs;           ///< "p50", "p90", "p99": of one forward
    double matrixShare = 0;                            ///< of the measured matrix ceiling
    double attainableShare = 0;                        ///< Σ max(compute, memory) over the time of a forward
    double energyPerItemJ = 0;                         ///< 0 where nothing measures it
    double clockMhz = 0, powerW = 0, temperatureC = 0; ///< medians over the run
    double layersUs = 0;                               ///< Σ of the layers' own times; 0 without them
    std::vector<LayerMessage> layers;
};

struct CheckRow {
    std::string name;
    double relativeError = 0; ///< ‖y − reference‖ / ‖reference‖
    double worstError = 0;    ///< largest |y − reference|
    std::int64_t worstIndex = 0;
    double tolerance = 0; ///< of relativeError
    bool passed = false;
};

struct CheckMessage {
    std::string model;
    std::vector<CheckRow> rows; ///< each operation on the reference's input, the whole model last
    bool passed = false;
};

struct ProgressMessage {
    std::string stage;
    double fraction = 0; ///< 0 … 1
};

struct ErrorMessage {
    std::string message; ///< one sentence
};

struct DoneMessage {};

using Payload = std::variant<HelloMessage, CeilingsMessage, SampleMessage, BenchMessage, CheckMessage,
                             ProgressMessage, ErrorMessage, DoneMessage>;

struct Event {
    std::string id; ///< of the request; empty for hello and for lines that could not be read
    std::string host;
    int rank = 0;
    std::string device;
    Payload payload;
};

} // namespace orrery::gpu
