#include "app/cli/svm_arguments.h"

#include "app/cli/parse_command.h"

#include <charconv>
#include <fmt/format.h>
#include <limits>

namespace orrery::cli {

namespace {

constexpr double kHuge = std::numeric_limits<double>::max();
constexpr double kTiny = std::numeric_limits<double>::min();

/// What CLI11 fills in that needs a second look.
struct RawArguments {
    std::string kind = "c-svc";
    std::string kernel = "rbf";
    std::string standardize = "false";
    std::string solver = "auto";
    double gamma = 0.0;
    double cacheMegabytes = 0.0;
    std::vector<std::string> classWeights;
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

const CLI::Validator& positive() {
    static const CLI::Validator check = number(kTiny, kHuge, "a number above 0");
    return check;
}

void addData(CLI::App& app, SvmArguments& into, RawArguments& raw) {
    app.add_option("--data", into.data, "File to read, or builtin:<name>")->required();
    app.add_option("--target", into.target, "Column of classes, or of numbers for eps-svr");
    app.add_option("--features", into.features, "Columns to learn from; all others when absent")
        ->delimiter(',');
    app.add_option("--standardize", raw.standardize, "Scale columns to mean 0 and unit variance")
        ->check(CLI::IsMember({"true", "false"}));
    app.add_option("--model-out", into.modelOut,
                   "LIBSVM model file to write; named classes are numbered from 0 by the alphabet");
    app.add_option("--model-in", into.modelIn, "LIBSVM model file to predict with; nothing is trained");
    app.add_option("--out", into.out, "CSV file to write: prediction and decision values of every row");
    app.add_flag("--json", into.json, "Print JSON");
}

void addMachine(CLI::App& app, SvmArguments& into, RawArguments& raw) {
    std::vector<std::string> kinds, kernels;
    for (const svm::ProblemKind kind : svm::kProblemKinds)
        kinds.emplace_back(idOf(kind));
    for (const svm::KernelKind kernel : svm::kKernelKinds)
        kernels.emplace_back(idOf(kernel));
    app.add_option("--kind", raw.kind, "What is learnt")->check(CLI::IsMember(kinds));
    app.add_option("--kernel", raw.kernel, "Kernel")->check(CLI::IsMember(kernels));
    app.add_option("--gamma", raw.gamma, "γ; 1 / number of features when absent");
    app.add_option("--coef0", into.kernel.coef0, "c₀ of the polynomial and the sigmoid");
    app.add_option("--degree", into.kernel.degree, "Degree of the polynomial");
    app.add_option("--c", into.c, "C, the price of a violated margin")->check(positive());
    app.add_option("--epsilon", into.epsilon, "Half the width of the tube of eps-svr")
        ->check(number(0.0, kHuge, "a number from 0 on"));
    app.add_option("--nu", into.nu, "Part of points outside at most, one-class")
        ->check(number(kTiny, 1.0, "a number above 0 and up to 1"));
    app.add_option("--class-weight", raw.classWeights, "CLASS=WEIGHT of C, several by commas")
        ->delimiter(',');
    app.add_flag("--probability", into.probability,
                 "Fit probabilities of classes (5-fold), for the model file");
    app.add_option("--tolerance", into.tolerance, "KKT gap m − M to stop at")
        ->check(number(kTiny, 1.0, "a number above 0 and up to 1"));
    app.add_option("--cache-mb", raw.cacheMegabytes, "Megabytes of kernel rows to keep")
        ->check(number(0.0, 1e7, "a number from 0 to 10000000"));
    app.add_option("--solver", raw.solver,
                   "smo takes the steps that can be watched; auto is fast from 2000 points on")
        ->check(CLI::IsMember({"auto", "smo", "fast"}));
    app.add_option("--threads", into.threads, "Threads; they change no answer")
        ->check(number(1, 1024, "a whole number from 1 to 1024"));
}

Expected<std::pair<std::string, double>> classWeight(const std::string& text) {
    const std::size_t equals = text.rfind('=');
    double weight = 0.0;
    if (equals != std::string::npos) {
        const char* end = text.data() + text.size();
        const auto read = std::from_chars(text.data() + equals + 1, end, weight);
        if (read.ec == std::errc() && read.ptr == end && weight > 0.0 && weight <= kHuge)
            return std::pair(text.substr(0, equals), weight);
    }
    return fail(fmt::format("--class-weight: “{}” is not CLASS=WEIGHT with a weight above 0", text));
}

Expected<void> checkTogether(const SvmArguments& parsed) {
    if (!parsed.modelIn.empty() && !parsed.modelOut.empty())
        return fail("--model-in reads a model and --model-out writes one; take one of them");
    if (!parsed.modelOut.empty() && parsed.standardize)
        return fail(
            "--model-out: a LIBSVM model has no place for the scale of the columns; leave --standardize out");
    if (!parsed.modelIn.empty() && parsed.standardize)
        return fail("--model-in: the model holds no scale of the columns; leave --standardize out");
    if (!parsed.classWeights.empty() && parsed.kind != svm::ProblemKind::Classification)
        return fail("--class-weight: there are classes in c-svc alone");
    if (parsed.probability && parsed.kind != svm::ProblemKind::Classification)
        return fail("--probability: there are classes in c-svc alone");
    if (const auto sound = checkKernel(parsed.kernel); !sound && parsed.gamma)
        return fail("--kernel: " + sound.error().message);
    return {};
}

} // namespace

Expected<SvmArguments> parseSvmArguments(std::span<const std::string> arguments) {
    SvmArguments parsed;
    RawArguments raw;
    CLI::App app("A support vector machine of a data set", "orrery solve svm");
    addData(app, parsed, raw);
    addMachine(app, parsed, raw);
    const auto help = parseCommand(app, arguments);
    if (!help) return tl::unexpected(help.error());
    if (*help) {
        SvmArguments page;
        page.help = **help;
        return page;
    }
    parsed.kind = *svm::problemKindFromId(raw.kind);
    parsed.kernel.kind = *svm::kernelKindFromId(raw.kernel);
    parsed.standardize = raw.standardize == "true";
    parsed.engine = raw.solver == "smo"    ? SvmEngine::Smo
                    : raw.solver == "fast" ? SvmEngine::Fast
                                           : SvmEngine::Automatic;
    if (app.count("--gamma") > 0) parsed.gamma = parsed.kernel.gamma = raw.gamma;
    if (app.count("--cache-mb") > 0) parsed.cacheMegabytes = raw.cacheMegabytes;
    for (const std::string& text : raw.classWeights) {
        auto weight = classWeight(text);
        if (!weight) return tl::unexpected(weight.error());
        parsed.classWeights.push_back(*std::move(weight));
    }
    if (auto sound = checkTogether(parsed); !sound) return tl::unexpected(sound.error());
    return parsed;
}

} // namespace orrery::cli
