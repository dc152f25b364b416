#include "app/cli/svm_output.h"

#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>

namespace orrery::cli {

using Json = nlohmann::ordered_json;
using svm::MulticlassModel;
using svm::PairModel;
using svm::ProblemKind;
using svm::SvmModel;

namespace {

std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + '"';
}

const char* qualityKey(ProblemKind kind, bool trained) {
    if (kind == ProblemKind::Regression) return trained ? "train_mean_squared_error" : "mean_squared_error";
    if (kind == ProblemKind::OneClass) return trained ? "train_inside" : "inside";
    return trained ? "train_accuracy" : "accuracy";
}

void addKernel(Json& json, const svm::Kernel& kernel) {
    json["kernel"] = idOf(kernel.kind);
    if (kernel.usesGamma()) json["gamma"] = kernel.gamma;
    if (kernel.usesCoef0()) json["coef0"] = kernel.coef0;
    if (kernel.usesDegree()) json["degree"] = kernel.degree;
}

/// What machines have one each of: none where there are several.
std::optional<double> biasOf(const svm::AnyModel& model) {
    if (const auto* single = std::get_if<SvmModel>(&model)) return single->bias;
    const auto& pairs = std::get<MulticlassModel>(model).pairs;
    return pairs.size() == 1 ? std::optional(pairs[0].model.bias) : std::nullopt;
}

Json pairsOf(const MulticlassModel& model, const SvmData& data, bool trained) {
    Json array = Json::array();
    for (const PairModel& pair : model.pairs) {
        Json row;
        row["first"] = data.className(model.labels[static_cast<std::size_t>(pair.first)]);
        row["second"] = data.className(model.labels[static_cast<std::size_t>(pair.second)]);
        if (trained) row["objective"] = pair.objective;
        row["bias"] = pair.model.bias;
        row["support_vectors"] = pair.supportVectors;
        if (trained) {
            row["bounded"] = pair.bounded;
            row["iterations"] = pair.iterations;
            row["converged"] = pair.converged;
        }
        array.push_back(std::move(row));
    }
    return array;
}

std::vector<std::string> decisionNames(const svm::AnyModel& model, const SvmData& data) {
    const auto* classes = std::get_if<MulticlassModel>(&model);
    if (!classes || classes->pairs.size() == 1) return {"decision"};
    std::vector<std::string> names;
    for (const PairModel& pair : classes->pairs)
        names.push_back(fmt::format("decision {} / {}",
                                    data.className(classes->labels[static_cast<std::size_t>(pair.first)]),
                                    data.className(classes->labels[static_cast<std::size_t>(pair.second)])));
    return names;
}

} // namespace

ProblemKind kindOf(const svm::AnyModel& model) {
    const auto* single = std::get_if<SvmModel>(&model);
    return single ? single->kind : ProblemKind::Classification;
}

const svm::Kernel& kernelOf(const svm::AnyModel& model) {
    const auto* single = std::get_if<SvmModel>(&model);
    return single ? single->kernel : std::get<MulticlassModel>(model).kernel;
}

void writeJson(std::ostream& out, const SvmReport& report, const SvmData& data) {
    Json json;
    json["seconds"] = report.seconds;
    json["load_seconds"] = report.loadSeconds;
    json["predict_seconds"] = report.predictSeconds;
    json["kind"] = idOf(kindOf(report.model));
    addKernel(json, kernelOf(report.model));
    json["points"] = data.points();
    json["features"] = data.features();
    if (report.trained) {
        json["solver"] = report.solver;
        json["objective"] = report.objective;
        json["iterations"] = report.iterations;
        json["bounded"] = report.bounded;
        json["converged"] = report.converged;
    }
    const auto bias = biasOf(report.model);
    json["bias"] = bias ? Json(*bias) : Json();
    json["support_vectors"] = report.supportVectors;
    if (!std::isnan(report.quality)) json[qualityKey(kindOf(report.model), report.trained)] = report.quality;
    if (const auto* classes = std::get_if<MulticlassModel>(&report.model)) {
        json["classes"] = Json::array();
        for (const double label : classes->labels)
            json["classes"].push_back(data.className(label));
        if (classes->pairs.size() > 1) json["pairs"] = pairsOf(*classes, data, report.trained);
    }
    // A name that is not UTF-8 is shown with replacement characters rather than refused.
    out << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

void writeTable(std::ostream& out, const SvmReport& report, const SvmData& data) {
    if (const auto* classes = std::get_if<MulticlassModel>(&report.model)) {
        out << fmt::format("{:>12} {:>12} {:>14} {:>12} {:>8} {:>8} {:>10}\n", "class", "against",
                           "objective", "bias", "vectors", "bounded", "iterations");
        for (const PairModel& pair : classes->pairs)
            out << fmt::format("{:>12} {:>12} {:>14.8g} {:>12.6g} {:>8} {:>8} {:>10}\n",
                               data.className(classes->labels[static_cast<std::size_t>(pair.first)]),
                               data.className(classes->labels[static_cast<std::size_t>(pair.second)]),
                               pair.objective, pair.model.bias, pair.supportVectors, pair.bounded,
                               pair.iterations);
    } else {
        out << fmt::format("objective {:.8g}, bias {:.6g}, {} iterations\n", report.objective,
                           std::get<SvmModel>(report.model).bias, report.iterations);
    }
    out << fmt::format("\n{} of {} points are support vectors, {} bounded; kernel {}\n",
                       report.supportVectors, data.points(), report.bounded,
                       kernelOf(report.model).formulaWithNumbers());
    if (!std::isnan(report.quality))
        out << fmt::format("{} {:.6g}\n", qualityKey(kindOf(report.model), report.trained), report.quality);
    out << fmt::format("Solved in {:.3g} s, loaded in {:.3g} s\n", report.seconds, report.loadSeconds);
}

Expected<void> writePredictions(const SvmReport& report, const SvmData& data, const std::string& path) {
    const bool classifies = kindOf(report.model) == ProblemKind::Classification;
    std::string text = "row,predicted";
    const std::vector<std::string> names = decisionNames(report.model, data);
    for (const std::string& name : names)
        text += ',' + quoted(name);
    if (report.probabilities.cols() > 0)
        for (const double label : std::get<MulticlassModel>(report.model).labels)
            text += ',' + quoted("probability " + data.className(label));
    text += '\n';
    std::size_t next = 0; // among the rows that were used
    for (std::size_t row = 0; row < data.fileRows; ++row) {
        text += fmt::format("{},", row + 1);
        const bool used = next < data.rows.size() && data.rows[next] == row;
        const auto at = static_cast<Eigen::Index>(next);
        if (used)
            text += classifies ? quoted(data.className(report.predicted[at]))
                               : fmt::format("{}", report.predicted[at]);
        for (Eigen::Index k = 0; k < static_cast<Eigen::Index>(names.size()); ++k)
            text += used ? fmt::format(",{}", report.decisions(at, k)) : std::string(",");
        for (Eigen::Index k = 0; k < report.probabilities.cols(); ++k)
            text += used ? fmt::format(",{}", report.probabilities(at, k)) : std::string(",");
        text += '\n';
        next += used ? 1 : 0;
    }
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    file.close();
    if (!file) return fail(fmt::format("--out: {} cannot be written", path));
    return {};
}

} // namespace orrery::cli
