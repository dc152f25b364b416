#include "app/cli/isotonic_arguments.h"

#include "app/cli/parse_command.h"

#include <algorithm>

namespace orrery::cli {

namespace {

/// What CLI11 fills in that needs a second look.
struct RawArguments {
    std::string solver;
    std::string increasing = "true";
    std::string loss = "l2";
    double yMin = 0.0;
    double yMax = 0.0;
};

void addOptions(CLI::App& app, IsotonicArguments& into, RawArguments& raw) {
    std::vector<std::string> solvers;
    for (const isotonic::IsotonicMethod method : isotonic::kIsotonicMethods)
        solvers.emplace_back(idOf(method));
    app.add_option("--data", into.data, "File to read, or builtin:<name>")->required();
    app.add_option("--x", into.x, "Column to order by")->required();
    app.add_option("--y", into.y, "Column to fit; a column of two levels counts as 0 and 1")->required();
    app.add_option("--weight", into.weight, "Column of weights");
    app.add_option("--solver", raw.solver, "Take this one's steps; the fast fit when absent")
        ->check(CLI::IsMember(solvers));
    app.add_option("--increasing", raw.increasing, "auto: by the sign of Spearman's rank correlation")
        ->check(CLI::IsMember({"true", "false", "auto"}));
    app.add_option("--loss", raw.loss, "Squares (weighted means) or absolute values (medians)")
        ->check(CLI::IsMember({"l2", "l1"}));
    app.add_option("--y-min", raw.yMin, "Lower bound of the fit");
    app.add_option("--y-max", raw.yMax, "Upper bound of the fit");
    app.add_option("--threads", into.options.threads, "Threads of the fast fit")->check(CLI::Range(1, 1024));
    app.add_option("--out", into.out, "CSV file to write: x, y, weight and fit of every row");
    app.add_flag("--json", into.json, "Print JSON");
}

isotonic::Direction directionOf(const std::string& increasing) {
    if (increasing == "auto") return isotonic::Direction::Auto;
    return increasing == "true" ? isotonic::Direction::Increasing : isotonic::Direction::Decreasing;
}

} // namespace

Expected<IsotonicArguments> parseIsotonicArguments(std::span<const std::string> arguments) {
    IsotonicArguments parsed;
    RawArguments raw;
    CLI::App app("The isotonic regression of one column on another", "orrery solve isotonic");
    addOptions(app, parsed, raw);
    const auto help = parseCommand(app, arguments);
    if (!help) return tl::unexpected(help.error());
    if (*help) {
        IsotonicArguments page;
        page.help = **help;
        return page;
    }
    parsed.method = isotonic::isotonicMethodFromId(raw.solver);
    parsed.options.direction = directionOf(raw.increasing);
    parsed.options.loss = raw.loss == "l1" ? isotonic::Loss::L1 : isotonic::Loss::L2;
    if (app.count("--y-min") > 0) parsed.options.yMin = raw.yMin;
    if (app.count("--y-max") > 0) parsed.options.yMax = raw.yMax;
    return parsed;
}

} // namespace orrery::cli
