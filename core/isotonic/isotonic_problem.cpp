#include "core/isotonic/isotonic_problem.h"

#include "core/isotonic/radix_sort.h"
#include "core/isotonic/row_kernels.h"
#include "core/isotonic/row_survey.h"
#include "core/isotonic/spearman.h"

#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace orrery::isotonic {

namespace {

constexpr std::size_t kMostRows = (std::size_t{1} << 32) - 2;

using Values = std::span<const double>;

std::optional<Error> findFault(Values x, Values y, Values weights, const ProblemOptions& options) {
    const auto fault = [](std::string message) { return Error{ErrorCode::BadInput, std::move(message)}; };
    if (x.size() != y.size()) return fault(fmt::format("x has {} rows but y has {}", x.size(), y.size()));
    if (!weights.empty() && weights.size() != y.size())
        return fault(fmt::format("y has {} rows but there are {} weights", y.size(), weights.size()));
    if (y.empty()) return fault("an isotonic fit needs at least one row");
    if (y.size() > kMostRows) return fault(fmt::format("an isotonic fit takes at most {} rows", kMostRows));
    if ((options.yMin && std::isnan(*options.yMin)) || (options.yMax && std::isnan(*options.yMax)))
        return fault("a bound of the fit is not a number");
    if (options.yMin && options.yMax && *options.yMin > *options.yMax)
        return fault(
            fmt::format("the lower bound {} is above the upper bound {}", *options.yMin, *options.yMax));
    return std::nullopt;
}

std::vector<double> gathered(Values values, std::span<const std::uint32_t> rows) {
    std::vector<double> out(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        out[i] = values[rows[i]];
    return out;
}

/// As scikit-learn: over all rows without a missing value, those of weight 0 included; no trend: decreasing.
bool isIncreasing(Direction direction, Values x, Values y) {
    if (direction != Direction::Auto) return direction == Direction::Increasing;
    std::vector<double> a, b;
    for (std::size_t i = 0; i < y.size(); ++i) {
        if (std::isnan(x[i]) || std::isnan(y[i])) continue;
        a.push_back(x[i]);
        b.push_back(y[i]);
    }
    return spearman(a, b) >= 0.0;
}

/// Kept rows by ascending x, before tied ones are merged.
struct RowsInOrder {
    HugeVector<double> x;
    HugeVector<double> y;
    HugeVector<double> weights;      ///< empty: all 1
    HugeVector<std::uint32_t> order; ///< empty: that of the input
};

RowsInOrder sortRows(Values x, Values y, Values weights, const RowSurvey& survey, int threads) {
    if (!survey.kept.empty()) {
        const std::vector<double> w =
            weights.empty() ? std::vector<double>() : gathered(weights, survey.kept);
        RowSurvey all = survey;
        all.kept.clear();
        RowsInOrder rows = sortRows(gathered(x, survey.kept), gathered(y, survey.kept), w, all, threads);
        if (rows.order.empty())
            rows.order.assign(survey.kept.begin(), survey.kept.end());
        else
            for (std::uint32_t& index : rows.order)
                index = survey.kept[index];
        return rows;
    }
    if (survey.isAscending)
        return {{x.begin(), x.end()}, {y.begin(), y.end()}, {weights.begin(), weights.end()}, {}};
    SortedRows sorted = sortedRows(x, {y, weights}, threads);
    return {std::move(sorted.keys), std::move(sorted.columns[0]), std::move(sorted.columns[1]),
            std::move(sorted.order)};
}

/// As scikit-learn joins them: each row with the first one of its point, if that is less than a tie's width
/// away. Empty: there is no tie.
std::vector<std::uint32_t> tieStarts(Values x) {
    std::vector<std::uint32_t> starts;
    if (!risesLess(x.data(), x.size(), kTieWidth)) return starts;
    double first = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (x[i] - first < kTieWidth) continue;
        starts.push_back(static_cast<std::uint32_t>(i));
        first = x[i];
    }
    starts.push_back(static_cast<std::uint32_t>(x.size()));
    return starts;
}

/// Rows [begin, end) are tied: they become one point.
void mergeTie(IsotonicProblem& problem, const RowsInOrder& rows, std::size_t begin, std::size_t end) {
    double sum = 0.0;
    double weight = 0.0;
    for (std::size_t i = begin; i < end; ++i) {
        const double w = rows.weights.empty() ? 1.0 : rows.weights[i];
        sum += w * rows.y[i];
        weight += w;
    }
    const double value = problem.loss == Loss::L1 ? problem.medians->lower(begin, end)
                         : end - begin == 1       ? rows.y[begin]
                                                  : sum / weight;
    for (std::size_t i = begin; i < end; ++i)
        problem.tieLoss +=
            (rows.weights.empty() ? 1.0 : rows.weights[i]) * (rows.y[i] - value) * (rows.y[i] - value);
    problem.x.push_back(rows.x[begin]);
    problem.y.push_back(value);
    problem.weights.push_back(weight);
}

void setPoints(IsotonicProblem& problem, RowsInOrder rows) {
    std::vector<std::uint32_t> starts = tieStarts(rows.x);
    problem.rowOrder = std::move(rows.order);
    if (starts.empty()) {
        problem.x = std::move(rows.x);
        problem.y = std::move(rows.y);
        problem.weights = std::move(rows.weights);
        return;
    }
    for (std::size_t i = 0; i + 1 < starts.size(); ++i)
        mergeTie(problem, rows, starts[i], starts[i + 1]);
    if (problem.loss == Loss::L1) {
        problem.rowValues = std::move(rows.y);
        problem.rowWeights = std::move(rows.weights);
    }
    problem.rowStart = std::move(starts);
}

IsotonicProblem withOptions(const RowSurvey& survey, std::size_t inputRows, const ProblemOptions& options) {
    IsotonicProblem problem;
    problem.loss = options.loss;
    problem.yMin = options.yMin;
    problem.yMax = options.yMax;
    problem.inputRows = inputRows;
    problem.missingRows = survey.missing;
    problem.weightlessRows = survey.weightless;
    return problem;
}

} // namespace

Expected<std::shared_ptr<const IsotonicProblem>> makeProblem(Values x, Values y, Values weights,
                                                             const ProblemOptions& options) {
    if (auto fault = findFault(x, y, weights, options)) return tl::unexpected(*std::move(fault));
    const Expected<RowSurvey> survey = surveyRows(x, y, weights);
    if (!survey) return tl::unexpected(survey.error());
    auto problem = std::make_shared<IsotonicProblem>(withOptions(*survey, y.size(), options));
    problem->increasing = isIncreasing(options.direction, x, y);
    RowsInOrder rows = sortRows(x, y, weights, *survey, options.threads);
    if (options.loss == Loss::L1)
        problem->medians = std::make_shared<const RangeMedian>(rows.y, rows.weights);
    setPoints(*problem, std::move(rows));
    return problem;
}

Expected<std::shared_ptr<const IsotonicProblem>>
makeProblemInOrder(std::vector<double> y, std::vector<double> weights, const ProblemOptions& options) {
    std::vector<double> x(y.size());
    for (std::size_t i = 0; i < x.size(); ++i)
        x[i] = static_cast<double>(i);
    return makeProblem(x, y, weights, options);
}

} // namespace orrery::isotonic
