// A finished path in the scale of the data: what a table, a file or a command line shows; and the
// coefficients at any λ in between. Exact between the knots of LARS, where the path is linear in λ; elsewhere
// the straight line between neighbouring λs of the grid.
#pragma once

#include "core/linear/lasso_solver.h"

namespace orrery::linear {

struct LassoResultPoint {
    double lambda = 0.0;
    double intercept = 0.0;           ///< data units
    std::vector<int> support;         ///< ascending columns with β ≠ 0
    std::vector<double> coefficients; ///< theirs, data units
    double devianceRatio = 0.0;
    double relativeGap = 0.0; ///< gap / nullDeviance

    /// Degrees of freedom: the number of non-zero coefficients (Zou, Hastie & Tibshirani, Ann. Stat. 35,
    /// 2007).
    [[nodiscard]] int df() const { return static_cast<int>(support.size()); }
};

struct LassoResult {
    std::vector<std::string> names; ///< p, "x1", "x2", … where the problem has none
    std::vector<LassoResultPoint> points;
};

[[nodiscard]] LassoResult makeLassoResult(const RegressionProblem& problem, const Path& path);

/// Grid points and knots together, by decreasing λ; of two at the same λ the first list's stays.
[[nodiscard]] Path mergePaths(const Path& path, const Path& knots);

/// β at λ, p, in standardised units: interpolated between the neighbours, the end points' beyond the ends.
/// `path` is by decreasing λ and not empty.
[[nodiscard]] Eigen::VectorXd betaAt(const Path& path, double lambda, Eigen::Index columns);

} // namespace orrery::linear
