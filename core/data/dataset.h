// A table with roles: what is predicted, from what, on which rows. What a lab solves is made from this.
#pragma once

#include "core/data/readers.h"

#include <Eigen/Core>
#include <Eigen/SparseCore>
#include <variant>

namespace orrery::data {

struct Roles {
    std::string target;
    std::vector<std::string> features; ///< in this order in the design; empty: every other column
};

/// The target is the last column called like one (y, target, label, quality, class, …), else the last numeric
/// column, else the last column; features are all others, sparse ones included, but for an index such as
/// "id".
[[nodiscard]] Roles defaultRoles(const Table& table);

/// n rows at random without replacement, kept in their order.
struct RowSample {
    std::size_t count = 0;
    std::uint64_t seed = 0;

    friend bool operator==(const RowSample&, const RowSample&) = default;
};

struct Dataset {
    std::shared_ptr<const Table> table;
    Roles roles;                     ///< empty target: defaultRoles()
    std::string rowFilter;           ///< see expression.h: `age > 40 and sex == "F"`; empty keeps all
    std::optional<RowSample> sample; ///< of the rows that pass the filter
    std::vector<std::string>
        asCategory; ///< numeric columns whose values are codes, one-hot like categorical ones
};

using DenseMatrix = Eigen::MatrixXd;                                    ///< n × p
using SparseMatrix = Eigen::SparseMatrix<double, Eigen::ColMajor, int>; ///< n × p

/// Numbers for a solver, in the scale of the data: nothing is centred or scaled here.
struct Design {
    std::variant<DenseMatrix, SparseMatrix>
        x;                          ///< n × p; sparse when a feature is in the table's sparse block
    Eigen::VectorXd y;              ///< n; the level code for a categorical target
    std::vector<std::string> names; ///< p; "sex=F" for a level
    std::string targetName;
    std::vector<std::string> targetLevels; ///< of a categorical target; empty for a numeric one
    std::vector<std::size_t> rows;         ///< n: index in the table of each row used
    std::size_t droppedForMissing =
        0; ///< rows that passed filter and sample but lack a value in a used column

    [[nodiscard]] bool isSparse() const { return std::holds_alternative<SparseMatrix>(x); }
};

/// Rows that pass the filter, before sampling. Fails with the position in the filter's text.
[[nodiscard]] Expected<std::vector<std::size_t>> rowsPassing(const Table& table, const std::string& filter);

/// Rows that pass the filter, sampled where that was asked for; ascending.
[[nodiscard]] Expected<std::vector<std::size_t>> rowsChosen(const Dataset& dataset);

/// Categorical features become one column a level but the first in use, which is the base that the intercept
/// takes. Infinite values count as missing. Fails where no row or no feature is left, or a name is unknown.
[[nodiscard]] Expected<Design> designOf(const Dataset& dataset);

} // namespace orrery::data
