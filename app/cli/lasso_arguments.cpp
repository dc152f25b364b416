#include "app/cli/lasso_arguments.h"

#include "app/cli/parse_command.h"

#include <algorithm>
#include <limits>

namespace orrery::cli {

namespace {

constexpr double kHuge = std::numeric_limits<double>::max();
constexpr double kTiny = std::numeric_limits<double>::min();

/// What CLI11 fills in that needs a second look.
struct RawArguments {
    std::string solver = "cd";
    std::string standardize = "true";
    double lambdaRatio = 0.0;
    double lambda = 0.0;
};

/// The bounds in words; CLI11's own range writes them with all their digits.
CLI::Validator number(double low, double high, const std::string& words) {
    return CLI::Validator(
        [low, high, words](const std::string& text) {
            double value = 0.0;
            const bool fits = CLI::detail::lexical_cast(text, value) && value >= low && value <= high;
            return fits ? std::string() : text + " is not " + words;
        },
        "NUMBER");
}

void addOptions(CLI::App& app, LassoArguments& into, RawArguments& raw) {
    std::vector<std::string> solvers;
    for (const linear::LassoMethod method : linear::kLassoMethods)
        solvers.emplace_back(idOf(method));
    app.add_option("--data", into.data, "File to read, or builtin:<name>")->required();
    app.add_option("--target", into.target, "Column to predict");
    app.add_option("--features", into.features, "Columns to predict from; all others when absent")
        ->delimiter(',');
    app.add_option("--lambdas", into.lambdaCount, "Number of λs on the path")
        ->check(number(1, 100'000, "a whole number from 1 to 100000"));
    app.add_option("--lambda-ratio", raw.lambdaRatio, "Smallest λ as a part of the largest")
        ->check(number(kTiny, 1.0, "a number above 0 and up to 1"));
    app.add_option("--lambda", raw.lambda, "Solve for this λ alone")
        ->check(number(0.0, kHuge, "a number from 0 on"));
    app.add_option("--alpha", into.alpha, "Elastic mix: 1 lasso, 0 ridge")
        ->check(number(0.0, 1.0, "a number from 0 to 1"));
    app.add_option("--solver", raw.solver, "Solver")->check(CLI::IsMember(solvers));
    app.add_option("--gap", into.relativeGap, "Duality gap to stop at, in units of the null deviance")
        ->check(number(kTiny, 1.0, "a number above 0 and up to 1"));
    app.add_option("--standardize", raw.standardize, "Scale columns to unit variance")
        ->check(CLI::IsMember({"true", "false"}));
    app.add_option("--threads", into.threads, "Threads")
        ->check(number(1, 1024, "a whole number from 1 to 1024"));
    app.add_flag("--json", into.json, "Print JSON");
}

} // namespace

Expected<LassoArguments> parseLassoArguments(std::span<const std::string> arguments) {
    LassoArguments parsed;
    RawArguments raw;
    CLI::App app("The LASSO or elastic-net path of a data set", "orrery solve lasso");
    addOptions(app, parsed, raw);
    const auto help = parseCommand(app, arguments);
    if (!help) return tl::unexpected(help.error());
    if (*help) {
        LassoArguments page;
        page.help = **help;
        return page;
    }
    parsed.method = *linear::lassoMethodFromId(raw.solver);
    parsed.standardize = raw.standardize == "true";
    if (app.count("--lambda") > 0) parsed.lambda = raw.lambda;
    if (app.count("--lambda-ratio") > 0) parsed.lambdaRatio = raw.lambdaRatio;
    if (parsed.lambdaRatio == 1.0 && parsed.lambdaCount > 1)
        return fail("--lambda-ratio: a path of several λs needs a ratio below 1");
    return parsed;
}

} // namespace orrery::cli
