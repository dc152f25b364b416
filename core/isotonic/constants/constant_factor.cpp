#include "core/isotonic/constants/constant_factor.h"

#include "core/isotonic/constants/code_levels.h"

#include <chrono>
#include <numeric>

namespace orrery::isotonic {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRepeats = 5;
constexpr double kRepeatBelow = 0.05; ///< seconds: longer runs are not repeated

struct LevelText {
    std::string_view id;
    std::string_view label;
};
LevelText textOf(CodeLevel level) {
    switch (level) {
    case CodeLevel::Boxed:
        return {"boxed", "Boxed, virtual calls"};
    case CodeLevel::Checked:
        return {"checked", "Checked"};
    case CodeLevel::Unchecked:
        return {"unchecked", "Unchecked"};
    case CodeLevel::Vector:
        break;
    }
    return {"vector", "Vectors"};
}

template <class Sweep>
void timed(SweepOutcome& outcome, const Sweep& sweep) {
    const auto start = Clock::now();
    outcome.sweeps = sweep();
    outcome.seconds = std::chrono::duration<double>(Clock::now() - start).count();
}

} // namespace

std::string_view idOf(CodeLevel level) {
    return textOf(level).id;
}
std::string_view labelOf(CodeLevel level) {
    return textOf(level).label;
}

SweepOutcome sweepAt(CodeLevel level, std::span<const double> y) {
    SweepOutcome outcome;
    if (level == CodeLevel::Boxed) {
        NumberList values = boxed(y);
        timed(outcome, [&] { return sweepBoxed(values); });
        outcome.fitted = unboxed(values);
        return outcome;
    }
    std::vector<double>& values = outcome.fitted;
    values.assign(y.begin(), y.end());
    timed(outcome, [&] {
        return level == CodeLevel::Checked     ? sweepChecked(values)
               : level == CodeLevel::Unchecked ? sweepUnchecked(values.data(), values.size())
                                               : sweepVector(values.data(), values.size());
    });
    return outcome;
}

Expected<std::vector<ConstantSeries>> compareLevels(const ConstantOptions& options, Progress& progress,
                                                    const ConstantUpdate& onPoint) {
    std::vector<ConstantSeries> all;
    for (const CodeLevel level : options.levels)
        all.push_back({level, {}});
    std::size_t done = 0;
    for (const std::size_t n : options.sizes) {
        const std::vector<double> y = makeShape(options.shape, n, options.seed).y;
        for (ConstantSeries& series : all) {
            ConstantPoint point{.n = n};
            for (int repeat = 0; repeat < kRepeats && (repeat == 0 || point.seconds < kRepeatBelow);
                 ++repeat) {
                if (progress.isCancelled()) return fail("the comparison was cancelled", ErrorCode::Cancelled);
                const SweepOutcome outcome = sweepAt(series.level, y);
                point.seconds = repeat == 0 ? outcome.seconds : std::min(point.seconds, outcome.seconds);
                point.sweeps = outcome.sweeps;
                point.checksum = std::accumulate(outcome.fitted.begin(), outcome.fitted.end(), 0.0) /
                                 static_cast<double>(n);
            }
            series.points.push_back(point);
            progress.setFraction(static_cast<double>(++done) /
                                 static_cast<double>(all.size() * options.sizes.size()));
            if (onPoint) onPoint(all);
        }
    }
    return all;
}

} // namespace orrery::isotonic
