#include "app/cli/calibration_output.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace orrery::cli {

using Json = nlohmann::ordered_json;
using namespace calibration;

namespace {

Json metricsJson(const CalibrationMetrics& metrics) {
    return {{"brier", metrics.brier.brier},
            {"miscalibration", metrics.brier.miscalibration},
            {"discrimination", metrics.brier.discrimination},
            {"uncertainty", metrics.brier.uncertainty},
            {"log_loss", metrics.logLoss},
            {"ece_equal_width", metrics.expectedErrorEqualWidth},
            {"ece_equal_count", metrics.expectedErrorEqualCount},
            {"mce_equal_width", metrics.maximumErrorEqualWidth},
            {"mce_equal_count", metrics.maximumErrorEqualCount},
            {"auc", metrics.auc},
            {"prevalence", metrics.prevalence},
            {"mean_score", metrics.meanScore},
            {"bins", metrics.bins}};
}

Json mapJson(const CalibrationMap& map) {
    if (const auto* isotonic = std::get_if<IsotonicMap>(&map))
        return {{"score", isotonic->score}, {"probability", isotonic->probability}};
    if (const auto* platt = std::get_if<PlattMap>(&map))
        return {{"slope", platt->slope}, {"intercept", platt->intercept}, {"on_log_odds", platt->onLogOdds}};
    const auto& beta = std::get<BetaMap>(map);
    return {{"a", beta.a}, {"b", beta.b}, {"c", beta.c}};
}

std::string tableLine(std::string_view name, const CalibrationMetrics& metrics) {
    return fmt::format("{:<12} {:>9.5f} {:>9.5f} {:>9.5f} {:>9.5f} {:>9.5f} {:>9.5f} {:>9.5f}\n", name,
                       metrics.brier.brier, metrics.brier.miscalibration, metrics.brier.discrimination,
                       metrics.logLoss, metrics.expectedErrorEqualWidth, metrics.expectedErrorEqualCount,
                       metrics.auc);
}

} // namespace

void writeJson(std::ostream& out, const CalibrationReport& report, int folds) {
    const ScoredSample& sample = *report.sample;
    Json json;
    json["seconds"] = report.seconds;
    json["score_seconds"] = report.scoreSeconds;
    json["load_seconds"] = report.loadSeconds;
    json["scores"] = sample.provenance;
    json["event"] = sample.eventName;
    json["rows"] = sample.rows();
    json["folds"] = folds;
    json["before"] = report.comparison.before ? metricsJson(*report.comparison.before) : Json();
    json["after"] = Json::array();
    for (const CrossFitted& fitted : report.comparison.after)
        json["after"].push_back({{"method", idOf(fitted.method)},
                                 {"converged", fitted.converged},
                                 {"parameters", mapJson(fitted.map)},
                                 {"metrics", metricsJson(fitted.metrics)}});
    // A name that is not UTF-8 is shown with replacement characters rather than refused.
    out << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

void writeTable(std::ostream& out, const CalibrationReport& report) {
    out << report.sample->provenance << "\n\n";
    out << fmt::format("{:<12} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}\n", "", "Brier", "MCB", "DSC",
                       "log loss", "ECE width", "ECE count", "AUC");
    if (report.comparison.before) out << tableLine("before", *report.comparison.before);
    for (const CrossFitted& fitted : report.comparison.after)
        out << tableLine(idOf(fitted.method), fitted.metrics);
    out << fmt::format("\nCalibrated in {:.3g} s, loaded in {:.3g} s\n", report.seconds,
                       report.loadSeconds + report.scoreSeconds);
}

} // namespace orrery::cli
