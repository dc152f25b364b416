#include "core/linear/lasso_result.h"

#include "core/linear/lasso_frame.h"

#include <algorithm>
#include <cassert>
#include <fmt/format.h>
#include <iterator>

namespace orrery::linear {

using Eigen::Index;
using Eigen::VectorXd;

namespace {

LassoResultPoint inDataScale(const RegressionProblem& problem, const PathPoint& point) {
    LassoResultPoint result;
    result.lambda = point.lambda;
    result.intercept = problem.responseMean;
    result.support = point.support;
    result.devianceRatio = point.devianceRatio;
    result.relativeGap = relativeGap(problem, point.gap);
    for (std::size_t i = 0; i < point.support.size(); ++i) {
        const Index j = point.support[i];
        const double coefficient = point.values[i] / problem.columnScale[j];
        result.coefficients.push_back(coefficient);
        result.intercept -= coefficient * problem.columnMean[j];
    }
    return result;
}

void addScaled(VectorXd& beta, const PathPoint& point, double weight) {
    for (std::size_t i = 0; i < point.support.size(); ++i)
        beta[point.support[i]] += weight * point.values[i];
}

} // namespace

LassoResult makeLassoResult(const RegressionProblem& problem, const Path& path) {
    LassoResult result{problem.names, {}};
    for (Index j = static_cast<Index>(result.names.size()); j < problem.columns(); ++j)
        result.names.push_back(fmt::format("x{}", j + 1));
    for (const auto& point : path)
        result.points.push_back(inDataScale(problem, *point));
    return result;
}

Path mergePaths(const Path& path, const Path& knots) {
    Path merged;
    const auto above = [](const auto& a, const auto& b) { return a->lambda > b->lambda; };
    std::merge(path.begin(), path.end(), knots.begin(), knots.end(), std::back_inserter(merged), above);
    const auto same = [](const auto& a, const auto& b) { return a->lambda == b->lambda; };
    merged.erase(std::unique(merged.begin(), merged.end(), same), merged.end());
    return merged;
}

VectorXd betaAt(const Path& path, double lambda, Index columns) {
    assert(!path.empty());
    VectorXd beta = VectorXd::Zero(columns);
    const auto below = std::find_if(path.begin(), path.end(),
                                    [lambda](const auto& point) { return point->lambda <= lambda; });
    if (below == path.end() || below == path.begin()) {
        addScaled(beta, below == path.begin() ? *path.front() : *path.back(), 1.0);
        return beta;
    }
    const PathPoint& high = **std::prev(below);
    const PathPoint& low = **below;
    const double weight = (lambda - low.lambda) / (high.lambda - low.lambda);
    addScaled(beta, low, 1.0 - weight);
    if (weight != 0.0) addScaled(beta, high, weight);
    return beta;
}

} // namespace orrery::linear
