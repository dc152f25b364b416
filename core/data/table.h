// A data set as rows and named columns, as read from a file, a generator, a database or a clipboard.
#pragma once

#include <Eigen/SparseCore>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace orrery::data {

/// Missing is NaN.
struct NumericColumn {
    std::vector<double> values;
};

/// Level codes into `levels`, in order of first appearance; missing is kMissingLevel.
struct CategoricalColumn {
    static constexpr std::int32_t kMissingLevel = -1;
    std::vector<std::int32_t> codes;
    std::vector<std::string> levels;
};

struct Column {
    std::string name;
    std::variant<NumericColumn, CategoricalColumn> values;

    [[nodiscard]] bool isNumeric() const { return std::holds_alternative<NumericColumn>(values); }
    [[nodiscard]] const NumericColumn& numeric() const { return std::get<NumericColumn>(values); }
    [[nodiscard]] const CategoricalColumn& categorical() const { return std::get<CategoricalColumn>(values); }
    [[nodiscard]] std::size_t rows() const;
    [[nodiscard]] std::size_t missingCount() const;
};

/// Features that stay sparse, as SVMlight files give them: rows × names.size(), zeros not stored.
struct SparseBlock {
    Eigen::SparseMatrix<double, Eigen::ColMajor, int> values;
    std::vector<std::string> names;
};

/// Immutable once built; shared by pointer. Dense columns first, then the sparse block's.
struct Table {
    std::string name;       ///< "diabetes", or the file's base name
    std::string provenance; ///< one line: where it comes from, or the generator with its parameters and seed
    std::vector<Column> columns;
    std::optional<SparseBlock> sparse;
    std::size_t rowCount = 0;

    [[nodiscard]] std::size_t rows() const { return rowCount; }
    [[nodiscard]] std::size_t columnCount() const {
        return columns.size() + (sparse ? sparse->names.size() : 0);
    }
    /// Index among the dense columns.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view columnName) const;
};

} // namespace orrery::data
