#include "app/cli/calibration_arguments.h"

#include "app/cli/parse_command.h"

#include <algorithm>

namespace orrery::cli {

namespace {

void addOptions(CLI::App& app, CalibrationArguments& into, std::string& method) {
    std::vector<std::string> methods;
    for (const calibration::CalibrationMethod known : calibration::kCalibrationMethods)
        methods.emplace_back(idOf(known));
    app.add_option("--data", into.data, "File to read, or builtin:<name>")->required();
    app.add_option("--label", into.label, "Column of two levels: what happened")->required();
    app.add_option("--score", into.score,
                   "Column of scores; when absent, logistic regression on the other columns, out of sample");
    app.add_option("--weight", into.weight, "Column of weights")->needs("--score");
    app.add_option("--event", into.event,
                   "Level that is the event; the larger number or the last by alphabet when absent");
    app.add_option("--method", method, "Calibrator; all of them when absent")->check(CLI::IsMember(methods));
    app.add_option("--folds", into.folds, "Folds that are calibrated out of sample")
        ->check(CLI::Range(2, 1'000'000));
    app.add_option("--bins", into.bins, "Bins of the calibration error")->check(CLI::Range(1, 100'000));
    app.add_option("--seed", into.seed, "Seed of the folds");
    app.add_option("--threads", into.threads, "Threads")->check(CLI::Range(1, 1024));
    app.add_flag("--json", into.json, "Print JSON");
}

} // namespace

Expected<CalibrationArguments> parseCalibrationArguments(std::span<const std::string> arguments) {
    CalibrationArguments parsed;
    std::string method;
    CLI::App app("Scores of a classifier against what happened, before and after calibration",
                 "orrery solve calibration");
    addOptions(app, parsed, method);
    const auto help = parseCommand(app, arguments);
    if (!help) return tl::unexpected(help.error());
    if (*help) {
        CalibrationArguments page;
        page.help = **help;
        return page;
    }
    if (const auto asked = calibration::calibrationMethodFromId(method))
        parsed.methods = {*asked};
    else
        parsed.methods.assign(calibration::kCalibrationMethods.begin(),
                              calibration::kCalibrationMethods.end());
    return parsed;
}

} // namespace orrery::cli
