#include "core/calibration/scored_sample.h"

#include "core/calibration/binary_target.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <fmt/format.h>

namespace orrery::calibration {

namespace {

std::optional<std::string> findFault(const ScoredSample& sample) {
    const std::size_t n = sample.rows();
    if (n == 0) return "there are no scores";
    if (sample.labels.size() != n)
        return fmt::format("there are {} scores but {} labels", n, sample.labels.size());
    if (!sample.weights.empty() && sample.weights.size() != n)
        return fmt::format("there are {} scores but {} weights", n, sample.weights.size());
    for (std::size_t i = 0; i < n; ++i) {
        if (!std::isfinite(sample.scores[i])) return fmt::format("the score in row {} is not finite", i + 1);
        if (sample.labels[i] > 1)
            return fmt::format("the label in row {} is {}, neither 0 nor 1", i + 1, sample.labels[i]);
        if (!std::isfinite(sample.weight(i)) || sample.weight(i) < 0.0)
            return fmt::format("the weight in row {} is negative or not finite", i + 1);
    }
    return std::nullopt;
}

/// The class without weight, if one is.
std::optional<std::string> findMissingClass(const ScoredSample& sample) {
    double weight[2] = {0.0, 0.0};
    for (std::size_t i = 0; i < sample.rows(); ++i)
        weight[sample.labels[i]] += sample.weight(i);
    for (const int label : {0, 1})
        if (weight[label] == 0.0)
            return fmt::format("no row has the label {}, but a calibration needs both classes",
                               label == 1 ? sample.eventName : sample.otherName);
    return std::nullopt;
}

bool areProbabilities(const std::vector<double>& scores) {
    return std::all_of(scores.begin(), scores.end(), [](double s) { return s >= 0.0 && s <= 1.0; });
}

/// Values of a column; the code for a level; NaN for missing.
struct ColumnNumbers {
    std::vector<double> values;
    std::vector<std::string> levels;
};

Expected<ColumnNumbers> columnNumbers(const data::Table& table, const std::string& name, bool mayHaveLevels) {
    const auto found = table.find(name);
    if (!found)
        return fail(fmt::format("{} has no column named “{}”", table.name, name), ErrorCode::NotFound);
    const data::Column& column = table.columns[*found];
    if (column.isNumeric()) return ColumnNumbers{column.numeric().values, {}};
    if (!mayHaveLevels) return fail(fmt::format("column “{}” holds text, not numbers", name));
    ColumnNumbers numbers{{}, column.categorical().levels};
    for (const auto code : column.categorical().codes)
        numbers.values.push_back(code < 0 ? std::nan("") : static_cast<double>(code));
    return numbers;
}

std::string provenanceOf(const data::Table& table, const ScoreColumns& columns, std::size_t dropped) {
    std::string text = fmt::format("{}: scores “{}”, labels “{}”", table.name, columns.score, columns.label);
    if (!columns.weight.empty()) text += fmt::format(", weights “{}”", columns.weight);
    if (dropped > 0)
        text += fmt::format("; {} row{} with a missing value left out", dropped, dropped == 1 ? "" : "s");
    return text;
}

} // namespace

Expected<SamplePtr> makeScoredSample(ScoredSample sample) {
    if (const auto fault = findFault(sample)) return fail(*fault);
    if (const auto missing = findMissingClass(sample)) return fail(*missing);
    sample.scale = areProbabilities(sample.scores) ? ScoreScale::Probability : ScoreScale::Real;
    return std::make_shared<const ScoredSample>(std::move(sample));
}

Expected<SamplePtr> sampleFromTable(const data::Table& table, const ScoreColumns& columns) {
    const auto scores = columnNumbers(table, columns.score, false);
    if (!scores) return tl::unexpected(scores.error());
    const auto labels = columnNumbers(table, columns.label, true);
    if (!labels) return tl::unexpected(labels.error());
    ColumnNumbers weights;
    if (!columns.weight.empty()) {
        auto found = columnNumbers(table, columns.weight, false);
        if (!found) return tl::unexpected(found.error());
        weights = *std::move(found);
    }
    ScoredSample sample;
    std::vector<double> labelValues;
    for (std::size_t i = 0; i < scores->values.size(); ++i) {
        const double weight = weights.values.empty() ? 1.0 : weights.values[i];
        if (std::isnan(scores->values[i]) || std::isnan(labels->values[i]) || std::isnan(weight)) continue;
        sample.scores.push_back(scores->values[i]);
        labelValues.push_back(labels->values[i]);
        if (!weights.values.empty()) sample.weights.push_back(weight);
    }
    if (sample.scores.empty())
        return fail(fmt::format("{} has no row with both a score and a label", table.name));
    auto target = binaryTarget(labelValues, labels->levels, columns.label, columns.event);
    if (!target) return tl::unexpected(target.error());
    sample.labels = std::move(target->labels);
    sample.eventName = std::move(target->eventName);
    sample.otherName = std::move(target->otherName);
    sample.name = fmt::format("{} of {}", columns.score, table.name);
    sample.provenance = provenanceOf(table, columns, table.rows() - sample.rows());
    return makeScoredSample(std::move(sample));
}

SamplePtr withProbabilities(const ScoredSample& sample, std::vector<double> probabilities, std::string name) {
    assert(probabilities.size() == sample.rows() && areProbabilities(probabilities));
    ScoredSample changed = sample;
    changed.scores = std::move(probabilities);
    changed.scale = ScoreScale::Probability;
    changed.name = std::move(name);
    return std::make_shared<const ScoredSample>(std::move(changed));
}

} // namespace orrery::calibration
