#include "core/isotonic/isotonic_race.h"

#include "core/isotonic/isotonic_fit.h"

#include <chrono>

namespace orrery::isotonic {

namespace {

using Clock = std::chrono::steady_clock;
using ProblemPointer = std::shared_ptr<const IsotonicProblem>;

constexpr std::int64_t kStepsAtOnce = 1 << 16;
constexpr double kRepeatBelow = 0.02; ///< seconds: shorter runs are repeated
constexpr int kRepeats = 5;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Nothing where it was cancelled.
std::optional<RacePoint> runOnce(IsotonicMethod method, const ProblemPointer& problem, double maxSeconds,
                                 const Progress& progress) {
    const auto start = Clock::now();
    AnyIsotonicSolver solver(method, problem);
    StepStatus status = StepStatus::Advanced;
    RacePoint point{.n = problem->points()};
    while (status == StepStatus::Advanced) {
        if (progress.isCancelled()) return std::nullopt;
        // A step of the active set may cost O(n): the clock is looked at by cost, not by count.
        const std::int64_t steps = method == IsotonicMethod::ActiveSet ? 256 : kStepsAtOnce;
        status = solver.advance(steps).last.status;
        point.seconds = secondsSince(start);
        if (point.seconds > maxSeconds) break;
    }
    const AnyIsotonicSolver::State state = solver.state();
    point.counters = commonOf(state).counters;
    point.blocks = blockCount(state);
    point.finished = status != StepStatus::Advanced;
    return point;
}

std::optional<RacePoint> runTwin(const ProblemPointer& problem) {
    const auto start = Clock::now();
    const IsotonicFit fit = fitIsotonic(problem);
    return RacePoint{.n = problem->points(), .seconds = secondsSince(start), .blocks = fit.blocks.size()};
}

class Race {
  public:
    Race(const RaceOptions& options, Progress& progress, const RaceUpdate& onPoint)
        : m_options(options), m_progress(progress), m_onPoint(onPoint) {
        for (const IsotonicMethod method : options.methods)
            m_series.push_back({method, {}});
        if (options.withFastTwin) m_series.push_back({std::nullopt, {}});
    }

    Expected<std::vector<RaceSeries>> run() {
        for (std::size_t k = 0; k < m_options.sizes.size(); ++k) {
            ShapeData data = makeShape(m_options.shape, m_options.sizes[k], m_options.seed);
            const auto problem = makeProblem(data.x, data.y);
            if (!problem) return tl::unexpected(problem.error());
            for (RaceSeries& series : m_series)
                if (!enter(series, *problem)) return fail("the race was cancelled", ErrorCode::Cancelled);
            m_progress.setFraction(static_cast<double>(k + 1) / static_cast<double>(m_options.sizes.size()));
        }
        return std::move(m_series);
    }

  private:
    /// False when it was cancelled.
    bool enter(RaceSeries& series, const ProblemPointer& problem) {
        if (!series.points.empty() && !series.points.back().finished) return true;
        std::optional<RacePoint> best;
        for (int repeat = 0; repeat < kRepeats && (!best || best->seconds < kRepeatBelow); ++repeat) {
            if (m_progress.isCancelled()) return false;
            const auto point = series.method
                                   ? runOnce(*series.method, problem, m_options.maxSeconds, m_progress)
                                   : runTwin(problem);
            if (!point) return false;
            if (!best || point->seconds < best->seconds) best = point;
        }
        series.points.push_back(*best);
        if (m_onPoint) m_onPoint(m_series);
        return true;
    }

    const RaceOptions& m_options;
    Progress& m_progress;
    const RaceUpdate& m_onPoint;
    std::vector<RaceSeries> m_series;
};

} // namespace

Expected<std::vector<RaceSeries>> runRace(const RaceOptions& options, Progress& progress,
                                          const RaceUpdate& onPoint) {
    return Race(options, progress, onPoint).run();
}

} // namespace orrery::isotonic
