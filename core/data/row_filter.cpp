// Rows of a table by a typed condition.
#include "core/data/dataset.h"
#include "core/data/expression.h"

#include <fmt/format.h>

namespace orrery::data {

namespace {

// Only the columns that the filter names are looked at.
class RowScope {
  public:
    RowScope(const Table& table, std::vector<int> used)
        : m_table(table), m_used(std::move(used)), m_numbers(table.columns.size(), 0.0), m_texts(table.columns.size()) {}

    ExpressionScope at(std::size_t row) {
        for (const int index : m_used) {
            const auto c = static_cast<std::size_t>(index);
            const Column& column = m_table.columns[c];
            if (column.isNumeric()) {
                m_numbers[c] = column.numeric().values[row];
                continue;
            }
            const auto code = column.categorical().codes[row];
            m_texts[c] = code < 0 ? std::string_view() : column.categorical().levels[static_cast<std::size_t>(code)];
        }
        return {.numbers = m_numbers, .texts = m_texts};
    }

  private:
    const Table& m_table;
    std::vector<int> m_used;
    std::vector<double> m_numbers;
    std::vector<std::string_view> m_texts;
};

} // namespace

Expected<std::vector<std::size_t>> rowsPassing(const Table& table, const std::string& filter) {
    std::vector<std::size_t> rows;
    const bool all = filter.find_first_not_of(" \t") == std::string::npos;
    if (all) {
        rows.resize(table.rows());
        for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
        return rows;
    }
    std::vector<ExpressionSymbol> symbols;
    for (const auto& column : table.columns) symbols.push_back({column.name, !column.isNumeric()});
    const auto condition = Expression::parse(filter, std::move(symbols), ExpressionType::Boolean);
    if (!condition) return tl::unexpected(condition.error());
    RowScope scope(table, condition->usedSymbols());
    for (std::size_t row = 0; row < table.rows(); ++row)
        if (condition->isTrue(scope.at(row))) rows.push_back(row);
    if (rows.empty()) return fail(fmt::format("no row of {} passes the filter “{}”", table.name, filter));
    return rows;
}

} // namespace orrery::data
