#include "app/cli/solve_svm.h"

#include "app/cli/svm_output.h"
#include "core/svm/fast/fast_svm.h"
#include "core/svm/probability.h"

#include <chrono>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <set>
#include <sstream>

namespace orrery::cli {

namespace {

using Clock = std::chrono::steady_clock;
using Eigen::Index;
using Eigen::VectorXd;
using svm::MulticlassModel;
using svm::PairModel;
using svm::ProblemKind;
using svm::SvmModel;

constexpr int kStoppedEarly = 1;
constexpr int kBadInput = 2;
constexpr Index kFastFromPoints = 2000;
constexpr std::size_t kFastFromValues = 2'000'000; ///< of the kernel

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

int refuse(std::ostream& err, const Error& error) {
    err << "orrery: " << error.message << '\n';
    return kBadInput;
}

std::size_t bytesOf(double megabytes) {
    return static_cast<std::size_t>(megabytes * 1024.0 * 1024.0);
}

svm::SmoOptions smoOptions(const SvmArguments& arguments) {
    svm::SmoOptions options;
    options.tolerance = arguments.tolerance;
    if (arguments.cacheMegabytes) options.cacheBytes = bytesOf(*arguments.cacheMegabytes);
    return options;
}

bool trainsFast(const SvmData& data, const SvmArguments& arguments) {
    if (arguments.engine == SvmEngine::Automatic) return data.points() >= kFastFromPoints;
    return arguments.engine == SvmEngine::Fast;
}

bool predictsFast(const SvmData& data, std::size_t vectors, const SvmArguments& arguments) {
    if (arguments.engine != SvmEngine::Automatic) return arguments.engine == SvmEngine::Fast;
    return static_cast<std::size_t>(data.points()) * vectors >= kFastFromValues;
}

svm::PairTrainer trainerFor(const SvmData& data, const SvmArguments& arguments) {
    if (!trainsFast(data, arguments))
        return [options = smoOptions(arguments)](const svm::ProblemPtr& problem) {
            return svm::trainBySmo(problem, options);
        };
    svm::FastOptions options;
    options.tolerance = arguments.tolerance;
    options.threads = arguments.threads;
    if (arguments.cacheMegabytes) options.cacheBytes = bytesOf(*arguments.cacheMegabytes);
    return svm::fastTrainer(options);
}

Expected<svm::MulticlassOptions> multiclassOptions(const SvmData& data, const SvmArguments& arguments,
                                                   const svm::Kernel& kernel) {
    svm::MulticlassOptions options;
    options.kernel = kernel;
    options.c = arguments.c;
    options.threads =
        trainsFast(data, arguments) ? 1 : arguments.threads; // the fast one has threads of its own
    for (const auto& [name, weight] : arguments.classWeights) {
        const auto label = data.labelNamed(name);
        if (!label) return fail(fmt::format("--class-weight: “{}” has no class “{}”", data.targetName, name));
        options.classWeights.emplace_back(*label, weight);
    }
    return options;
}

Expected<void> addProbabilities(MulticlassModel& model, const SvmData& data, const SvmArguments& arguments,
                                const svm::MulticlassOptions& options) {
    Progress progress;
    svm::ProbabilityOptions fit;
    fit.threads = arguments.threads;
    fit.smo = smoOptions(arguments);
    for (PairModel& pair : model.pairs) {
        const double first = model.labels[static_cast<std::size_t>(pair.first)],
                     second = model.labels[static_cast<std::size_t>(pair.second)];
        const auto problem = data.isSparse() ? svm::pairProblem(data.sparse, data.y, first, second, options)
                                             : svm::pairProblem(data.x, data.y, first, second, options);
        if (!problem) return tl::unexpected(problem.error());
        const auto fitted = svm::fitProbabilities(**problem, fit, progress);
        if (!fitted) return fail("--probability: " + fitted.error().message);
        pair.sigmoid = svm::libsvmSigmoid(std::get<calibration::PlattMap>(fitted->platt));
    }
    return {};
}

Expected<SvmReport> trainClasses(const SvmData& data, const SvmArguments& arguments,
                                 const svm::Kernel& kernel) {
    const auto options = multiclassOptions(data, arguments, kernel);
    if (!options) return tl::unexpected(options.error());
    Progress progress;
    const auto trainer = trainerFor(data, arguments);
    auto model = data.isSparse() ? svm::trainMulticlass(data.sparse, data.y, *options, progress, trainer)
                                 : svm::trainMulticlass(data.x, data.y, *options, progress, trainer);
    if (!model) return tl::unexpected(model.error());
    SvmReport report;
    std::set<std::int32_t> vectors;
    for (const PairModel& pair : model->pairs) {
        report.objective += pair.objective;
        report.iterations += pair.iterations;
        report.bounded += pair.bounded;
        report.converged = report.converged && pair.converged;
        vectors.insert(pair.model.rows.begin(), pair.model.rows.end());
    }
    report.supportVectors = vectors.size();
    if (arguments.probability)
        if (auto added = addProbabilities(*model, data, arguments, *options); !added)
            return tl::unexpected(added.error());
    report.model = *std::move(model);
    return report;
}

Expected<SvmReport> trainSingle(const SvmData& data, const SvmArguments& arguments,
                                const svm::Kernel& kernel) {
    svm::ProblemOptions options;
    options.kind = arguments.kind;
    options.kernel = kernel;
    options.c = arguments.c;
    options.epsilon = arguments.epsilon;
    options.nu = arguments.nu;
    const VectorXd y = Eigen::Map<const VectorXd>(data.y.data(), static_cast<Index>(data.y.size()));
    const auto problem =
        data.isSparse() ? svm::makeProblem(data.sparse, y, options) : svm::makeProblem(data.x, y, options);
    if (!problem) return tl::unexpected(problem.error());
    const auto trained = trainerFor(data, arguments)(*problem);
    if (!trained) return tl::unexpected(trained.error());
    SvmReport report;
    SvmModel model = svm::modelWithBias(**problem, trained->alpha, trained->bias);
    report.objective = trained->objective;
    report.iterations = trained->iterations;
    report.converged = trained->converged;
    for (std::size_t t = 0; t < trained->alpha.size(); ++t)
        report.bounded += trained->alpha[t] >= (*problem)->upperOf(static_cast<Index>(t)) ? 1 : 0;
    report.supportVectors = static_cast<std::size_t>(model.size());
    report.model = std::move(model);
    return report;
}

Expected<SvmReport> train(const SvmData& data, const SvmArguments& arguments) {
    svm::Kernel kernel = arguments.kernel;
    kernel.gamma = arguments.gamma.value_or(svm::defaultGamma(data.features()));
    if (arguments.kind == ProblemKind::Regression && !data.levels.empty())
        return fail(fmt::format("--target: “{}” has {} levels; a regression needs numbers", data.targetName,
                                data.levels.size()));
    auto report = arguments.kind == ProblemKind::Classification ? trainClasses(data, arguments, kernel)
                                                                : trainSingle(data, arguments, kernel);
    if (report) report->solver = trainsFast(data, arguments) ? "fast" : "smo";
    if (report || report.error().message.starts_with("--")) return report;
    return fail(fmt::format("{}: {}", arguments.data, report.error().message));
}

/// A model that has seen fewer features than the points have, or more: what is missing is 0, as in a file.
void widen(svm::PointMatrix& x, Index columns) {
    const Index before = x.cols();
    if (columns <= before) return;
    x.conservativeResize(Eigen::NoChange, columns);
    x.rightCols(columns - before).setZero();
}

/// Both sparse, whatever the numbers of features, or both dense and as wide.
void match(SvmModel& model, SvmData& data) {
    if (model.size() == 0) return model.vectors.resize(0, data.features());
    if (data.isSparse() && !model.isSparse()) {
        model.sparseVectors = model.vectors.sparseView();
        model.vectors.resize(0, 0);
    } else if (model.isSparse() && !data.isSparse()) {
        data.sparse = data.x.sparseView();
        data.x.resize(0, 0);
    }
    if (data.isSparse()) return;
    widen(data.x, model.vectors.cols());
    widen(model.vectors, data.x.cols());
}

Expected<SvmReport> readModel(SvmData& data, const SvmArguments& arguments) {
    std::ifstream file(arguments.modelIn, std::ios::binary);
    std::ostringstream text;
    if (!file || !(text << file.rdbuf()))
        return fail(fmt::format("--model-in: {} cannot be read", arguments.modelIn));
    auto model = svm::readLibsvmModel(text.str(), arguments.modelIn);
    if (!model) return tl::unexpected(model.error());
    SvmReport report;
    report.trained = false;
    if (auto* classes = std::get_if<MulticlassModel>(&*model)) {
        std::set<std::int32_t> vectors;
        if (!data.isSparse()) widen(data.x, classes->dimensions);
        for (PairModel& pair : classes->pairs) {
            vectors.insert(pair.model.rows.begin(), pair.model.rows.end());
            match(pair.model, data);
        }
        report.supportVectors = vectors.size();
    } else {
        auto& single = std::get<SvmModel>(*model);
        match(single, data);
        report.supportVectors = static_cast<std::size_t>(single.size());
    }
    report.model = *std::move(model);
    return report;
}

Eigen::MatrixXd decisionsOf(const svm::AnyModel& model, const SvmData& data, const SvmArguments& arguments,
                            bool fast) {
    const auto one = [&](const SvmModel& machine) {
        if (data.isSparse()) return machine.decisions(data.sparse, arguments.threads);
        return fast ? svm::decisionValues(machine, data.x, arguments.threads)
                    : machine.decisions(data.x, arguments.threads);
    };
    if (const auto* single = std::get_if<SvmModel>(&model)) return one(*single);
    const auto& pairs = std::get<MulticlassModel>(model).pairs;
    Eigen::MatrixXd out(data.points(), static_cast<Index>(pairs.size()));
    for (std::size_t k = 0; k < pairs.size(); ++k)
        out.col(static_cast<Index>(k)) = one(pairs[k].model);
    return out;
}

void predict(SvmReport& report, const SvmData& data, const SvmArguments& arguments) {
    const auto start = Clock::now();
    const bool fast = predictsFast(data, report.supportVectors, arguments);
    report.decisions = decisionsOf(report.model, data, arguments, fast);
    const Index n = data.points();
    if (const auto* classes = std::get_if<MulticlassModel>(&report.model)) {
        report.predicted.resize(n);
        const Eigen::MatrixXd byPoint = report.decisions.transpose();
        for (Index i = 0; i < n; ++i)
            report.predicted[i] = classes->labels[static_cast<std::size_t>(
                classes->vote({byPoint.col(i).data(), classes->pairs.size()}))];
        if (classes->hasProbabilities()) report.probabilities = classes->probabilitiesOf(report.decisions);
    } else {
        const auto& single = std::get<SvmModel>(report.model);
        report.predicted = report.decisions.col(0);
        if (single.kind == ProblemKind::OneClass)
            report.predicted =
                report.predicted.unaryExpr([](double f) { return f > 0.0 ? 1.0 : -1.0; }).eval();
    }
    report.predictSeconds = secondsSince(start);
}

double qualityOf(const SvmReport& report, const SvmData& data) {
    const auto n = static_cast<double>(data.points());
    const ProblemKind kind = kindOf(report.model);
    if (kind == ProblemKind::OneClass) return (report.predicted.array() > 0.0).cast<double>().sum() / n;
    if (data.y.empty()) return std::nan("");
    const auto y = Eigen::Map<const Eigen::ArrayXd>(data.y.data(), static_cast<Index>(data.y.size()));
    if (kind == ProblemKind::Regression) return (report.predicted.array() - y).square().mean();
    return (report.predicted.array() == y).cast<double>().sum() / n;
}

Expected<void> writeModel(const SvmReport& report, const std::string& path) {
    const std::string text = svm::writeLibsvmModel(report.model);
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    file.close();
    if (!file) return fail(fmt::format("--model-out: {} cannot be written", path));
    return {};
}

void tellAside(std::ostream& err, const SvmReport& report, const SvmData& data,
               const SvmArguments& arguments) {
    if (data.droppedRows() > 0)
        err << fmt::format("orrery: {} row{} with a missing value left out\n", data.droppedRows(),
                           data.droppedRows() == 1 ? "" : "s");
    if (!arguments.modelOut.empty() && kernelOf(report.model).kind == svm::KernelKind::Laplacian)
        err << "orrery: LIBSVM has no Laplacian kernel; Orrery alone reads this model\n";
    if (!report.converged)
        err << fmt::format("orrery: stopped after {} iterations, before the tolerance was reached\n",
                           report.iterations);
}

} // namespace

int solveSvm(std::span<const std::string> arguments, std::ostream& out, std::ostream& err) {
    const auto parsed = parseSvmArguments(arguments);
    if (!parsed) return refuse(err, parsed.error());
    if (!parsed->help.empty()) {
        out << parsed->help;
        return 0;
    }
    auto start = Clock::now();
    auto data = loadSvmData(*parsed);
    if (!data) return refuse(err, data.error());
    const double loadSeconds = secondsSince(start);

    start = Clock::now();
    auto report = parsed->modelIn.empty() ? train(*data, *parsed) : readModel(*data, *parsed);
    if (!report) return refuse(err, report.error());
    report->seconds = secondsSince(start);
    report->loadSeconds = loadSeconds;
    predict(*report, *data, *parsed);
    report->quality = qualityOf(*report, *data);

    if (!parsed->modelOut.empty())
        if (const auto written = writeModel(*report, parsed->modelOut); !written)
            return refuse(err, written.error());
    if (!parsed->out.empty())
        if (const auto written = writePredictions(*report, *data, parsed->out); !written)
            return refuse(err, written.error());
    tellAside(err, *report, *data, *parsed);
    parsed->json ? writeJson(out, *report, *data) : writeTable(out, *report, *data);
    return report->converged ? 0 : kStoppedEarly;
}

} // namespace orrery::cli
