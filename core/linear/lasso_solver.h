// What the LASSO solvers share: options, the points of a path, and the part of a state that every view reads.
#pragma once

#include "core/linear/regression_problem.h"
#include "core/solver/step.h"

#include <memory>
#include <vector>

namespace orrery::linear {

struct LassoOptions {
    double alpha = 1.0;          ///< elastic mix in [0, 1]
    std::vector<double> lambdas; ///< decreasing, > 0 (0 allowed last); a single value for a solver of one λ
    double relativeGap = 1e-6;   ///< stop a λ when gap ≤ relativeGap · nullDeviance
    std::int64_t maxSweeps = 100'000; ///< per λ; reaching it is Exhausted, not an error
    int threads = 1;                  ///< never changes a result
};

/// A finished λ.
struct PathPoint {
    double lambda = 0.0;
    double gap = 0.0; ///< absolute
    double objective = 0.0;
    double devianceRatio = 0.0; ///< 1 − ‖r‖²/‖y − ȳ‖²
    std::vector<int> support;   ///< ascending column indices with β ≠ 0
    std::vector<double> values; ///< their coefficients, in the solver's (standardised) units

    friend bool operator==(const PathPoint&, const PathPoint&) = default;
};

/// The points of a path, append-only and shared between copies of a state: a keyframe copies a pointer a
/// point.
using Path = std::vector<std::shared_ptr<const PathPoint>>;

/// Coordinate updates, as the why panel and the soft-threshold view show them.
struct CoordinateMove {
    int column = -1;          ///< −1: this step moved no single coordinate
    double rho = 0.0;         ///< partial residual correlation (1/n) x_jᵀ(r + x_j β_j)
    double threshold = 0.0;   ///< λα
    double denominator = 1.0; ///< ‖x_j‖²/n + λ(1 − α)
    double before = 0.0;
    double after = 0.0;  ///< S(ρ, λα) / denominator
    bool newton = false; ///< with column −1: a Newton step moved all active columns together

    friend bool operator==(const CoordinateMove&, const CoordinateMove&) = default;
};

} // namespace orrery::linear
