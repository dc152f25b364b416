#include "app/cli/lasso_output.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace orrery::cli {

using Json = nlohmann::ordered_json;

namespace {

Json coefficientsByName(const linear::LassoResult& result, const linear::LassoResultPoint& point) {
    Json object = Json::object();
    for (std::size_t i = 0; i < point.support.size(); ++i)
        object[result.names[static_cast<std::size_t>(point.support[i])]] = point.coefficients[i];
    return object;
}

} // namespace

void writeJson(std::ostream& out, const linear::LassoResult& result, const LassoTimes& times) {
    Json json;
    json["seconds"] = times.solverSeconds;
    json["load_seconds"] = times.loadSeconds;
    for (const char* key : {"lambdas", "coefficients", "intercepts", "df", "deviance_ratio", "gap"})
        json[key] = Json::array();
    for (const linear::LassoResultPoint& point : result.points) {
        json["lambdas"].push_back(point.lambda);
        json["coefficients"].push_back(coefficientsByName(result, point));
        json["intercepts"].push_back(point.intercept);
        json["df"].push_back(point.df());
        json["deviance_ratio"].push_back(point.devianceRatio);
        json["gap"].push_back(point.relativeGap);
    }
    // A name that is not UTF-8 is shown with replacement characters rather than refused.
    out << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

void writeTable(std::ostream& out, const linear::LassoResult& result, const LassoTimes& times) {
    out << fmt::format("{:>12} {:>5} {:>10} {:>9}\n", "lambda", "df", "deviance", "gap");
    for (const linear::LassoResultPoint& point : result.points)
        out << fmt::format("{:>12.6g} {:>5} {:>9.2f}% {:>9.1e}\n", point.lambda, point.df(),
                           100.0 * point.devianceRatio, point.relativeGap);
    if (!result.points.empty()) {
        const linear::LassoResultPoint& last = result.points.back();
        out << fmt::format("\nAt lambda {:.6g}\n{:>12.6g}  (intercept)\n", last.lambda, last.intercept);
        for (std::size_t i = 0; i < last.support.size(); ++i)
            out << fmt::format("{:>12.6g}  {}\n", last.coefficients[i],
                               result.names[static_cast<std::size_t>(last.support[i])]);
    }
    out << fmt::format("\nSolved in {:.3g} s, loaded in {:.3g} s\n", times.solverSeconds, times.loadSeconds);
}

} // namespace orrery::cli
