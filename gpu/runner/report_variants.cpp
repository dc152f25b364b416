// Waterfalls, timelines and answers as text for people.
#include "gpu/runner/report.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace orrery::gpu {

namespace {

struct Gap {
    double us = 0;
    const SpanMessage* before = nullptr;
    const SpanMessage* after = nullptr;
};

std::vector<Gap> longestGaps(const std::vector<SpanMessage>& spans, std::size_t count) {
    std::vector<Gap> gaps;
    for (std::size_t i = 1; i < spans.size(); ++i)
        gaps.push_back({spans[i].startUs - spans[i - 1].endUs, &spans[i - 1], &spans[i]});
    std::ranges::sort(gaps, std::greater<>(), &Gap::us);
    gaps.resize(std::min(count, gaps.size()));
    return gaps;
}

std::string nameOf(const TimelineMessage& m, const SpanMessage& span) {
    const bool known = span.op >= 0 && span.op < static_cast<std::int64_t>(m.operations.size());
    return known ? m.operations[static_cast<std::size_t>(span.op)] : span.kernel;
}

std::string linesOf(const std::vector<Candidate>& candidates) {
    std::string text;
    for (const Candidate& c : candidates)
        fmt::format_to(std::back_inserter(text), "  {:6.2f} %  {}\n", 100 * c.probability,
                       c.name.empty() ? fmt::format("class {}", c.index) : c.name);
    return text;
}

} // namespace

std::string textOf(const WaterfallMessage& m) {
    std::string text = fmt::format("{} {} batch {}{}\n", m.model, m.precision, m.batch,
                                   m.sequenceLength > 0 ? fmt::format(", S = {}", m.sequenceLength) : "");
    for (const WaterfallStep& s : m.steps) {
        const std::string name = s.packed ? s.variant + ", packed" : s.variant;
        if (!s.skipped.empty())
            fmt::format_to(std::back_inserter(text), "  {:<16} skipped: {}\n", name, s.skipped);
        else
            fmt::format_to(std::back_inserter(text),
                           "  {:<16} {:>10.1f} items/s {:>8.2f} TFLOP/s  {:>6}  {}\n", name, s.itemsPerS,
                           s.flopsPerS * 1e-12, s.gain > 0 ? fmt::format("×{:.2f}", s.gain) : "", s.change);
    }
    return text;
}

std::string textOf(const TimelineMessage& m) {
    std::string text =
        fmt::format("{} batch {}, {}: {} kernels in {:.2f} µs, busy {:.2f}, gaps {:.2f} ({:.1f} %), by {}\n",
                    m.model, m.batch, m.variant, m.spans.size(), m.forwardUs, m.busyUs, m.gapUs,
                    m.forwardUs > 0 ? 100 * m.gapUs / m.forwardUs : 0, m.method);
    for (const Gap& gap : longestGaps(m.spans, 5))
        fmt::format_to(std::back_inserter(text), "  {:>8.2f} µs between {} and {}\n", gap.us,
                       nameOf(m, *gap.before), nameOf(m, *gap.after));
    return text;
}

std::string textOf(const ClassifyMessage& m) {
    return fmt::format("{} ({}), {:.3f} ms\n", m.model, m.weights, 1e-3 * m.timeUs) + linesOf(m.classes);
}

std::string textOf(const FillMaskMessage& m) {
    std::string text = fmt::format("{} ({}), {:.3f} ms\n", m.model, m.weights, 1e-3 * m.timeUs);
    for (const MaskMessage& mask : m.masks)
        text += fmt::format("[MASK] at token {}\n", mask.token) + linesOf(mask.words);
    return text;
}

} // namespace orrery::gpu
