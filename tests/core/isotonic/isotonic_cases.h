// Random isotonic problems and what a right answer to them looks like.
#pragma once

#include "core/isotonic/any_isotonic_solver.h"
#include "core/isotonic/isotonic_fit.h"
#include "core/support/rng.h"

#include <QString>
#include <cmath>
#include <limits>

namespace orrery::isotonic::testing {

struct Case {
    std::vector<double> x, y, weights;
    ProblemOptions options;
};

/// Seeded: sizes 1 … `most`, with and without weights and ties, smooth, integer, constant and monotone y.
inline Case randomCase(std::uint64_t seed, std::size_t most) {
    Rng rng(seed, 77);
    Case data;
    const std::size_t n = 1 + rng.below(most);
    const auto kind = rng.below(6);
    const bool weighted = rng.below(2) == 1;
    const bool ties = rng.below(3) == 0;
    const double slope = rng.uniform(-1.0, 1.0);
    for (std::size_t i = 0; i < n; ++i) {
        const double x = ties ? static_cast<double>(rng.below(n)) : static_cast<double>(i);
        data.x.push_back(x);
        data.y.push_back(kind == 0   ? static_cast<double>(rng.below(3))
                         : kind == 1 ? 7.25
                         : kind == 2 ? slope * x
                         : kind == 3 ? static_cast<double>(rng.below(20)) + slope * x
                                     : rng.normal(slope * x, kind == 4 ? 0.3 : 20.0));
        if (weighted)
            data.weights.push_back(kind < 2 ? 1.0 + static_cast<double>(rng.below(4))
                                            : rng.uniform(0.01, 5.0));
    }
    data.options.direction = rng.below(3) == 0 ? Direction::Decreasing : Direction::Increasing;
    return data;
}

inline std::shared_ptr<const IsotonicProblem> problemOf(const Case& data) {
    const auto problem = makeProblem(data.x, data.y, data.weights, data.options);
    return problem ? *problem : nullptr;
}

inline std::vector<Block> solved(IsotonicMethod method,
                                 const std::shared_ptr<const IsotonicProblem>& problem) {
    AnyIsotonicSolver solver(method, problem);
    (void)solve(solver);
    return blocksOf(*problem, solver.state());
}

inline std::vector<double> valuesOf(const std::vector<Block>& blocks) {
    std::vector<double> values;
    for (const Block& block : blocks)
        values.insert(values.end(), block.size(), block.value);
    return values;
}

inline double scaleOf(const IsotonicProblem& problem) {
    double scale = 1e-300;
    for (const double y : problem.y)
        scale = std::max(scale, std::abs(y));
    return scale;
}

inline double largestDifference(const std::vector<double>& a, const std::vector<double>& b) {
    if (a.size() != b.size()) return std::numeric_limits<double>::infinity();
    double most = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        most = std::max(most, std::abs(a[i] - b[i]));
    return most;
}

/// f_i = max over a ≤ i of min over b ≥ i of the mean of y_a … y_b (min and max change places for a
/// decreasing fit): Barlow, Bartholomew, Bremner & Brunk (1972). O(m²) a point.
inline std::vector<double> minMaxFormula(const IsotonicProblem& problem) {
    const std::size_t m = problem.points();
    const double sign = problem.increasing ? 1.0 : -1.0;
    std::vector<double> fit(m, -std::numeric_limits<double>::infinity());
    for (std::size_t a = 0; a < m; ++a) {
        std::vector<double> mean(m);
        double sum = 0.0, weight = 0.0;
        for (std::size_t b = a; b < m; ++b) {
            sum += problem.weight(b) * problem.y[b] * sign;
            weight += problem.weight(b);
            mean[b] = sum / weight;
        }
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t i = m; i-- > a;) {
            least = std::min(least, mean[i]);
            fit[i] = std::max(fit[i], least);
        }
    }
    for (double& value : fit)
        value *= sign;
    return fit;
}

/// The optimality conditions: empty, or the one that fails. Blocks cover all points, their values increase,
/// each is the weighted mean of its members, and no beginning of a block has a mean below that of the block
/// (so that it could not be split).
inline QString kktFailure(const IsotonicProblem& problem, const std::vector<Block>& blocks,
                          double tolerance) {
    std::size_t next = 0;
    for (std::size_t k = 0; k < blocks.size(); ++k) {
        const Block& block = blocks[k];
        if (block.first != next || block.last < block.first)
            return QStringLiteral("block %1 does not follow").arg(k);
        next = block.last + std::size_t{1};
        if (next > problem.points()) return QStringLiteral("block %1 goes too far").arg(k);
        if (k > 0 && problem.violates(blocks[k - 1].value, block.value))
            return QStringLiteral("block %1 is out of order").arg(k);
        double sum = 0.0, weight = 0.0;
        const double sign = problem.increasing ? 1.0 : -1.0;
        for (std::size_t i = block.first; i <= block.last; ++i) {
            sum += problem.weight(i) * problem.y[i];
            weight += problem.weight(i);
            if (sign * (sum / weight - block.value) < -tolerance)
                return QStringLiteral("block %1 can be split at %2").arg(k).arg(i);
        }
        if (std::abs(sum / weight - block.value) > tolerance)
            return QStringLiteral("block %1 is not at its mean").arg(k);
    }
    return next == problem.points() ? QString() : QStringLiteral("points are missing");
}

/// The least Σ w |y − f| over monotone f whose values are among the y, by dynamic programming: O(rows ·
/// values).
inline double bestAbsoluteLoss(const IsotonicProblem& problem, const Case& data) {
    std::vector<double> levels = data.y;
    std::sort(levels.begin(), levels.end());
    if (!problem.increasing) std::reverse(levels.begin(), levels.end());
    std::vector<double> best(levels.size(), 0.0);
    for (std::size_t point = 0; point < problem.points(); ++point) {
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t level = 0; level < levels.size(); ++level) {
            least = std::min(least, best[level]);
            double cost = 0.0;
            for (std::size_t r = problem.firstRow(point); r < problem.firstRow(point + 1); ++r) {
                const std::size_t row = problem.originalRow(r);
                cost +=
                    (data.weights.empty() ? 1.0 : data.weights[row]) * std::abs(data.y[row] - levels[level]);
            }
            best[level] = least + cost;
        }
    }
    return *std::min_element(best.begin(), best.end());
}

} // namespace orrery::isotonic::testing
