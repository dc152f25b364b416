// From a moment of a run to what the views draw: shares, rates, series. Plain values, cheap to make.
#pragma once

#include "widgets/plot/labelled_lines.h"
#include "widgets/runner/run_moment.h"

#include <QString>
#include <memory>
#include <optional>
#include <vector>

namespace orrery::panel {

/// One operation of the point in focus.
struct LayerPoint {
    QString name, stage, kind, method;
    int category = 5; ///< colour and shape of its kind
    double flops = 0, bytes = 0, timeUs = 0, attainableUs = 0;
    double share = 0; ///< of the sum of the layers' own times
    bool byMemory = false;
    int other = -1;         ///< the same layer of the run beside it; −1: none
    double timesFaster = 0; ///< than that, an item; 0: not known

    [[nodiscard]] double intensity() const { return bytes > 0 ? flops / bytes : 0; } ///< FLOP/B
    [[nodiscard]] double flopsPerS() const { return timeUs > 0 ? flops / timeUs * 1e6 : 0; }
    [[nodiscard]] double bytesPerS() const { return timeUs > 0 ? bytes / timeUs * 1e6 : 0; }
    /// Of what the measured roofline allows; above 1: over the roof.
    [[nodiscard]] double ofRoof() const { return timeUs > 0 ? attainableUs / timeUs : 0; }
    [[nodiscard]] bool hasMatrixFlops() const { return flops > 0; }
    /// Measurements repeat within a few per cent: nearer to the roof than that is on it.
    [[nodiscard]] bool isAboveRoof() const { return ofRoof() > 1.05; }
};

/// The whole model at one batch.
struct ModelPoint {
    std::int64_t batch = 0;
    double intensity = 0, flopsPerS = 0; ///< of one device, as the roofs are
    int devices = 1;                     ///< that shared the measurement: flopsPerS is their mean
};

struct RooflinePicture {
    std::vector<LayerPoint> layers; ///< in the order of the model
    std::vector<ModelPoint> trail;  ///< ascending batch; the one in focus among them
    std::optional<ModelPoint> model;
    gpu::Ceilings ceilings;
    std::optional<gpu::DataSheet> sheet;
    QString title;                                ///< "ResNet-50 · batch 8 · fp32"
    std::shared_ptr<const RooflinePicture> other; ///< a run beside it; drawn as a ghost
    QString name;                                 ///< of a run that is drawn as a ghost
    [[nodiscard]] int aboveRoof() const;
};

/// Another run that stands beside this one.
struct Comparison {
    enum class Kind { None, Earlier, Recorded };
    Kind kind = Kind::None;
    const runner::RunMoment* recorded = nullptr; ///< all of it; null while it is being read
};

[[nodiscard]] RooflinePicture rooflineOf(const runner::RunMoment& moment, const Comparison& beside = {});

/// Lines over the batch, with lines of others and limits beside them.
struct BatchPicture {
    QString vertical;
    std::vector<LabelledLine> lines;
    bool logarithmic = false;
    struct Limit {
        double value;
        QString text;
    };
    std::vector<Limit> limits;
    QString summary;
};

/// TFLOP/s; published figures dashed.
[[nodiscard]] BatchPicture speedOverBatch(const runner::RunMoment& moment, const Comparison& beside = {});
/// Milliseconds: p50, p90, p99.
[[nodiscard]] BatchPicture latencyOverBatch(const runner::RunMoment& moment, const Comparison& beside = {});

/// Batch and seconds of one forward (p50) of the newest series: what a queue is fed with.
[[nodiscard]] std::vector<std::pair<std::int64_t, double>> latenciesOf(const runner::RunMoment& moment);

/// What each trick gives at the batch in focus.
struct TrickBar {
    QString name;
    double itemsPerS = 0;
    QString change; ///< what it does that the one before does not
};
struct TricksPicture {
    std::vector<TrickBar> bars; ///< in the order in which tricks are added
    QString unit, summary;
};
[[nodiscard]] TricksPicture tricksOf(const runner::RunMoment& moment);

/// Tokens a second with padding computed and left out; empty for images and where only one of them was
/// measured.
[[nodiscard]] TricksPicture paddingOf(const runner::RunMoment& moment);

/// Kernels of one forward.
struct TimelineSpan {
    int category = 5;
    QString operation, kernel;
    double startUs = 0, endUs = 0;
};
struct TimelineLine {
    QString name; ///< of the variant
    double forwardUs = 0, gapUs = 0;
    std::vector<TimelineSpan> spans;
};
struct TimelinePicture {
    std::vector<TimelineLine> lines;
    QString summary;
};
/// Of the batch at which most variants were timed, of several such the newest; plainest variant first.
[[nodiscard]] TimelinePicture timelinesOf(const runner::RunMoment& moment);

[[nodiscard]] int categoryOfKind(const std::string& kind);
[[nodiscard]] QString labelOfKind(const std::string& kind);
[[nodiscard]] QString trickName(const std::string& variant);
[[nodiscard]] QString modelTitle(const std::string& model);
[[nodiscard]] QString itemsOf(const std::string& model); ///< "img", "seq"
/// 0.08 TFLOP/s reads as 80 GFLOP/s, 3.02e12 B/s as 3.02 TB/s.
[[nodiscard]] QString flopsInWords(double flopsPerS);
[[nodiscard]] QString bytesInWords(double bytesPerS);
[[nodiscard]] QString timeInWords(double microseconds);

} // namespace orrery::panel
