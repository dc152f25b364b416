#include "core/isotonic/isotonic_fit.h"

#include "core/isotonic/any_isotonic_solver.h"
#include "core/isotonic/pool_blocks.h"

#include <cassert>
#include <cmath>
#include <limits>

namespace orrery::isotonic {

namespace {

/// Of the rows that points first … last stand for.
double absoluteLoss(const IsotonicProblem& problem, const Block& block, double value) {
    const bool tied = !problem.rowValues.empty();
    const HugeVector<double>& y = tied ? problem.rowValues : problem.y;
    const HugeVector<double>& weights = tied ? problem.rowWeights : problem.weights;
    const std::size_t end = problem.firstRow(block.last + std::size_t{1});
    double loss = 0.0;
    for (std::size_t row = problem.firstRow(block.first); row < end; ++row)
        loss += (weights.empty() ? 1.0 : weights[row]) * std::abs(y[row] - value);
    return loss;
}

double squaredLoss(const IsotonicProblem& problem, const Block& block, double value) {
    double loss = 0.0;
    for (std::size_t i = block.first; i <= block.last; ++i)
        loss += problem.weight(i) * (problem.y[i] - value) * (problem.y[i] - value);
    return loss;
}

} // namespace

double IsotonicFit::loss() const {
    const bool squared = problem->loss == Loss::L2;
    double loss = squared ? problem->tieLoss : 0.0;
    for (const Block& block : blocks) {
        const double value = problem->bounded(block.value);
        loss += squared ? squaredLoss(*problem, block, value) : absoluteLoss(*problem, block, value);
    }
    return loss;
}

const Block& IsotonicFit::blockOf(std::size_t point) const {
    const auto holds = std::partition_point(blocks.begin(), blocks.end(),
                                            [point](const Block& block) { return block.last < point; });
    return *holds;
}

double IsotonicFit::predict(double x) const {
    if (std::isnan(x)) return x;
    const auto& points = problem->x;
    const auto after =
        static_cast<std::size_t>(std::upper_bound(points.begin(), points.end(), x) - points.begin());
    if (after == 0) return at(0);
    const double left = at(after - 1);
    if (after == points.size() || points[after - 1] == x) return left;
    const double share = (x - points[after - 1]) / (points[after] - points[after - 1]);
    return left + share * (at(after) - left);
}

std::vector<double> IsotonicFit::values() const {
    std::vector<double> out(problem->points());
    for (const Block& block : blocks)
        std::fill(out.begin() + block.first, out.begin() + block.last + 1, problem->bounded(block.value));
    return out;
}

std::vector<double> IsotonicFit::fittedRows() const {
    std::vector<double> out(problem->inputRows);
    writeRows(out);
    return out;
}

void IsotonicFit::writeRows(std::span<double> out) const {
    assert(out.size() == problem->inputRows);
    if (problem->missingRows + problem->weightlessRows > 0)
        std::fill(out.begin(), out.end(), std::numeric_limits<double>::quiet_NaN());
    const std::uint32_t* const order = problem->rowOrder.empty() ? nullptr : problem->rowOrder.data();
    for (const Block& block : blocks) {
        const double value = problem->bounded(block.value);
        const std::size_t begin = problem->firstRow(block.first),
                          end = problem->firstRow(block.last + std::size_t{1});
        if (!order) std::fill(out.data() + begin, out.data() + end, value);
        for (std::size_t row = begin; order && row < end; ++row)
            out[order[row]] = value;
    }
}

IsotonicFit fitIsotonic(std::shared_ptr<const IsotonicProblem> problem, int threads) {
    if (problem->loss == Loss::L1) {
        StackPava solver(problem);
        (void)solve(solver);
        std::vector<Block> blocks = blocksOf(*problem, solver.state());
        return {std::move(problem), std::move(blocks)};
    }
    const FitOptions options{.increasing = problem->increasing, .threads = threads};
    std::vector<Block> blocks = PooledBlocks(problem->y, problem->weights, options).blocks();
    return {std::move(problem), std::move(blocks)};
}

Expected<IsotonicFit> fitIsotonic(std::span<const double> x, std::span<const double> y,
                                  std::span<const double> weights, const ProblemOptions& options) {
    auto problem = makeProblem(x, y, weights, options);
    if (!problem) return tl::unexpected(problem.error());
    return fitIsotonic(*std::move(problem), options.threads);
}

} // namespace orrery::isotonic
