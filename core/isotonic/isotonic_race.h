// A race of the isotonic solvers over growing n: operations and seconds of each on the same data.
//
// The solvers are those that are drawn, run with advance(); the seconds are those of making the solver and of
// its steps, the least of a few repeats where one takes little time. Operations (comparisons and writes)
// depend on the data alone. A method that exceeds its time at some n is stopped there, marked, and not tried
// on larger ones.
#pragma once

#include "core/isotonic/any_isotonic_solver.h"
#include "core/isotonic/shapes.h"
#include "core/support/progress.h"

namespace orrery::isotonic {

struct RaceOptions {
    Shape shape = Shape::PerturbedLog;
    std::uint64_t seed = 1;
    std::vector<std::size_t> sizes{10, 100, 1000, 10'000, 100'000, 1'000'000}; ///< ascending
    std::vector<IsotonicMethod> methods{kIsotonicMethods.begin(), kIsotonicMethods.end()};
    bool withFastTwin = true;
    double maxSeconds = 5.0; ///< of one method at one n
};

struct RacePoint {
    std::size_t n = 0;
    double seconds = 0.0;
    Counters counters;
    std::size_t blocks = 0;
    bool finished = true; ///< false: stopped by the clock; seconds and counters are those until then
};

struct RaceSeries {
    std::optional<IsotonicMethod> method; ///< none: the fast twin, which counts nothing
    std::vector<RacePoint> points;        ///< ascending n
};

/// Called after each point, with all series so far.
using RaceUpdate = std::function<void(const std::vector<RaceSeries>&)>;

/// By n, then by method. Fails with Cancelled when asked to stop.
[[nodiscard]] Expected<std::vector<RaceSeries>> runRace(const RaceOptions& options, Progress& progress,
                                                        const RaceUpdate& onPoint = {});

/// The article's table: how many times faster its sweeps were than the active set, hardware unstated.
struct PublishedSpeedup {
    double n = 0.0;
    double factor = 0.0;
};
/// Pull request #2944 of scikit-learn, 2014.
inline constexpr std::array kPublishedSpeedups = {PublishedSpeedup{10, 2},    PublishedSpeedup{100, 3},
                                                  PublishedSpeedup{1e3, 14},  PublishedSpeedup{1e4, 57},
                                                  PublishedSpeedup{1e5, 561}, PublishedSpeedup{1e6, 4645}};

} // namespace orrery::isotonic
