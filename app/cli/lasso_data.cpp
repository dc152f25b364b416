#include "app/cli/lasso_data.h"

#include "app/cli/load_table.h"
#include "core/data/builtins.h"
#include "core/data/dataset.h"

#include <algorithm>
#include <fmt/format.h>

namespace orrery::cli {

namespace {

std::string targetName(const LassoArguments& arguments) {
    if (!arguments.target.empty() || !arguments.data.starts_with(kBuiltinPrefix)) return arguments.target;
    const auto* info = data::findBuiltin(arguments.data.substr(kBuiltinPrefix.size()));
    return info ? info->defaultTarget : std::string();
}

bool hasFeature(const data::Table& table, const std::string& name) {
    if (table.find(name)) return true;
    return table.sparse && std::find(table.sparse->names.begin(), table.sparse->names.end(), name) !=
                               table.sparse->names.end();
}

/// Names that were typed are checked here, so that the sentence can name their option.
std::optional<Error> findUnknownName(const data::Table& table, const LassoArguments& arguments,
                                     const std::string& target) {
    const auto unknown = [&](const char* option, const std::string& name) {
        return Error{ErrorCode::NotFound,
                     fmt::format("{}: {} has no column “{}”", option, arguments.data, name)};
    };
    if (!table.find(target)) return unknown("--target", target);
    for (const std::string& name : arguments.features) {
        if (!hasFeature(table, name)) return unknown("--features", name);
        if (name == target)
            return Error{ErrorCode::BadInput, fmt::format("--features: “{}” is the target", name)};
    }
    return std::nullopt;
}

Expected<LoadedProblem> makeLoadedProblem(data::Design design, bool standardize) {
    if (design.targetLevels.size() > 2)
        return fail(fmt::format("--target: “{}” has {} levels; a regression needs a number, or two levels",
                                design.targetName, design.targetLevels.size()));
    const auto problem = std::visit(
        [&](auto& x) {
            return linear::makeProblem(std::move(x), std::move(design.y), standardize,
                                       std::move(design.names), design.targetName);
        },
        design.x);
    if (!problem) return tl::unexpected(problem.error());
    return LoadedProblem{*problem, design.droppedForMissing};
}

} // namespace

Expected<LoadedProblem> loadProblem(const LassoArguments& arguments) {
    const std::string target = targetName(arguments);
    const data::TableResult table = loadTable(arguments.data);
    if (!table) return tl::unexpected(table.error());
    if (target.empty()) return fail("--target is required");
    if (auto unknown = findUnknownName(**table, arguments, target))
        return tl::unexpected(*std::move(unknown));
    data::Dataset dataset;
    dataset.table = *table;
    dataset.roles = {target, arguments.features};
    auto design = data::designOf(dataset);
    if (!design) return tl::unexpected(design.error());
    auto loaded = makeLoadedProblem(*std::move(design), arguments.standardize);
    if (loaded || loaded.error().message.starts_with("--")) return loaded;
    return fail(fmt::format("{}: {}", arguments.data, loaded.error().message));
}

} // namespace orrery::cli
