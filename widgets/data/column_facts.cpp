#include "widgets/data/column_facts.h"

#include <algorithm>
#include <cmath>

namespace orrery {

namespace {

std::vector<double> relative(std::vector<double> counts) {
    const double tallest = counts.empty() ? 0.0 : *std::ranges::max_element(counts);
    for (double& count : counts)
        count = tallest > 0 ? count / tallest : 0.0;
    return counts;
}

std::vector<double> levelBars(const data::ColumnSummary& summary) {
    std::vector<double> counts;
    for (const auto& [level, count] : summary.levels)
        if (counts.size() < kHistogramBars) counts.push_back(double(count));
    return relative(std::move(counts));
}

bool areWhole(const std::vector<double>& values) {
    return std::ranges::all_of(
        values, [](double value) { return !std::isfinite(value) || value == std::floor(value); });
}

ColumnFacts factsOf(const data::Column& column) {
    ColumnFacts facts{.summary = data::summarize(column)};
    facts.bars = column.isNumeric()
                     ? histogramOf(column.numeric().values, facts.summary.minimum, facts.summary.maximum)
                     : levelBars(facts.summary);
    return facts;
}

ColumnFacts factsOf(const data::SparseBlock& block) {
    ColumnFacts facts;
    facts.sparseCount = block.names.size();
    facts.stored = std::size_t(block.values.nonZeros());
    const double* const first = block.values.valuePtr();
    const std::vector<double> values(first, first + facts.stored);
    if (values.empty()) return facts;
    const auto [least, greatest] = std::ranges::minmax_element(values);
    facts.summary.minimum = *least;
    facts.summary.maximum = *greatest;
    facts.bars = histogramOf(values, *least, *greatest);
    return facts;
}

} // namespace

std::vector<double> histogramOf(const std::vector<double>& values, double minimum, double maximum,
                                std::size_t bars) {
    if (!std::isfinite(minimum) || !std::isfinite(maximum)) return {};
    if (minimum == maximum) return {1.0};
    // Halved, so that the span of the whole range of doubles does not overflow.
    double span = maximum / 2 - minimum / 2;
    if (areWhole(values) && span < 1e9) {
        const double width = std::ceil((2 * span + 1) / double(bars));
        bars = std::size_t(std::ceil((2 * span + 1) / width));
        span = width * double(bars) / 2;
    }
    std::vector<double> counts(bars, 0.0);
    for (const double value : values) {
        if (!std::isfinite(value)) continue;
        const double share = (value / 2 - minimum / 2) / span;
        ++counts[std::min(bars - 1, std::size_t(share * double(bars)))];
    }
    return relative(std::move(counts));
}

std::vector<ColumnFacts> columnFacts(const data::Table& table, const Progress& progress) {
    std::vector<ColumnFacts> facts;
    facts.reserve(table.columns.size() + 1);
    for (const data::Column& column : table.columns) {
        if (progress.isCancelled()) return {};
        facts.push_back(factsOf(column));
    }
    if (table.sparse) facts.push_back(factsOf(*table.sparse));
    return facts;
}

} // namespace orrery
