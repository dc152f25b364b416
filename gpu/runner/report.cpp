#include "gpu/runner/report.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace orrery::gpu {

namespace {

/// Operations of one kind, flops and bytes: one line of the table.
struct Group {
    LayerMessage first;
    int count = 0;
    double timeUs = 0; ///< of all
};

std::vector<Group> grouped(const std::vector<LayerMessage>& layers) {
    std::vector<Group> groups;
    for (const LayerMessage& layer : layers) {
        auto group = std::ranges::find_if(groups, [&](const Group& g) {
            return g.first.kind == layer.kind && g.first.flops == layer.flops &&
                   g.first.bytes == layer.bytes && g.first.method == layer.method;
        });
        if (group == groups.end()) group = groups.insert(groups.end(), Group{layer});
        ++group->count;
        group->timeUs += layer.timeUs;
    }
    std::ranges::sort(groups, std::greater<>(), &Group::timeUs);
    return groups;
}

std::string line(const Group& g, double sum) {
    const double each = g.timeUs / g.count;
    return fmt::format(
        "{:<24} {:>3}× {:>10.1f} {:>6.1f} % {:>9.2f} {:>8.0f} {:>10.1f} {:>6.1f} %  {:<7} {}\n", g.first.name,
        g.count, each, 100 * g.timeUs / sum, g.first.flops / each * 1e-6, g.first.bytes / each * 1e-3,
        g.first.attainableUs, 100 * g.first.attainableUs / each, g.first.bound, g.first.method);
}

} // namespace

std::string textOf(const std::vector<DeviceMessage>& devices) {
    std::string text;
    for (const DeviceMessage& d : devices) {
        if (!d.skipped.empty())
            fmt::format_to(std::back_inserter(text), "{:<8} not used: {}\n", d.id, d.skipped);
        else
            fmt::format_to(std::back_inserter(text), "{:<8} {}, {} {}, {:.0f} GB, cache {:.0f} MB{}{}\n",
                           d.id, d.name, d.units, d.id == "cpu" ? "threads" : "multiprocessors",
                           double(d.memoryBytes) * 1e-9, double(d.cacheBytes) * 1e-6,
                           d.software.empty() ? "" : ", ", d.software);
    }
    return text;
}

std::string textOf(const HelloMessage& m) {
    return fmt::format("orrery-gpu {}\n", m.version) + textOf(m.devices);
}

std::string textOf(const CeilingsMessage& m) {
    const Ceilings& c = m.ceilings;
    const auto sheet = [&](double value, double unit) {
        return m.sheet ? fmt::format("   (data sheet {:.4g})", value / unit) : std::string();
    };
    std::string text = fmt::format("matrix {}   {:>9.2f} TFLOP/s{}\n", c.precision, c.matrixFlops * 1e-12,
                                   sheet(m.sheet ? m.sheet->matrixFlops : 0, 1e12));
    text += fmt::format("memory copy   {:>9.2f} GB/s{}\n", c.copyBytes * 1e-9,
                        sheet(m.sheet ? m.sheet->memoryBytes : 0, 1e9));
    text += fmt::format("memory read   {:>9.2f} GB/s\n", c.readBytes * 1e-9);
    text += fmt::format("cache read    {:>9.2f} GB/s\n", c.cacheBytes * 1e-9);
    text += fmt::format("vector fp32   {:>9.2f} TFLOP/s\n", c.vectorFlops * 1e-12);
    text += fmt::format("launch        {:>9.2f} µs\n", c.launchSeconds * 1e6);
    text += fmt::format("ridge point   {:>9.2f} FLOP/B\n", c.ridge());
    if (c.clockMhz > 0) text += fmt::format("at {:.0f} MHz", c.clockMhz);
    if (c.powerW > 0) text += fmt::format(", {:.0f} W", c.powerW);
    return text + "\n";
}

std::string textOf(const BenchMessage& m) {
    const auto latency = [&](const char* key) {
        return m.latencyUs.contains(key) ? m.latencyUs.at(key) * 1e-3 : 0;
    };
    std::string text = fmt::format("{} {} batch {}{}: {:.1f} items/s ({:.1f}-{:.1f}), {:.2f} TFLOP/s\n",
                                   m.model, m.precision, m.batch,
                                   m.sequenceLength > 0 ? fmt::format(", S = {}", m.sequenceLength) : "",
                                   m.itemsPerS, m.itemsPerSLow, m.itemsPerSHigh, m.flopsPerS * 1e-12);
    text += fmt::format("  latency {:.3f} / {:.3f} / {:.3f} ms (p50 / p90 / p99){}\n", latency("p50"),
                        latency("p90"), latency("p99"),
                        m.latencyUs.contains("p99.9") ? fmt::format(", p99.9 {:.3f}", latency("p99.9")) : "");
    text += fmt::format("  {:.1f} % of the matrix ceiling, {:.1f} % of what the roofline allows\n",
                        100 * m.matrixShare, 100 * m.attainableShare);
    if (m.energyPerItemJ > 0)
        text += fmt::format("  {:.4g} J an item, {:.0f} W, {:.0f} MHz, {:.0f} °C\n", m.energyPerItemJ,
                            m.powerW, m.clockMhz, m.temperatureC);
    for (const DeviceRow& row : m.devices)
        text += fmt::format("  {:<8} {:.1f} items/s, p50 {:.3f} ms\n", row.device, row.itemsPerS,
                            row.latencyUs.contains("p50") ? row.latencyUs.at("p50") * 1e-3 : 0);
    if (m.layers.empty()) return text;
    text += fmt::format("\n{:<24} {:>4} {:>10} {:>8} {:>9} {:>8} {:>10} {:>8}  {:<7} {}\n", "operation", "",
                        "µs", "time", "TFLOP/s", "GB/s", "bound µs", "of bound", "bound", "method");
    for (const Group& group : grouped(m.layers))
        text += line(group, m.layersUs);
    return text + fmt::format("sum of operations {:.1f} µs; a forward takes {:.1f} µs\n", m.layersUs,
                              1e3 * latency("p50"));
}

std::string textOf(const CheckMessage& m) {
    std::vector<CheckRow> rows(m.rows.begin(), m.rows.end() - 1);
    std::ranges::stable_sort(rows, std::greater<>(),
                             [](const CheckRow& r) { return r.passed ? r.relativeError : 1e300; });
    const auto failed = std::ranges::count(rows, false, &CheckRow::passed);
    rows.resize(
        std::min<std::size_t>(rows.size(), std::max<std::size_t>(5, static_cast<std::size_t>(failed))));
    rows.push_back(m.rows.back());
    std::string text = fmt::format("{}: {} of {} operations outside their tolerance; the worst:\n", m.model,
                                   failed, m.rows.size() - 1);
    for (const CheckRow& row : rows)
        text += fmt::format("  {:<28} relative {:.2e} (allowed {:.0e}), worst element {:.2e} at {} {}\n",
                            row.name, row.relativeError, row.tolerance, row.worstError, row.worstIndex,
                            row.passed ? "" : "FAILED");
    return text;
}

} // namespace orrery::gpu
