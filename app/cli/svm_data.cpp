#include "app/cli/svm_data.h"

#include "app/cli/load_table.h"
#include "core/data/builtins.h"
#include "core/data/dataset.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <numeric>

namespace orrery::cli {

namespace {

using Eigen::Index;

constexpr Index kMostValues = Index{1} << 29; ///< 4 GiB of doubles
const std::string kNoTarget = "(no target)";
const std::string kSparseLabel = "label";

bool hasFeature(const data::Table& table, const std::string& name) {
    if (table.find(name)) return true;
    return table.sparse && std::find(table.sparse->names.begin(), table.sparse->names.end(), name) !=
                               table.sparse->names.end();
}

/// Empty: nothing is to be told from the points but themselves.
std::string targetName(const data::Table& table, const SvmArguments& arguments) {
    if (!arguments.target.empty()) return arguments.target;
    if (arguments.data.starts_with(kBuiltinPrefix)) {
        const auto* info = data::findBuiltin(arguments.data.substr(kBuiltinPrefix.size()));
        return info ? info->defaultTarget : std::string();
    }
    return table.sparse && table.find(kSparseLabel) ? kSparseLabel : std::string();
}

Expected<void> checkNames(const data::Table& table, const SvmArguments& arguments,
                          const std::string& target) {
    const auto unknown = [&](const char* option, const std::string& name) {
        return fail(fmt::format("{}: {} has no column “{}”", option, arguments.data, name),
                    ErrorCode::NotFound);
    };
    if (!target.empty() && !table.find(target)) return unknown("--target", target);
    for (const std::string& name : arguments.features) {
        if (!hasFeature(table, name)) return unknown("--features", name);
        if (name == target) return fail(fmt::format("--features: “{}” is the target", name));
    }
    return {};
}

/// The same table with a column to stand where a target is wanted.
std::shared_ptr<const data::Table> withoutTarget(const data::Table& table) {
    auto copy = std::make_shared<data::Table>(table);
    copy->columns.push_back({kNoTarget, data::NumericColumn{std::vector<double>(table.rows(), 0.0)}});
    return copy;
}

/// Levels as their places in alphabetical order, which does not depend on the order of the rows.
void orderLevels(SvmData& data, const std::vector<std::string>& levels) {
    std::vector<std::size_t> order(levels.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return levels[a] < levels[b]; });
    std::vector<double> placeOf(levels.size());
    for (std::size_t place = 0; place < order.size(); ++place) {
        placeOf[order[place]] = static_cast<double>(place);
        data.levels.push_back(levels[order[place]]);
    }
    for (double& value : data.y)
        value = placeOf[static_cast<std::size_t>(value)];
}

/// Columns of equal values become 0.
void standardize(svm::PointMatrix& x) {
    for (Index k = 0; k < x.cols(); ++k) {
        auto column = x.col(k).array();
        column -= column.mean();
        const double deviation = std::sqrt(column.square().mean());
        if (deviation > 0.0) column /= deviation;
    }
}

Expected<void> takePoints(SvmData& data, const data::Design& design, const SvmArguments& arguments) {
    const auto* sparse = std::get_if<data::SparseMatrix>(&design.x);
    const Index rows = design.y.size(), columns = static_cast<Index>(design.names.size());
    if (sparse && !arguments.standardize &&
        static_cast<double>(sparse->nonZeros()) <
            svm::kSparseBelow * static_cast<double>(rows) * static_cast<double>(columns)) {
        data.sparse = *sparse;
        return {};
    }
    if (columns > 0 && rows > kMostValues / columns)
        return fail(fmt::format("{}: {} × {} values do not fit in memory; choose --features", arguments.data,
                                rows, columns));
    data.x = sparse ? svm::PointMatrix(Eigen::MatrixXd(*sparse))
                    : svm::PointMatrix(std::get<data::DenseMatrix>(design.x));
    if (arguments.standardize) standardize(data.x);
    return {};
}

} // namespace

std::string SvmData::className(double label) const {
    if (levels.empty()) return fmt::format("{}", label);
    const auto place = static_cast<std::size_t>(label);
    return label >= 0.0 && place < levels.size() ? levels[place] : fmt::format("{}", label);
}

std::optional<double> SvmData::labelNamed(const std::string& name) const {
    if (!levels.empty()) {
        const auto found = std::find(levels.begin(), levels.end(), name);
        if (found == levels.end()) return std::nullopt;
        return static_cast<double>(found - levels.begin());
    }
    const char* begin = name.data() + (name.starts_with('+') ? 1 : 0);
    double value = 0.0;
    const auto read = std::from_chars(begin, name.data() + name.size(), value);
    if (read.ec != std::errc() || read.ptr != name.data() + name.size()) return std::nullopt;
    return value;
}

Expected<SvmData> loadSvmData(const SvmArguments& arguments) {
    const data::TableResult table = loadTable(arguments.data);
    if (!table) return tl::unexpected(table.error());
    const std::string target = targetName(**table, arguments);
    if (target.empty() && arguments.kind != svm::ProblemKind::OneClass && arguments.modelIn.empty())
        return fail("--target is required");
    if (auto sound = checkNames(**table, arguments, target); !sound) return tl::unexpected(sound.error());
    data::Dataset dataset;
    dataset.table = target.empty() ? withoutTarget(**table) : *table;
    dataset.roles = {target.empty() ? kNoTarget : target, arguments.features};
    auto design = data::designOf(dataset);
    if (!design) return tl::unexpected(design.error());
    SvmData result;
    if (auto taken = takePoints(result, *design, arguments); !taken) return tl::unexpected(taken.error());
    result.fileRows = (*table)->rows();
    result.rows = std::move(design->rows);
    if (target.empty()) return result;
    result.targetName = target;
    result.y.assign(design->y.begin(), design->y.end());
    if (!design->targetLevels.empty()) orderLevels(result, design->targetLevels);
    return result;
}

} // namespace orrery::cli
