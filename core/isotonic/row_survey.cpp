#include "core/isotonic/row_survey.h"

#include "core/isotonic/row_kernels.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>
#include <optional>

namespace orrery::isotonic {

namespace {

// Products of a sum Σ w y and a weight are compared: they may neither overflow nor underflow.
constexpr double kLargestSum = 1e300;
constexpr double kSmallestProduct = 1e-280;

using Values = std::span<const double>;

/// Where every row is kept and none is at fault; otherwise each must be looked at.
std::optional<RowSurvey> surveyAll(Values x, Values y, Values weights) {
    const ColumnSums ySums = columnSums(y.data(), y.size());
    if (!columnSums(x.data(), x.size()).isFinite || !ySums.isFinite) return std::nullopt;
    RowSurvey survey;
    survey.keptCount = y.size();
    survey.largest = std::max(std::abs(ySums.least), std::abs(ySums.most));
    survey.totalWeight = static_cast<double>(y.size());
    survey.smallestWeight = 1.0;
    if (!weights.empty()) {
        const ColumnSums wSums = columnSums(weights.data(), weights.size());
        if (!wSums.isFinite || !(wSums.least > 0.0)) return std::nullopt;
        survey.totalWeight = wSums.total;
        survey.smallestWeight = wSums.least;
    }
    survey.isAscending = !risesLess(x.data(), x.size(), 0.0);
    return survey;
}

std::optional<std::string> faultOfRow(double x, double y, double weight, std::size_t row) {
    if (std::isinf(x)) return fmt::format("x in row {} is infinite", row + 1);
    if (std::isinf(y)) return fmt::format("y in row {} is infinite", row + 1);
    if (std::isinf(weight)) return fmt::format("the weight in row {} is infinite", row + 1);
    if (weight < 0.0) return fmt::format("the weight in row {} is negative: {}", row + 1, weight);
    return std::nullopt;
}

/// From the first row that is left out on, those that are kept are listed.
void beginList(RowSurvey& survey) {
    survey.kept.resize(survey.keptCount);
    std::iota(survey.kept.begin(), survey.kept.end(), std::uint32_t{0});
}

Expected<RowSurvey> surveyEach(Values x, Values y, Values weights) {
    RowSurvey survey;
    double previous = -std::numeric_limits<double>::infinity();
    bool leftOut = false;
    for (std::size_t i = 0; i < y.size(); ++i) {
        const double weight = weights.empty() ? 1.0 : weights[i];
        const bool missing = std::isnan(x[i]) || std::isnan(y[i]) || std::isnan(weight);
        if (!missing)
            if (auto fault = faultOfRow(x[i], y[i], weight, i)) return fail(*std::move(fault));
        if (missing || weight == 0.0) {
            if (!leftOut) beginList(survey);
            leftOut = true;
            ++(missing ? survey.missing : survey.weightless);
            continue;
        }
        if (leftOut) survey.kept.push_back(static_cast<std::uint32_t>(i));
        ++survey.keptCount;
        survey.isAscending = survey.isAscending && x[i] >= previous;
        previous = x[i];
        survey.largest = std::max(survey.largest, std::abs(y[i]));
        survey.totalWeight += weight;
        survey.smallestWeight = std::min(survey.smallestWeight, weight);
    }
    return survey;
}

std::optional<std::string> faultOf(const RowSurvey& survey) {
    if (survey.keptCount == 0)
        return fmt::format("no row is left: {} with a missing value, {} of weight 0", survey.missing,
                           survey.weightless);
    const double sum = survey.largest * survey.totalWeight;
    if (!(sum <= kLargestSum && survey.totalWeight <= kLargestSum &&
          sum * survey.totalWeight <= kLargestSum && sum * survey.largest <= kLargestSum))
        return "the values or weights are too large to be summed";
    const double least = std::min(survey.smallestWeight, 1.0) * survey.smallestWeight * survey.largest;
    if (survey.largest > 0.0 && least < kSmallestProduct && survey.smallestWeight < 1.0)
        return fmt::format("the smallest weight, {}, is too small", survey.smallestWeight);
    return std::nullopt;
}

} // namespace

Expected<RowSurvey> surveyRows(Values x, Values y, Values weights) {
    Expected<RowSurvey> survey = [&]() -> Expected<RowSurvey> {
        if (auto all = surveyAll(x, y, weights)) return *std::move(all);
        return surveyEach(x, y, weights);
    }();
    if (!survey) return survey;
    if (auto fault = faultOf(*survey)) return fail(*std::move(fault));
    return survey;
}

} // namespace orrery::isotonic
