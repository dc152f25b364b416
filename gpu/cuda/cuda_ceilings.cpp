#include "gpu/cuda/cuda_ceilings.h"

#include "gpu/cuda/gemm.h"
#include "gpu/cuda/kernels.h"

#include <algorithm>

namespace orrery::gpu::cuda {

namespace {

constexpr int kRounds = 9;
constexpr std::size_t kLargeBytes = std::size_t{1} << 30;

/// Median seconds of `kRounds`; the first is not counted.
Expected<double> medianSeconds(const Context& context, const Launch& launch) {
    std::vector<double> seconds;
    for (int i = 0; i <= kRounds; ++i) {
        const auto once = context.timeOnce(launch);
        if (!once) return once;
        if (i > 0) seconds.push_back(*once);
    }
    std::ranges::sort(seconds);
    return seconds[seconds.size() / 2];
}

/// FLOP/s of one square product.
Expected<double> productRate(const Context& context, std::int64_t n) {
    const std::size_t bytes = static_cast<std::size_t>(n * n) * sizeof(__half);
    auto tensors = Buffer::allocate(3 * bytes);
    if (!tensors) return tl::unexpected(tensors.error());
    const GemmPointers pointers{tensors->at<__half>(), tensors->at<__half>(bytes), nullptr,
                                tensors->at<__half>(2 * bytes)};
    if (auto filled = checked(fillNormal(tensors->at<__half>(), 2 * n * n, 1, context.stream()), "fill");
        !filled)
        return tl::unexpected(filled.error());
    const auto gemm = Gemm::tuned(context, {n, n, n, Epilogue::None}, pointers);
    if (!gemm) return tl::unexpected(gemm.error());
    // Long enough that the card's power limit has its say, as it has in a model.
    const int repeats = static_cast<int>(std::max<double>(1, 0.05 / (*gemm)->seconds()));
    const auto seconds = medianSeconds(context, [&](cudaStream_t stream) {
        Expected<void> done;
        for (int i = 0; i < repeats && done; ++i)
            done = (*gemm)->launch(context, pointers, stream);
        return done;
    });
    if (!seconds) return seconds;
    return 2.0 * double(n) * double(n) * double(n) * repeats / *seconds;
}

Expected<double> matrixRate(const Context& context, std::uint64_t memoryBytes) {
    double best = 0;
    for (const std::int64_t n : {4096, 8192, 16384}) {
        if (6 * static_cast<std::uint64_t>(n * n) > memoryBytes / 4) continue;
        const auto rate = productRate(context, n);
        if (!rate) return rate;
        best = std::max(best, *rate);
    }
    return best;
}

Expected<double> perSecond(const Context& context, double amount, const Launch& launch) {
    const auto seconds = medianSeconds(context, launch);
    if (!seconds) return seconds;
    return amount / *seconds;
}

Expected<double> vectorRate(const Context& context, int units, float* sink) {
    double flops = 0;
    const auto seconds = medianSeconds(context, [&](cudaStream_t stream) {
        return checked(multiplyAdds(units * 8, 20000, sink, &flops, stream), "multiply-adds");
    });
    if (!seconds) return seconds;
    return flops / *seconds;
}

/// Seconds between the starts of two empty kernels in one graph.
Expected<double> launchFloor(const Context& context) {
    return context.timeInGraph([](cudaStream_t stream) { return checked(nothing(stream), "empty kernel"); },
                               500);
}

} // namespace

Expected<Ceilings> measureCeilings(const Context& context, const DeviceInfo& info, Progress& progress,
                                   const std::function<Telemetry()>& telemetry) {
    auto buffers = Buffer::allocate(2 * kLargeBytes);
    if (!buffers) return tl::unexpected(buffers.error());
    char* const from = buffers->at<char>();
    char* const to = buffers->at<char>(kLargeBytes);
    if (auto filled = checked(fillNormal(buffers->at<__half>(), kLargeBytes, 2, context.stream()), "fill");
        !filled)
        return tl::unexpected(filled.error());
    float* const sink = reinterpret_cast<float*>(to);
    const auto small = static_cast<std::int64_t>(info.cacheBytes * 2 / 5 / 4096 * 4096);
    constexpr int kPasses = 50;

    Ceilings c;
    c.precision = "fp16";
    Expected<double> values[6];
    const Launch copy = [&](cudaStream_t stream) {
        return checked(cudaMemcpyAsync(to, from, kLargeBytes, cudaMemcpyDeviceToDevice, stream), "copy");
    };
    values[0] = perSecond(context, 2.0 * double(kLargeBytes), copy);
    values[1] = perSecond(context, double(kLargeBytes), [&](cudaStream_t stream) {
        return checked(readAll(from, kLargeBytes, 1, sink, stream), "read");
    });
    values[2] = perSecond(context, double(small) * kPasses, [&](cudaStream_t stream) {
        return checked(readAll(from, small, kPasses, sink, stream), "read");
    });
    values[3] = vectorRate(context, info.units, sink);
    values[4] = launchFloor(context);
    progress.setFraction(0.5);
    if (progress.isCancelled()) return fail("stopped", ErrorCode::Cancelled);
    values[5] = matrixRate(context, info.memoryBytes);
    const Telemetry now = telemetry();
    for (const auto& value : values)
        if (!value) return tl::unexpected(value.error());
    c.copyBytes = *values[0];
    c.readBytes = *values[1];
    c.cacheBytes = *values[2];
    c.vectorFlops = *values[3];
    c.launchSeconds = *values[4];
    c.matrixFlops = *values[5];
    c.clockMhz = now.clockMhz;
    c.powerW = now.powerW;
    return c;
}

} // namespace orrery::gpu::cuda
