#include "app/cli/solve_calibration.h"

#include "app/cli/calibration_arguments.h"
#include "app/cli/calibration_output.h"
#include "app/cli/load_table.h"
#include "core/calibration/logistic_regression.h"

#include <chrono>
#include <fmt/format.h>

namespace orrery::cli {

namespace {

using Clock = std::chrono::steady_clock;
using namespace calibration;

constexpr int kBadInput = 2;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

int refuse(std::ostream& err, const std::string& sentence) {
    err << "orrery: " << sentence << '\n';
    return kBadInput;
}

/// Names that were typed are checked here, so that the sentence can name their option.
Expected<void> checkNames(const data::Table& table, const CalibrationArguments& arguments) {
    for (const auto& [option, name] : {std::pair{"--label", &arguments.label},
                                       {"--score", &arguments.score},
                                       {"--weight", &arguments.weight}})
        if (!name->empty() && !table.find(*name))
            return fail(fmt::format("{}: {} has no column “{}”", option, arguments.data, *name),
                        ErrorCode::NotFound);
    return {};
}

Expected<SamplePtr> scoresOf(const std::shared_ptr<const data::Table>& table,
                             const CalibrationArguments& arguments) {
    if (!arguments.score.empty())
        return sampleFromTable(*table, {arguments.score, arguments.label, arguments.weight, arguments.event});
    data::Dataset dataset{.table = table};
    dataset.roles.target = arguments.label;
    const auto design = binaryDesignOf(dataset, arguments.event);
    if (!design) return tl::unexpected(design.error());
    Progress progress;
    return crossFittedScores(LogisticScoring(), *design,
                             {.folds = arguments.folds, .seed = arguments.seed, .threads = arguments.threads},
                             progress);
}

void tellUnconverged(std::ostream& err, const CalibrationComparison& comparison) {
    for (const CrossFitted& fitted : comparison.after)
        if (!fitted.converged)
            err << fmt::format(
                "orrery: {} calibration did not converge in every fold; the classes may be separable\n",
                idOf(fitted.method));
}

} // namespace

int solveCalibration(std::span<const std::string> arguments, std::ostream& out, std::ostream& err) {
    const auto parsed = parseCalibrationArguments(arguments);
    if (!parsed) return refuse(err, parsed.error().message);
    if (!parsed->help.empty()) {
        out << parsed->help;
        return 0;
    }
    CalibrationReport report;
    auto start = Clock::now();
    const data::TableResult table = loadTable(parsed->data);
    if (!table) return refuse(err, table.error().message);
    if (const auto known = checkNames(**table, *parsed); !known) return refuse(err, known.error().message);
    report.loadSeconds = secondsSince(start);

    start = Clock::now();
    const auto sample = scoresOf(*table, *parsed);
    if (!sample) return refuse(err, fmt::format("{}: {}", parsed->data, sample.error().message));
    report.sample = *sample;
    (parsed->score.empty() ? report.scoreSeconds : report.loadSeconds) += secondsSince(start);

    start = Clock::now();
    const CrossFitOptions options{
        .folds = parsed->folds, .seed = parsed->seed, .threads = parsed->threads, .bins = parsed->bins};
    Progress progress;
    auto comparison = compareCalibrators(**sample, parsed->methods, options, progress);
    if (!comparison) return refuse(err, fmt::format("{}: {}", parsed->data, comparison.error().message));
    report.comparison = *std::move(comparison);
    if (report.comparison.after.empty()) // beta alone, on real scores
        return refuse(err, fmt::format("{}: beta calibration needs scores in [0, 1]", parsed->data));
    report.seconds = secondsSince(start);

    tellUnconverged(err, report.comparison);
    parsed->json ? writeJson(out, report, parsed->folds) : writeTable(out, report);
    return 0;
}

} // namespace orrery::cli
