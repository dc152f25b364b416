#include "app/cli/solve_isotonic.h"

#include "app/cli/isotonic_output.h"
#include "app/cli/load_table.h"
#include "core/isotonic/any_isotonic_solver.h"

#include <chrono>
#include <fmt/format.h>

namespace orrery::cli {

namespace {

using Clock = std::chrono::steady_clock;
using isotonic::AnyIsotonicSolver;

constexpr int kBadInput = 2;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

int refuse(std::ostream& err, const Error& error) {
    err << "orrery: " << error.message << '\n';
    return kBadInput;
}

/// Numbers as they are; two levels as 0 and 1, in the order in which they sort.
Expected<std::vector<double>> numbersOf(const data::Column& column, const char* option, bool levelsCount) {
    if (column.isNumeric()) return column.numeric().values;
    const data::CategoricalColumn& cells = column.categorical();
    if (!levelsCount || cells.levels.size() != 2)
        return fail(fmt::format("{}: “{}” has {} levels; a number is needed{}", option, column.name,
                                cells.levels.size(), levelsCount ? ", or two levels" : ""));
    const std::int32_t one = cells.levels[0] < cells.levels[1] ? 1 : 0;
    std::vector<double> values;
    for (const std::int32_t code : cells.codes)
        values.push_back(code == data::CategoricalColumn::kMissingLevel ? std::nan("")
                         : code == one                                  ? 1.0
                                                                        : 0.0);
    return values;
}

Expected<std::vector<double>> columnOf(const data::Table& table, const IsotonicArguments& arguments,
                                       const std::string& name, const char* option, bool levelsCount) {
    const auto index = table.find(name);
    if (!index)
        return fail(fmt::format("{}: {} has no column “{}”", option, arguments.data, name),
                    ErrorCode::NotFound);
    return numbersOf(table.columns[*index], option, levelsCount);
}

Expected<IsotonicColumns> loadColumns(const IsotonicArguments& arguments) {
    const data::TableResult table = loadTable(arguments.data);
    if (!table) return tl::unexpected(table.error());
    auto x = columnOf(**table, arguments, arguments.x, "--x", false);
    if (!x) return tl::unexpected(x.error());
    auto y = columnOf(**table, arguments, arguments.y, "--y", true);
    if (!y) return tl::unexpected(y.error());
    IsotonicColumns columns{*std::move(x), *std::move(y), {}};
    if (arguments.weight.empty()) return columns;
    auto weights = columnOf(**table, arguments, arguments.weight, "--weight", false);
    if (!weights) return tl::unexpected(weights.error());
    columns.weights = *std::move(weights);
    return columns;
}

Expected<IsotonicReport> fitColumns(const IsotonicColumns& columns, const IsotonicArguments& arguments) {
    auto problem = isotonic::makeProblem(columns.x, columns.y, columns.weights, arguments.options);
    if (!problem) return fail(fmt::format("{}: {}", arguments.data, problem.error().message));
    IsotonicReport report;
    if (!arguments.method) {
        report.fit = fitIsotonic(*std::move(problem), arguments.options.threads);
        return report;
    }
    AnyIsotonicSolver solver(*arguments.method, *problem);
    (void)solve(solver);
    const AnyIsotonicSolver::State state = solver.state();
    report.counters = commonOf(state).counters;
    report.fit = {*problem, blocksOf(**problem, state)};
    return report;
}

void tellLeftOut(std::ostream& err, const isotonic::IsotonicProblem& problem) {
    const auto rows = [](std::size_t count) { return fmt::format("{} row{}", count, count == 1 ? "" : "s"); };
    if (problem.missingRows > 0)
        err << fmt::format("orrery: {} with a missing value left out\n", rows(problem.missingRows));
    if (problem.weightlessRows > 0)
        err << fmt::format("orrery: {} of weight 0 left out\n", rows(problem.weightlessRows));
}

} // namespace

int solveIsotonic(std::span<const std::string> arguments, std::ostream& out, std::ostream& err) {
    const auto parsed = parseIsotonicArguments(arguments);
    if (!parsed) return refuse(err, parsed.error());
    if (!parsed->help.empty()) {
        out << parsed->help;
        return 0;
    }
    auto start = Clock::now();
    const auto columns = loadColumns(*parsed);
    if (!columns) return refuse(err, columns.error());
    const double loadSeconds = secondsSince(start);

    start = Clock::now();
    auto report = fitColumns(*columns, *parsed);
    if (!report) return refuse(err, report.error());
    report->seconds = secondsSince(start);
    report->loadSeconds = loadSeconds;

    if (!parsed->out.empty())
        if (const auto written = writeFitted(*report, *columns, *parsed); !written)
            return refuse(err, written.error());
    tellLeftOut(err, *report->fit.problem);
    parsed->json ? writeJson(out, *report, *parsed) : writeTable(out, *report);
    return 0;
}

} // namespace orrery::cli
