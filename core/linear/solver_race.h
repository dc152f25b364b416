// A race of LASSO solvers at one λ from the same start, β = 0: how the relative duality gap falls over
// iterations, seconds and floating-point operations.
//
// All are measured by the same yardstick, the gap of the solver's β at the race's λ, outside the timed part;
// the seconds are those of making the solver and of its steps. For coordinate descent an iteration is a
// sweep, for LARS a knot. Seconds are as the machine gives them; the rest is deterministic.
#pragma once

#include "core/linear/lasso_method.h"
#include "core/linear/lasso_solver.h"
#include "core/support/progress.h"

#include <functional>

namespace orrery::linear {

struct RaceOptions {
    std::vector<LassoMethod> methods{kLassoMethods.begin(), kLassoMethods.end()};
    double lambda = 0.0;
    double alpha = 1.0;
    double relativeGap = 1e-8;            ///< the finish
    std::int64_t maxIterations = 100'000; ///< of each
    double maxSeconds = 10.0;             ///< of each, by its own clock
};

struct RaceSample {
    std::int64_t iteration = 0;
    double seconds = 0.0;
    double flops = 0.0;
    double relativeGap = 0.0;
};

struct RaceEntry {
    LassoMethod method = LassoMethod::CoordinateDescent;
    StepStatus status = StepStatus::Advanced; ///< Advanced: stopped by the clock
    std::string failure;                      ///< why it could not run, or failed
    std::vector<RaceSample> samples; ///< the first 100 iterations, then about 20 a factor of e, and the last
};

/// Called after each solver has finished, with the entries so far.
using RaceUpdate = std::function<void(const std::vector<RaceEntry>&)>;

/// One after the other, so that they do not disturb each other's clocks. Fails with Cancelled when asked to
/// stop.
[[nodiscard]] Expected<std::vector<RaceEntry>>
runRace(const std::shared_ptr<const RegressionProblem>& problem, const RaceOptions& options,
        Progress& progress, const RaceUpdate& onFinish = {});

} // namespace orrery::linear
