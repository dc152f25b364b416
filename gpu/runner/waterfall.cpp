#include "gpu/runner/waterfall.h"

#include "gpu/models/variants.h"
#include "gpu/runner/setup.h"

#include <algorithm>
#include <cmath>
#include <mutex>

namespace orrery::gpu {

namespace {

struct Stage {
    std::string variant, change;
    bool packed = false;
};

std::vector<Stage> stagesOf(const Device& device, Task task, const BenchRequest& request) {
    const std::vector<NamedVariant>& all = variantsOf(task);
    std::vector<Stage> stages;
    for (const std::string& name : device.variants(task))
        stages.push_back({name, std::ranges::find(all, name, &NamedVariant::name)->change});
    if (task == Task::TextEncoding && request.meanFill < 1)
        stages.push_back({stages.back().variant, "padding left out", true});
    return stages;
}

BenchRequest requestOf(const BenchRequest& request, const Stage& stage) {
    BenchRequest one = request;
    one.variant = stage.variant;
    one.packed = stage.packed;
    one.layers = false;
    return one;
}

WaterfallStep stepOf(const Stage& stage, const Expected<BenchMessage>& result, double before) {
    WaterfallStep step{stage.variant, stage.change, stage.packed};
    if (!result) {
        step.skipped = result.error().message;
        return step;
    }
    step.itemsPerS = result->itemsPerS;
    step.flopsPerS = result->flopsPerS;
    step.matrixShare = result->matrixShare;
    step.latencyUs = result->latencyUs;
    step.gain = before > 0 ? result->itemsPerS / before : 0;
    return step;
}

/// Hundredths of a microsecond, so that a line stays short.
double microseconds(double seconds) {
    return std::round(1e8 * seconds) / 100;
}

TimelineMessage messageOf(const Model& model, const BenchRequest& request, bool isCpu,
                          const std::vector<KernelSpan>& spans) {
    TimelineMessage m;
    m.model = model.id;
    m.variant = request.variant;
    m.method = isCpu ? "clock" : "CUPTI";
    m.batch = model.batch;
    m.sequenceLength = model.task == Task::TextEncoding ? model.sequences.longest : 0;
    for (const Op& op : model.ops) {
        m.operations.push_back(op.name);
        m.kinds.push_back(kindOf(op));
    }
    double last = 0;
    for (const KernelSpan& s : spans) {
        m.spans.push_back({s.op, s.kernel, microseconds(s.begin), microseconds(s.end)});
        last = std::max(last, s.end);
    }
    m.forwardUs = microseconds(last);
    m.busyUs = microseconds(busySeconds(spans));
    m.gapUs = microseconds(last - busySeconds(spans));
    return m;
}

/// Samples whose time goes on from one bench to the next instead of beginning again. Several devices sample
/// at once.
class RunningClock {
  public:
    explicit RunningClock(const Watcher& watcher) : m_watcher(watcher) {
        m_watcher.sample = [this, pass = watcher.sample](const std::string& device,
                                                         const SampleMessage& sample) {
            SampleMessage later = sample;
            {
                const std::lock_guard lock(m_mutex);
                m_longest = std::max(m_longest, sample.timeS);
                later.timeS += m_before;
            }
            pass(device, later);
        };
    }
    [[nodiscard]] const Watcher& watcher() const { return m_watcher; }
    void endBench() { m_before += std::exchange(m_longest, 0); }

  private:
    Watcher m_watcher;
    std::mutex m_mutex;
    double m_before = 0, m_longest = 0; ///< s of the benches before, and of this one so far
};

/// Of the first stage and the last two that are not packed: before everything, before the graph, with it.
Expected<void> addTimelines(Device& device, const std::vector<Stage>& stages, const BenchRequest& request,
                            const Watcher& watcher, Progress& progress) {
    std::vector<Stage> shown;
    for (const Stage& stage : stages)
        if (!stage.packed) shown.push_back(stage);
    if (shown.size() > 3) shown.erase(shown.begin() + 1, shown.end() - 2);
    for (const Stage& stage : shown) {
        if (progress.isCancelled()) return fail("stopped", ErrorCode::Cancelled);
        watcher.progress("timeline, " + stage.variant, 0);
        // Where nothing can take the times, the waterfall stands without them.
        if (const auto line = timeline(device, requestOf(request, stage), progress)) watcher.part(*line);
    }
    return {};
}

} // namespace

double busySeconds(std::span<const KernelSpan> spans) {
    double busy = 0, end = 0;
    for (const KernelSpan& s : spans) {
        busy += std::max(0.0, s.end - std::max(s.begin, end));
        end = std::max(end, s.end);
    }
    return busy;
}

Expected<TimelineMessage> timeline(Device& device, const BenchRequest& request, Progress& progress) {
    const auto model = modelOf(request);
    if (!model) return tl::unexpected(model.error());
    const auto variant = variantOf(request);
    if (!variant) return tl::unexpected(variant.error());
    const auto weights = weightsOf(*model, request);
    if (!weights) return tl::unexpected(weights.error());
    const auto engine = device.prepare(*model, *weights, *variant, progress);
    if (!engine) return tl::unexpected(engine.error());
    if (const auto set = (*engine)->setInputs(syntheticInputs(*model, request.seed)); !set)
        return tl::unexpected(set.error());
    if (const auto warm = (*engine)->run(3); !warm) return tl::unexpected(warm.error());
    const auto spans = (*engine)->timeline();
    if (!spans) return tl::unexpected(spans.error());
    return messageOf(*model, request, device.info().elementBytes == 4, *spans);
}

Expected<WaterfallMessage> waterfall(std::span<const Bench> benches, const BenchRequest& request,
                                     const Watcher& watcher, Progress& progress) {
    const auto task = taskOf(request.model);
    if (!task) return tl::unexpected(task.error());
    Device& first = *benches.front().device;
    const std::vector<Stage> stages = stagesOf(first, *task, request);
    WaterfallMessage result;
    double before = 0;
    RunningClock clock(watcher);
    for (const Stage& stage : stages) {
        watcher.progress(stage.variant + ": " + stage.change, 0);
        const auto one = bench(benches, requestOf(request, stage), clock.watcher(), progress);
        clock.endBench();
        if (!one && one.error().code != ErrorCode::Unsupported) return tl::unexpected(one.error());
        result.steps.push_back(stepOf(stage, one, before));
        if (!one) continue;
        watcher.part(*one);
        before = one->itemsPerS;
        result.model = one->model;
        result.precision = one->precision;
        result.batch = one->batch;
        result.sequenceLength = one->sequenceLength;
        result.tokens = one->tokens;
    }
    if (before == 0) return fail(result.steps.back().skipped, ErrorCode::Unsupported);
    if (const auto added = addTimelines(first, stages, request, watcher, progress); !added)
        return tl::unexpected(added.error());
    return result;
}

} // namespace orrery::gpu
