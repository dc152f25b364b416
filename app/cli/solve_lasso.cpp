#include "app/cli/solve_lasso.h"

#include "app/cli/lasso_arguments.h"
#include "app/cli/lasso_data.h"
#include "app/cli/lasso_output.h"
#include "core/linear/any_lasso_solver.h"

#include <chrono>
#include <fmt/format.h>

namespace orrery::cli {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kStoppedEarly = 1;
constexpr int kBadInput = 2;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

int refuse(std::ostream& err, const Error& error) {
    err << "orrery: " << error.message << '\n';
    return kBadInput;
}

linear::LassoOptions optionsFor(const LassoArguments& arguments, const linear::RegressionProblem& problem) {
    linear::LassoOptions options{
        .alpha = arguments.alpha, .relativeGap = arguments.relativeGap, .threads = arguments.threads};
    const double ratio = arguments.lambdaRatio.value_or(linear::defaultLambdaRatio(problem));
    options.lambdas = arguments.lambda
                          ? std::vector<double>{*arguments.lambda}
                          : linear::lambdaGrid(problem, arguments.alpha, arguments.lambdaCount, ratio);
    return options;
}

/// What stopped it, when it was not the end of the path.
std::string earlyEnd(const linear::LassoFrame& frame) {
    if (frame.status == StepStatus::Converged) return {};
    if (frame.status == StepStatus::Failed) return frame.failure;
    return fmt::format("stopped at lambda {:.6g} after {} iterations with a relative gap of {:.2g}",
                       frame.lambda, frame.iteration, frame.relativeGap);
}

} // namespace

int solveLasso(std::span<const std::string> arguments, std::ostream& out, std::ostream& err) {
    const auto parsed = parseLassoArguments(arguments);
    if (!parsed) return refuse(err, parsed.error());
    if (!parsed->help.empty()) {
        out << parsed->help;
        return 0;
    }
    LassoTimes times;
    auto start = Clock::now();
    const auto loaded = loadProblem(*parsed);
    if (!loaded) return refuse(err, loaded.error());
    const auto& problem = loaded->problem;
    const linear::LassoOptions options = optionsFor(*parsed, *problem);
    times.loadSeconds = secondsSince(start);

    start = Clock::now();
    auto solver = linear::makeLassoSolver(parsed->method, problem, options);
    if (!solver) return refuse(err, solver.error());
    (void)solve(*solver);
    times.solverSeconds = secondsSince(start);

    if (loaded->droppedRows > 0)
        err << fmt::format("orrery: {} row{} with a missing value left out\n", loaded->droppedRows,
                           loaded->droppedRows == 1 ? "" : "s");
    const linear::LassoFrame frame = solver->frame();
    const linear::LassoResult result = linear::makeLassoResult(*problem, frame.path);
    parsed->json ? writeJson(out, result, times) : writeTable(out, result, times);
    const std::string reason = earlyEnd(frame);
    if (reason.empty()) return 0;
    err << "orrery: " << reason << '\n';
    return kStoppedEarly;
}

} // namespace orrery::cli
