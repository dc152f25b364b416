#include "core/data/table_tools.h"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_set>

namespace orrery::data {

namespace {

void summarizeNumbers(const std::vector<double>& values, ColumnSummary& out) {
    // Welford's update: one pass, and no cancellation where the mean is large.
    double mean = 0.0, squares = 0.0, low = INFINITY, high = -INFINITY;
    std::size_t count = 0;
    std::unordered_set<double> distinct;
    for (const double x : values) {
        if (std::isnan(x)) ++out.missing;
        if (!std::isfinite(x)) continue;
        ++count;
        const double delta = x - mean;
        mean += delta / static_cast<double>(count);
        squares += delta * (x - mean);
        low = std::min(low, x);
        high = std::max(high, x);
        if (distinct.size() < kDistinctCap) distinct.insert(x);
    }
    const double none = std::numeric_limits<double>::quiet_NaN();
    out.distinct = distinct.size();
    out.minimum = count ? low : none;
    out.maximum = count ? high : none;
    out.mean = count ? mean : none;
    out.standardDeviation = count > 1 ? std::sqrt(squares / static_cast<double>(count - 1)) : none;
}

void summarizeLevels(const CategoricalColumn& column, ColumnSummary& out) {
    std::vector<std::size_t> counts(column.levels.size(), 0);
    for (const auto code : column.codes) {
        if (code == CategoricalColumn::kMissingLevel) ++out.missing;
        else ++counts[static_cast<std::size_t>(code)];
    }
    for (std::size_t i = 0; i < counts.size(); ++i) {
        out.levels.emplace_back(column.levels[i], counts[i]);
        out.distinct += counts[i] > 0;
    }
    out.minimum = out.mean = out.maximum = out.standardDeviation = std::numeric_limits<double>::quiet_NaN();
}

template <class T>
std::vector<T> taken(const std::vector<T>& from, const std::vector<std::size_t>& rows) {
    std::vector<T> out;
    out.reserve(rows.size());
    for (const auto row : rows) out.push_back(from[row]);
    return out;
}

SparseBlock takenRows(const SparseBlock& block, const std::vector<std::size_t>& rows) {
    const Eigen::SparseMatrix<double, Eigen::RowMajor, int> byRow = block.values;
    Eigen::SparseMatrix<double, Eigen::RowMajor, int> picked(static_cast<Eigen::Index>(rows.size()), byRow.cols());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        picked.startVec(static_cast<Eigen::Index>(i));
        using Entry = Eigen::SparseMatrix<double, Eigen::RowMajor, int>::InnerIterator;
        for (Entry it(byRow, static_cast<Eigen::Index>(rows[i])); it; ++it)
            picked.insertBack(static_cast<Eigen::Index>(i), it.col()) = it.value();
    }
    picked.finalize();
    return {picked, block.names};
}

// Quoted where the reader would otherwise see something else: a delimiter, a number, a missing mark.
std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

bool needsQuotes(const std::string& text) {
    // The first byte of a byte-order mark, which would be lost at the start of the file.
    return text.empty() || text.front() == '\xef' || text.find_first_of(",;\t| \"\r\n#") != std::string::npos;
}

} // namespace

ColumnSummary summarize(const Column& column) {
    ColumnSummary out;
    out.name = column.name;
    out.numeric = column.isNumeric();
    if (out.numeric) summarizeNumbers(column.numeric().values, out);
    else summarizeLevels(column.categorical(), out);
    return out;
}

std::vector<ColumnSummary> summarize(const Table& table) {
    std::vector<ColumnSummary> out;
    for (const auto& column : table.columns) out.push_back(summarize(column));
    return out;
}

std::shared_ptr<const Table> selectRows(const Table& table, const std::vector<std::size_t>& rows) {
    auto out = std::make_shared<Table>();
    out->name = table.name;
    out->provenance = table.provenance;
    out->rowCount = rows.size();
    for (const auto& column : table.columns) {
        if (column.isNumeric())
            out->columns.push_back({column.name, NumericColumn{taken(column.numeric().values, rows)}});
        else
            out->columns.push_back({column.name, CategoricalColumn{taken(column.categorical().codes, rows),
                                                                   column.categorical().levels}});
    }
    if (table.sparse) out->sparse = takenRows(*table.sparse, rows);
    return out;
}

std::string cellText(const Column& column, std::size_t row) {
    if (column.isNumeric()) {
        const double x = column.numeric().values[row];
        return std::isnan(x) ? std::string() : fmt::format("{}", x);
    }
    const auto code = column.categorical().codes[row];
    return code < 0 ? std::string() : column.categorical().levels[static_cast<std::size_t>(code)];
}

std::string toCsv(const Table& table) {
    std::string out;
    const auto separator = [&](std::size_t c) { return c + 1 == table.columns.size() ? '\n' : ','; };
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const auto& name = table.columns[c].name;
        out += (needsQuotes(name) ? quoted(name) : name) + separator(c);
    }
    for (std::size_t r = 0; r < table.rows(); ++r) {
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            const std::string text = cellText(table.columns[c], r);
            // A missing cell is written as NA: a lone empty cell would be a blank line.
            out += (text.empty() ? "NA" : needsQuotes(text) ? quoted(text) : text) + separator(c);
        }
    }
    return out;
}

void makeNamesUsable(std::vector<std::string>& names) {
    std::unordered_set<std::string> taken;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i].empty()) names[i] = fmt::format("column{}", i + 1);
        std::string candidate = names[i];
        for (int copy = 2; !taken.insert(candidate).second; ++copy) candidate = fmt::format("{}_{}", names[i], copy);
        names[i] = std::move(candidate);
    }
}

} // namespace orrery::data
