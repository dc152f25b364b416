// The columns of a query's answer while its rows come in, for sqlite_reader.cpp.
#pragma once

#include "core/data/table.h"

#include <QVariant>
#include <string>
#include <unordered_map>
#include <vector>

namespace orrery {

/// Numeric until a text comes that is neither a number nor a missing mark; then categorical from the first
/// row on.
class SqliteColumn {
  public:
    explicit SqliteColumn(std::string name) : m_name(std::move(name)) {}

    /// False for a blob.
    [[nodiscard]] bool append(const QVariant& value);
    [[nodiscard]] const std::string& name() const { return m_name; }
    /// Empties the builder.
    [[nodiscard]] data::Column take();

  private:
    void appendText(const std::string& text);
    void turnCategorical();
    void appendLevel(const std::string& text);

    std::string m_name;
    std::vector<double> m_numbers;
    /// Numbers that were stored as text: how they were spelled, should the column turn categorical.
    std::vector<std::pair<std::size_t, std::string>> m_spellings;
    data::CategoricalColumn m_levels;
    std::unordered_map<std::string, std::int32_t> m_codes;
    bool m_categorical = false;
};

} // namespace orrery
