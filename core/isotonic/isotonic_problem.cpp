#include "core/isotonic/isotonic_problem.h"

#include "core/isotonic/radix_sort.h"
#include "core/isotonic/spearman.h"

#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <numeric>

namespace orrery::isotonic {

namespace {

constexpr std::size_t kMostRows = (std::size_t{1} << 32) - 2;
// Products of a sum Σ w y and a weight are compared: they may neither overflow nor underflow.
constexpr double kLargestSum = 1e300;
constexpr double kSmallestProduct = 1e-280;

using Values = std::span<const double>;

/// The rows that can be used, or what is wrong with one of them.
struct Survey {
    std::vector<std::uint32_t> kept; ///< empty while every row is kept
    std::size_t missing = 0;
    std::size_t weightless = 0;
    std::size_t keptCount = 0;
    double largest = 0.0; ///< |y|
    double totalWeight = 0.0;
    double smallestWeight = std::numeric_limits<double>::infinity();
    bool ascending = true; ///< x of the kept rows, strictly
};

std::optional<std::string> faultOfRow(double x, double y, double weight, std::size_t row) {
    if (std::isinf(x)) return fmt::format("x in row {} is infinite", row + 1);
    if (std::isinf(y)) return fmt::format("y in row {} is infinite", row + 1);
    if (std::isinf(weight)) return fmt::format("the weight in row {} is infinite", row + 1);
    if (weight < 0.0) return fmt::format("the weight in row {} is negative: {}", row + 1, weight);
    return std::nullopt;
}

/// From the first row that is left out on, those that are kept are listed.
void beginList(Survey& survey) {
    survey.kept.resize(survey.keptCount);
    std::iota(survey.kept.begin(), survey.kept.end(), std::uint32_t{0});
}

Expected<Survey> surveyRows(Values x, Values y, Values weights) {
    Survey survey;
    double previous = -std::numeric_limits<double>::infinity();
    bool leftOut = false;
    for (std::size_t i = 0; i < y.size(); ++i) {
        const double position = x.empty() ? static_cast<double>(i) : x[i];
        const double weight = weights.empty() ? 1.0 : weights[i];
        const bool missing = std::isnan(position) || std::isnan(y[i]) || std::isnan(weight);
        if (!missing)
            if (auto fault = faultOfRow(position, y[i], weight, i)) return fail(*std::move(fault));
        if (missing || weight == 0.0) {
            if (!leftOut) beginList(survey);
            leftOut = true;
            ++(missing ? survey.missing : survey.weightless);
            continue;
        }
        if (leftOut) survey.kept.push_back(static_cast<std::uint32_t>(i));
        ++survey.keptCount;
        survey.ascending = survey.ascending && position > previous;
        previous = position;
        survey.largest = std::max(survey.largest, std::abs(y[i]));
        survey.totalWeight += weight;
        survey.smallestWeight = std::min(survey.smallestWeight, weight);
    }
    return survey;
}

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

std::optional<Error> findFault(const Survey& survey) {
    const auto fault = [](std::string message) { return Error{ErrorCode::BadInput, std::move(message)}; };
    if (survey.keptCount == 0)
        return fault(fmt::format("no row is left: {} with a missing value, {} of weight 0", survey.missing,
                                 survey.weightless));
    const double sum = survey.largest * survey.totalWeight;
    if (!(sum <= kLargestSum && survey.totalWeight <= kLargestSum &&
          sum * survey.totalWeight <= kLargestSum && sum * survey.largest <= kLargestSum))
        return fault("the values or weights are too large to be summed");
    const double least = std::min(survey.smallestWeight, 1.0) * survey.smallestWeight * survey.largest;
    if (survey.largest > 0.0 && least < kSmallestProduct && survey.smallestWeight < 1.0)
        return fault(fmt::format("the smallest weight, {}, is too small", survey.smallestWeight));
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

/// Kept rows by ascending x, before those with equal x are merged.
struct SortedRows {
    std::vector<double> x;
    std::vector<double> y;
    std::vector<double> weights; ///< empty: all 1
    std::vector<std::uint32_t> order;
};

SortedRows sortRows(Values x, Values y, Values weights, std::vector<std::uint32_t> kept) {
    SortedKeys sorted = kept.empty() ? sortedKeys(x) : sortedKeys(gathered(x, kept));
    if (!kept.empty())
        for (std::uint32_t& index : sorted.order)
            index = kept[index];
    SortedRows rows;
    rows.y = gathered(y, sorted.order);
    if (!weights.empty()) rows.weights = gathered(weights, sorted.order);
    rows.x = std::move(sorted.keys);
    rows.order = std::move(sorted.order);
    return rows;
}

std::vector<std::uint32_t> tieStarts(const std::vector<double>& x) {
    std::vector<std::uint32_t> starts;
    for (std::size_t i = 0; i < x.size(); ++i)
        if (i == 0 || x[i] != x[i - 1]) starts.push_back(static_cast<std::uint32_t>(i));
    starts.push_back(static_cast<std::uint32_t>(x.size()));
    return starts;
}

/// Rows [begin, end) have equal x: they become one point.
void mergeTie(IsotonicProblem& problem, const SortedRows& rows, std::size_t begin, std::size_t end) {
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

void setPoints(IsotonicProblem& problem, SortedRows rows) {
    std::vector<std::uint32_t> starts = tieStarts(rows.x);
    problem.rowOrder = std::move(rows.order);
    if (starts.size() == rows.x.size() + 1) {
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

IsotonicProblem withOptions(const Survey& survey, std::size_t inputRows, const ProblemOptions& options) {
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
    Expected<Survey> survey = surveyRows(x, y, weights);
    if (!survey) return tl::unexpected(survey.error());
    if (auto fault = findFault(*survey)) return tl::unexpected(*std::move(fault));
    auto problem = std::make_shared<IsotonicProblem>(withOptions(*survey, y.size(), options));
    problem->increasing = isIncreasing(options.direction, x, y);
    SortedRows rows;
    if (survey->ascending && survey->kept.empty())
        rows = {{x.begin(), x.end()}, {y.begin(), y.end()}, {weights.begin(), weights.end()}, {}};
    else
        rows = sortRows(x, y, weights, std::move(survey->kept));
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
