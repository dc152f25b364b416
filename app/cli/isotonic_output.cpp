#include "app/cli/isotonic_output.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>

namespace orrery::cli {

using Json = nlohmann::ordered_json;
using isotonic::IsotonicProblem;

namespace {

constexpr std::size_t kMostLines = 40;
constexpr std::size_t kBufferBytes = std::size_t{1} << 20;

std::string quoted(const std::string& name) {
    if (name.find_first_of(",\"\n\r") == std::string::npos) return name;
    std::string text = "\"";
    for (const char c : name)
        text += c == '"' ? std::string("\"\"") : std::string(1, c);
    return text + '"';
}

void appendCell(std::string& line, double value, char end) {
    if (!std::isnan(value))
        fmt::format_to(std::back_inserter(line), "{}", value); // the shortest that reads back
    line += end;
}

} // namespace

void writeJson(std::ostream& out, const IsotonicReport& report, const IsotonicArguments& arguments) {
    const IsotonicProblem& problem = *report.fit.problem;
    Json json;
    json["seconds"] = report.seconds;
    json["load_seconds"] = report.loadSeconds;
    json["solver"] = arguments.method ? std::string(idOf(*arguments.method)) : std::string("fast");
    json["increasing"] = problem.increasing;
    json["rows"] = problem.inputRows;
    json["rows_left_out"] = problem.missingRows + problem.weightlessRows;
    json["points"] = problem.points();
    json["blocks"] = report.fit.blocks.size();
    json["loss"] = report.fit.loss();
    if (report.counters) {
        json["comparisons"] = report.counters->comparisons;
        json["pops"] = report.counters->pops;
        json["writes"] = report.counters->writes;
        json["passes"] = report.counters->passes;
    }
    out << json.dump() << '\n';
}

void writeTable(std::ostream& out, const IsotonicReport& report) {
    const IsotonicProblem& problem = *report.fit.problem;
    const auto& blocks = report.fit.blocks;
    out << fmt::format("{:>12} {:>12} {:>9} {:>12}\n", "from x", "to x", "points", "fit");
    for (std::size_t k = 0; k < std::min(blocks.size(), kMostLines); ++k)
        out << fmt::format("{:>12.6g} {:>12.6g} {:>9} {:>12.6g}\n", problem.x[blocks[k].first],
                           problem.x[blocks[k].last], blocks[k].size(), problem.bounded(blocks[k].value));
    if (blocks.size() > kMostLines) out << fmt::format("… and {} more\n", blocks.size() - kMostLines);
    out << fmt::format("\n{} blocks of {} points, loss {:.6g}, {}\nSolved in {:.3g} s, loaded in {:.3g} s\n",
                       blocks.size(), problem.points(), report.fit.loss(),
                       problem.increasing ? "increasing" : "decreasing", report.seconds, report.loadSeconds);
}

Expected<void> writeFitted(const IsotonicReport& report, const IsotonicColumns& columns,
                           const IsotonicArguments& arguments) {
    const bool weighted = !columns.weights.empty();
    const std::vector<double> fitted = report.fit.fittedRows();
    std::ofstream file(arguments.out, std::ios::binary | std::ios::trunc);
    std::string text = quoted(arguments.x) + ',' + quoted(arguments.y) + ',';
    if (weighted) text += quoted(arguments.weight) + ',';
    text += "fitted\n";
    for (std::size_t i = 0; i < fitted.size() && file; ++i) {
        appendCell(text, columns.x[i], ',');
        appendCell(text, columns.y[i], ',');
        if (weighted) appendCell(text, columns.weights[i], ',');
        appendCell(text, fitted[i], '\n');
        if (text.size() < kBufferBytes) continue;
        file.write(text.data(), static_cast<std::streamsize>(text.size()));
        text.clear();
    }
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    file.close();
    if (!file) return fail(fmt::format("--out: {} cannot be written", arguments.out));
    return {};
}

} // namespace orrery::cli
