#include "gpu/reference/cpu_ceilings.h"

#include "core/support/rng.h"
#include "gpu/reference/ops.h"

#include <Eigen/Core>
#include <algorithm>
#include <chrono>
#include <cstring>
#include <numeric>
#include <tbb/parallel_for.h>

namespace orrery::gpu {

namespace {

using Clock = std::chrono::steady_clock;

/// Best of `rounds`, after one that is not counted.
template <class Body>
double bestSeconds(int rounds, const Body& body) {
    body();
    double best = 1e300;
    for (int i = 0; i < rounds; ++i) {
        const auto begin = Clock::now();
        body();
        best = std::min(best, std::chrono::duration<double>(Clock::now() - begin).count());
    }
    return best;
}

std::vector<float> randomNumbers(std::size_t count, std::uint64_t stream) {
    Rng rng(1, stream);
    std::vector<float> numbers(count);
    for (float& x : numbers)
        x = static_cast<float>(rng.normal());
    return numbers;
}

double productFlops(std::int64_t size, int rounds) {
    const auto count = static_cast<std::size_t>(size * size);
    const auto x = randomNumbers(count, 0), w = randomNumbers(count, 1);
    const std::vector<float> bias(static_cast<std::size_t>(size));
    std::vector<float> y(count);
    const double seconds = bestSeconds(rounds, [&] {
        reference::linear({size, size, size}, x.data(), w.data(), bias.data(), Activation::None, Gelu::Erf,
                          y.data());
    });
    return 2.0 * double(size) * double(size) * double(size) / seconds;
}

/// The best square product: a small one leaves threads idle, a large one leaves the caches.
double matrixFlops() {
    double best = 0;
    for (const auto& [size, rounds] : {std::pair{384, 40}, {768, 12}, {1152, 6}, {1536, 4}})
        best = std::max(best, productFlops(size, rounds));
    return best;
}

constexpr std::size_t kPiece = std::size_t{1} << 16; ///< floats a task

double copyBytes(std::size_t count) {
    const std::vector<float> from(count, 1.f);
    std::vector<float> to(count);
    const double seconds = bestSeconds(5, [&] {
        tbb::parallel_for(std::size_t{0}, count / kPiece, [&](std::size_t p) {
            std::memcpy(to.data() + p * kPiece, from.data() + p * kPiece, kPiece * sizeof(float));
        });
    });
    return 2.0 * double(count * sizeof(float)) / seconds;
}

/// Sums `count` floats `passes` times; the sums are kept, so that no compiler leaves them out.
double readBytes(std::size_t count, int passes) {
    const std::vector<float> from(count, 1.f);
    std::vector<float> sums(count / kPiece);
    const double seconds = bestSeconds(5, [&] {
        for (int i = 0; i < passes; ++i)
            tbb::parallel_for(std::size_t{0}, sums.size(), [&](std::size_t p) {
                sums[p] += Eigen::Map<const Eigen::ArrayXf>(from.data() + p * kPiece, kPiece).sum();
            });
    });
    volatile const float kept = std::accumulate(sums.begin(), sums.end(), 0.f);
    (void)kept;
    return double(passes) * double(sums.size() * kPiece * sizeof(float)) / seconds;
}

/// Multiply-adds on eight registers' worth of packets, which hide each other's latency.
float chainOfMultiplyAdds(int steps) {
    using Packet = Eigen::internal::packet_traits<float>::type;
    const Packet a = Eigen::internal::pset1<Packet>(0.999f), b = Eigen::internal::pset1<Packet>(1e-3f);
    Packet x[12];
    for (int k = 0; k < 12; ++k)
        x[k] = Eigen::internal::pset1<Packet>(float(k));
    for (int i = 0; i < steps; ++i)
        for (Packet& register_ : x)
            register_ = Eigen::internal::pmadd(register_, a, b);
    float sum = 0;
    for (const Packet& register_ : x)
        sum += Eigen::internal::predux(register_);
    return sum;
}

double vectorFlops(int threads) {
    constexpr int kSteps = 2'000'000;
    std::vector<float> sums(static_cast<std::size_t>(threads));
    const double seconds = bestSeconds(
        5, [&] { tbb::parallel_for(0, threads, [&](int t) { sums[t] += chainOfMultiplyAdds(kSteps); }); });
    const double lanes = Eigen::internal::packet_traits<float>::size;
    return 2.0 * 12 * lanes * kSteps * threads / seconds;
}

double launchSeconds(int threads) {
    constexpr int kTimes = 200;
    return bestSeconds(5,
                       [&] {
                           for (int i = 0; i < kTimes; ++i)
                               tbb::parallel_for(0, threads, [](int) {});
                       }) /
           kTimes;
}

} // namespace

Ceilings measureCpuCeilings(tbb::task_arena& arena, std::uint64_t cacheBytes) {
    Ceilings c;
    const std::size_t large = std::size_t{1} << 26; // floats: 256 MB, beyond every cache
    // A virtual machine is told of all caches of its host: no more than what is in any of them.
    const std::size_t small =
        std::clamp<std::size_t>(cacheBytes / 8, 4 * kPiece, 32 * kPiece) / kPiece * kPiece;
    arena.execute([&] {
        const int threads = tbb::this_task_arena::max_concurrency();
        c.precision = "fp32";
        c.matrixFlops = matrixFlops();
        c.copyBytes = copyBytes(large);
        c.readBytes = readBytes(large, 1);
        c.cacheBytes = readBytes(small, 20);
        c.vectorFlops = vectorFlops(threads);
        c.launchSeconds = launchSeconds(threads);
    });
    return c;
}

} // namespace orrery::gpu
