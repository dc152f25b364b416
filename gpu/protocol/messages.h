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

enum class RequestKind : std::uint8_t {
    Info,
    Ceilings,
    Bench,
    Check,
    Cancel,
    Waterfall, ///< Bench of each variant in turn, then the timelines of the first and the last
    Timeline,  ///< kernels of one forward
    Classify,  ///< a picture → classes
    FillMask,  ///< a text with [MASK] → words
};

struct BenchRequest {
    std::string model = "resnet50";
    std::int64_t batch = 1;
    std::int64_t sequenceLength = 128; ///< S of a text model
    double meanFill = 1.0;             ///< mean length over S: below 1, lengths are drawn from [1, S]
    bool packed = false;               ///< leave out the rows of padding
    double seconds = 3;                ///< measured, after the warm-up
    std::int64_t forwards = 0;         ///< at least as many are measured: 1000 and more for a p99.9
    std::string variant = "graph";     ///< "naive", "nhwc", "folded", "attention", "fused", "graph"
    bool tanhGelu = false;             ///< the approximation instead of erf
    std::string weights;               ///< a safetensors file; empty: drawn from `seed`
    std::uint64_t seed = 1;
    bool layers = true; ///< time each operation alone as well
};

/// Something real for a trained model to answer; model, weights and variant are those of the bench request.
struct AskRequest {
    std::string image;                  ///< a picture: the path of a PPM file (P6), or empty
    std::string rgb;                    ///< … or its pixels, base64 of height × width × 3 bytes
    std::int64_t width = 0, height = 0; ///< of `rgb`
    std::string text;                   ///< with [MASK] in it
    std::string vocabulary;             ///< path; empty: vocab.txt beside the weights
    std::int64_t top = 5;               ///< answers wanted
};

struct Request {
    std::string id; ///< chosen by who asks; every event about it repeats it
    RequestKind kind = RequestKind::Info;
    std::string device = ""; ///< "cpu", "cuda:0", "cuda:0,cuda:1", "all" the cards; empty: the best there is
    BenchRequest bench;      ///< Bench, and Check but for its times
    std::string target;      ///< Cancel: the id of the request to stop
    AskRequest ask;          ///< Classify, FillMask
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

/// One device of several that run the same model side by side.
struct DeviceRow {
    std::string device;
    double itemsPerS = 0;
    std::map<std::string, double> latencyUs;
    double energyPerItemJ = 0, clockMhz = 0, powerW = 0, temperatureC = 0;
};

struct BenchMessage {
    std::string model, variant, precision;
    std::int64_t batch = 0, sequenceLength = 0, tokens = 0;
    std::int64_t rows = 0; ///< of tokens computed, padding included; 0 for images
    bool packed = false;
    std::int64_t forwards = 0;                  ///< measured
    double itemsPerS = 0;                       ///< median of five parts of the run
    double itemsPerSLow = 0, itemsPerSHigh = 0; ///< of the five
    double flopsPerS = 0;
    std::map<std::string, double> latencyUs; ///< "p50", "p90", "p99", and from 1000 forwards on "p99.9"
    double matrixShare = 0;                  ///< of the measured matrix ceiling
    double attainableShare = 0;              ///< Σ max(compute, memory) over the time of a forward
    double energyPerItemJ = 0;               ///< 0 where nothing measures it
    double clockMhz = 0, powerW = 0, temperatureC = 0; ///< medians over the run
    double layersUs = 0;                               ///< Σ of the layers' own times; 0 without them
    std::vector<LayerMessage> layers;
    std::vector<DeviceRow> devices; ///< one a device when there are several; the figures above are their sums
};

struct WaterfallStep {
    std::string variant, change; ///< "folded", "batch norm folded into the weights"
    bool packed = false;
    double itemsPerS = 0, flopsPerS = 0, matrixShare = 0;
    double gain = 0;                         ///< items/s over those of the step before; 0 for the first
    std::map<std::string, double> latencyUs; ///< as of a bench
    std::string skipped;                     ///< why it could not be measured; empty when it was
};

struct WaterfallMessage {
    std::string model, precision;
    std::int64_t batch = 0, sequenceLength = 0, tokens = 0;
    std::vector<WaterfallStep> steps;
};

struct SpanMessage {
    std::int64_t op = -1; ///< index into the timeline's operations; −1: not known
    std::string kernel;
    double startUs = 0, endUs = 0;
};

struct TimelineMessage {
    std::string model, variant, method; ///< who took the times: "CUPTI", "clock"
    std::int64_t batch = 0, sequenceLength = 0;
    double forwardUs = 0; ///< from the first start to the last end
    double busyUs = 0;    ///< at least one kernel running
    double gapUs = 0;     ///< none running: launches, dependencies
    std::vector<std::string> operations, kinds;
    std::vector<SpanMessage> spans;
};

struct Candidate {
    std::int64_t index = 0; ///< class or word
    std::string name;       ///< empty when the model's folder has no labels
    double probability = 0;
};

struct ClassifyMessage {
    std::string model, weights; ///< "drawn from seed 1" when there is no file
    double timeUs = 0;          ///< of the forward alone
    std::vector<Candidate> classes;
};

struct MaskMessage {
    std::int64_t token = 0; ///< place among the tokens
    std::vector<Candidate> words;
};

struct FillMaskMessage {
    std::string model, weights;
    double timeUs = 0;
    std::vector<std::string> tokens; ///< as the model saw the text
    std::vector<MaskMessage> masks;
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
                             ProgressMessage, ErrorMessage, DoneMessage, WaterfallMessage, TimelineMessage,
                             ClassifyMessage, FillMaskMessage>;

struct Event {
    std::string id; ///< of the request; empty for hello and for lines that could not be read
    std::string host;
    int rank = 0;
    std::string device;
    Payload payload;
};

} // namespace orrery::gpu
