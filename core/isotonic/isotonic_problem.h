// The isotonic regression problem that every solver here solves: over f with f_1 ≤ f_2 ≤ … ≤ f_m,
//
//   min Σ w_i (y_i − f_i)²   (L2)   or   min Σ w_i |y_i − f_i|   (L1),
//
// x_1 < … < x_m the different values of x; with ≥ throughout for a decreasing fit. Ties are what scikit-learn
// takes for ties: rows whose x are less than 1e-15 above the first of them share one fitted value, at that
// first x. For L2 they are one point, at their weighted mean and with their joint weight; for L1 they begin
// as one block, at their weighted median.
//
// Bounds y_min and y_max are applied to the finished fit, which is then still optimal among bounded fits.
#pragma once

#include "core/isotonic/block.h"
#include "core/isotonic/huge_array.h"
#include "core/isotonic/range_median.h"
#include "core/support/expected.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace orrery::isotonic {

enum class Direction : std::uint8_t { Increasing, Decreasing, Auto };

struct ProblemOptions {
    Direction direction =
        Direction::Increasing; ///< Auto: by the sign of Spearman's rank correlation of x and y
    Loss loss = Loss::L2;
    std::optional<double> yMin;
    std::optional<double> yMax;
    int threads = 1; ///< for sorting; changes no answer
};

/// Immutable and shared between solvers, threads and views. m points, rows ≥ m.
struct IsotonicProblem {
    HugeVector<double> x;       ///< m, strictly ascending
    HugeVector<double> y;       ///< m; weighted mean (L2) or median (L1) of the rows at x
    HugeVector<double> weights; ///< m, all > 0; empty: all are 1
    HugeVector<std::uint32_t>
        rowOrder; ///< kept rows by ascending x, as indices into the input; empty: 0, 1, 2, …
    std::vector<std::uint32_t>
        rowStart; ///< m + 1: point i has rows rowOrder[rowStart[i] … rowStart[i + 1]); empty: one each
    HugeVector<double>
        rowValues; ///< y of the kept rows by ascending x; L1 with ties alone, otherwise empty: y
    HugeVector<double> rowWeights; ///< of the same; empty: all are 1, or as `weights` where there is no tie
    std::shared_ptr<const RangeMedian> medians; ///< over kept rows by ascending x; L1 alone
    bool increasing = true;
    Loss loss = Loss::L2;
    std::optional<double> yMin;
    std::optional<double> yMax;
    double tieLoss = 0.0;           ///< L2: Σ w (y − mean)² within equal x, which no fit can lower
    std::size_t inputRows = 0;      ///< all, those left out included
    std::size_t missingRows = 0;    ///< left out: x, y or weight is NaN
    std::size_t weightlessRows = 0; ///< left out: weight 0

    [[nodiscard]] std::size_t points() const { return y.size(); }
    [[nodiscard]] double weight(std::size_t point) const { return weights.empty() ? 1.0 : weights[point]; }
    [[nodiscard]] std::size_t firstRow(std::size_t point) const {
        return rowStart.empty() ? point : rowStart[point];
    }
    [[nodiscard]] std::size_t rowCount(std::size_t point) const {
        return firstRow(point + 1) - firstRow(point);
    }
    /// `sortedRow` counts kept rows by ascending x.
    [[nodiscard]] std::size_t originalRow(std::size_t sortedRow) const {
        return rowOrder.empty() ? sortedRow : rowOrder[sortedRow];
    }

    /// Whether a fit may not go from `left` to `right`. Equal neighbours are pooled too, so that every block
    /// of a finished fit differs from the next.
    [[nodiscard]] bool violates(double left, double right) const {
        return increasing ? left >= right : left <= right;
    }
    [[nodiscard]] Block pointBlock(std::uint32_t point) const {
        return {point, point, weight(point) * y[point], weight(point), y[point]};
    }
    /// The block of all points of two neighbours.
    [[nodiscard]] Block pooled(const Block& left, const Block& right) const {
        return withValue({left.first, right.last, left.sum + right.sum, left.weight + right.weight, 0.0});
    }
    [[nodiscard]] Block withValue(Block block) const {
        block.value = loss == Loss::L2
                          ? block.sum / block.weight
                          : medians->lower(firstRow(block.first), firstRow(block.last + std::size_t{1}));
        return block;
    }
    /// What the fit is at a block of this value.
    [[nodiscard]] double bounded(double value) const {
        if (yMin) value = std::max(value, *yMin);
        if (yMax) value = std::min(value, *yMax);
        return value;
    }
};

/// x, y: n rows in any order; weights: n, or empty. Tied rows are one point. Rows with a NaN and rows of
/// weight 0 are left out and counted. Fails in one sentence on lengths that differ, no row that can be used,
/// a negative or infinite weight, an infinite x or y, values too large to be summed or lost beside the
/// smallest weight, and bounds that exclude each other. Cost: O(n) where x ascends already, otherwise a radix
/// sort.
[[nodiscard]] Expected<std::shared_ptr<const IsotonicProblem>>
makeProblem(std::span<const double> x, std::span<const double> y, std::span<const double> weights = {},
            const ProblemOptions& options = {});

/// For x = 0, 1, 2, …: takes y as it is, without a copy.
[[nodiscard]] Expected<std::shared_ptr<const IsotonicProblem>>
makeProblemInOrder(std::vector<double> y, std::vector<double> weights = {},
                   const ProblemOptions& options = {});

} // namespace orrery::isotonic
