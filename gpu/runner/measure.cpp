#include "gpu/runner/measure.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace orrery::gpu {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

constexpr double kSampleSeconds = 0.1;
constexpr double kLongestWarmUp = 2;
constexpr int kParts = 5;

SampleMessage sampleOf(const Telemetry& t, double time, double itemsPerS) {
    return {time, itemsPerS, t.clockMhz, t.powerW, t.temperatureC, t.throttle};
}

void note(Record& record, const Telemetry& t) {
    record.clocks.push_back(t.clockMhz);
    record.powers.push_back(t.powerW);
    record.temperatures.push_back(t.temperatureC);
}

bool isEnough(const Record& record, const BenchRequest& request) {
    return !record.latencies.empty() && record.seconds >= request.seconds &&
           static_cast<std::int64_t>(record.latencies.size()) >= request.forwards;
}

} // namespace

double percentile(std::vector<double> values, double share) {
    std::ranges::sort(values);
    const auto rank = static_cast<std::size_t>(std::ceil(share * double(values.size())));
    return values[std::clamp<std::size_t>(rank, 1, values.size()) - 1];
}

double median(std::vector<double> values) {
    return values.empty() ? 0 : percentile(std::move(values), 0.5);
}

std::vector<double> ratesOf(const std::vector<double>& latencies, std::int64_t batch) {
    const std::size_t parts = std::min<std::size_t>(kParts, latencies.size());
    std::vector<double> rates;
    for (std::size_t p = 0; p < parts; ++p) {
        const std::size_t begin = p * latencies.size() / parts, end = (p + 1) * latencies.size() / parts;
        double seconds = 0;
        for (std::size_t i = begin; i < end; ++i)
            seconds += latencies[i];
        rates.push_back(double(end - begin) * double(batch) / seconds);
    }
    return rates;
}

Expected<double> warmUp(Engine& engine, double seconds, const Progress& progress) {
    const double least = std::min(seconds / 5, kLongestWarmUp);
    const auto begin = Clock::now();
    double forward = 0;
    for (int i = 0; i < 2 || secondsSince(begin) < least; ++i) {
        if (progress.isCancelled()) return fail("stopped", ErrorCode::Cancelled);
        const auto times = engine.run(forward > 0 ? std::max(1, int(kSampleSeconds / forward)) : 1);
        if (!times) return tl::unexpected(times.error());
        forward = median(*times);
    }
    return forward;
}

Expected<Record> measure(Device& device, Engine& engine, const BenchRequest& request, double forward,
                         const Watcher& watcher, Progress& progress) {
    Record record;
    const int chunk = std::clamp(int(kSampleSeconds / forward), 1, 2000);
    const Telemetry before = device.telemetry();
    const auto begin = Clock::now();
    while (!isEnough(record, request)) {
        if (progress.isCancelled()) return fail("stopped", ErrorCode::Cancelled);
        const auto started = record.seconds;
        const auto times = engine.run(chunk);
        if (!times) return tl::unexpected(times.error());
        record.latencies.insert(record.latencies.end(), times->begin(), times->end());
        record.seconds = secondsSince(begin);
        const Telemetry now = device.telemetry();
        note(record, now);
        watcher.sample(
            device.info().id,
            sampleOf(now, record.seconds, double(chunk * request.batch) / (record.seconds - started)));
        progress.setFraction(std::min(1.0, record.seconds / request.seconds));
    }
    record.energyJ = device.telemetry().energyJ - before.energyJ;
    return record;
}

} // namespace orrery::gpu
