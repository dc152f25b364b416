#include "app/cli/lasso_data.h"

#include "core/data/builtins.h"
#include "core/data/readers.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace orrery::cli {

namespace {

constexpr std::string_view kBuiltinPrefix = "builtin:";

using TablePointer = std::shared_ptr<const data::Table>;

std::string knownBuiltins() {
    std::string names;
    for (const data::BuiltinInfo& info : data::builtins())
        names += (names.empty() ? "" : ", ") + info.id;
    return names;
}

data::TableResult loadTable(const std::string& source) {
    if (!source.starts_with(kBuiltinPrefix)) {
        Progress progress;
        return data::readFile(source, {}, progress);
    }
    const std::string id = source.substr(kBuiltinPrefix.size());
    if (!data::findBuiltin(id))
        return fail(fmt::format("--data: no built-in data set “{}”; there are {}", id, knownBuiltins()),
                    ErrorCode::NotFound);
    return data::loadBuiltin(id);
}

std::string targetName(const LassoArguments& arguments) {
    if (!arguments.target.empty() || !arguments.data.starts_with(kBuiltinPrefix)) return arguments.target;
    const auto* info = data::findBuiltin(arguments.data.substr(kBuiltinPrefix.size()));
    return info ? info->defaultTarget : std::string();
}

/// A dense column's numbers, all present.
Expected<const std::vector<double>*> numbers(const data::Table& table, const std::string& source,
                                             std::size_t index) {
    const data::Column& column = table.columns[index];
    if (!column.isNumeric())
        return fail(fmt::format("{}: column “{}” is not numeric; choose columns with --features", source,
                                column.name));
    const std::vector<double>& values = column.numeric().values;
    const auto missing = std::find_if(values.begin(), values.end(), [](double v) { return std::isnan(v); });
    if (missing != values.end())
        return fail(fmt::format("{}: column “{}” has no value in row {} of the data", source, column.name,
                                missing - values.begin() + 1));
    return &values;
}

/// Columns of the design: places among the dense ones, then among the sparse block's.
struct Choice {
    std::vector<std::size_t> dense;
    std::vector<int> sparse;
};

Expected<Choice> chooseFeatures(const data::Table& table, const LassoArguments& arguments,
                                std::size_t target) {
    Choice choice;
    if (arguments.features.empty()) {
        for (std::size_t j = 0; j < table.columns.size(); ++j)
            if (j != target) choice.dense.push_back(j);
        const int sparseCount = table.sparse ? static_cast<int>(table.sparse->names.size()) : 0;
        for (int j = 0; j < sparseCount; ++j)
            choice.sparse.push_back(j);
        return choice;
    }
    for (const std::string& name : arguments.features) {
        if (const auto dense = table.find(name)) {
            if (*dense == target) return fail(fmt::format("--features: “{}” is the target", name));
            choice.dense.push_back(*dense);
            continue;
        }
        const auto found = table.sparse
                               ? std::find(table.sparse->names.begin(), table.sparse->names.end(), name)
                               : std::vector<std::string>::const_iterator{};
        if (!table.sparse || found == table.sparse->names.end())
            return fail(fmt::format("--features: {} has no column “{}”", arguments.data, name),
                        ErrorCode::NotFound);
        choice.sparse.push_back(static_cast<int>(found - table.sparse->names.begin()));
    }
    return choice;
}

struct Design {
    std::variant<Eigen::MatrixXd, linear::SparseDesign> values;
    std::vector<std::string> names;
};

/// Sparse as soon as one column is: dense columns are then stored in full.
linear::SparseDesign mixedDesign(const data::Table& table, const Choice& choice,
                                 const std::vector<const std::vector<double>*>& dense) {
    std::vector<Eigen::Triplet<double>> entries;
    int column = 0;
    for (const auto* values : dense) {
        for (std::size_t i = 0; i < values->size(); ++i)
            if ((*values)[i] != 0.0) entries.emplace_back(static_cast<int>(i), column, (*values)[i]);
        ++column;
    }
    for (const int j : choice.sparse) {
        for (linear::SparseDesign::InnerIterator it(table.sparse->values, j); it; ++it)
            entries.emplace_back(static_cast<int>(it.row()), column, it.value());
        ++column;
    }
    linear::SparseDesign design(static_cast<Eigen::Index>(table.rows()), column);
    design.setFromTriplets(entries.begin(), entries.end());
    return design;
}

Expected<Design> makeDesign(const data::Table& table, const std::string& source, const Choice& choice) {
    std::vector<const std::vector<double>*> dense;
    Design design;
    for (const std::size_t j : choice.dense) {
        auto values = numbers(table, source, j);
        if (!values) return tl::unexpected(values.error());
        dense.push_back(*values);
        design.names.push_back(table.columns[j].name);
    }
    for (const int j : choice.sparse)
        design.names.push_back(table.sparse->names[static_cast<std::size_t>(j)]);
    if (design.names.empty()) return fail(fmt::format("{}: there is no column besides the target", source));
    if (!choice.sparse.empty()) {
        design.values = mixedDesign(table, choice, dense);
        return design;
    }
    Eigen::MatrixXd x(static_cast<Eigen::Index>(table.rows()), static_cast<Eigen::Index>(dense.size()));
    for (std::size_t j = 0; j < dense.size(); ++j)
        x.col(static_cast<Eigen::Index>(j)) =
            Eigen::Map<const Eigen::VectorXd>(dense[j]->data(), static_cast<Eigen::Index>(dense[j]->size()));
    design.values = std::move(x);
    return design;
}

} // namespace

Expected<std::shared_ptr<const linear::RegressionProblem>> loadProblem(const LassoArguments& arguments) {
    const std::string targetColumn = targetName(arguments);
    if (targetColumn.empty()) return fail("--target is required");
    const data::TableResult loaded = loadTable(arguments.data);
    if (!loaded) return tl::unexpected(loaded.error());
    const data::Table& table = **loaded;
    const auto target = table.find(targetColumn);
    if (!target)
        return fail(fmt::format("--target: {} has no column “{}”", arguments.data, targetColumn),
                    ErrorCode::NotFound);
    const auto response = numbers(table, arguments.data, *target);
    if (!response) return tl::unexpected(response.error());
    const auto choice = chooseFeatures(table, arguments, *target);
    if (!choice) return tl::unexpected(choice.error());
    auto design = makeDesign(table, arguments.data, *choice);
    if (!design) return tl::unexpected(design.error());
    Eigen::VectorXd y = Eigen::Map<const Eigen::VectorXd>((*response)->data(),
                                                          static_cast<Eigen::Index>((*response)->size()));
    auto problem = std::visit(
        [&](auto& x) {
            return linear::makeProblem(std::move(x), std::move(y), arguments.standardize,
                                       std::move(design->names), targetColumn);
        },
        design->values);
    if (!problem) return fail(fmt::format("{}: {}", arguments.data, problem.error().message));
    return problem;
}

} // namespace orrery::cli
