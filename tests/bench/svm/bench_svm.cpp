// Times the fast support vector machine on data of svm_peers.py; prints one JSON object.
//
//   bench_svm FOLDER --gamma G --c C [--tolerance E] [--threads N] [--repeats N] [--predict N] [--out FILE]
//
// FOLDER holds shape.i64 (n, d), X.f64 (row by row) and y.f64 (±1). RBF kernel. Times are of training alone,
// from the points in memory to α, bias and objective, and of the decision values of the first N points.
// FILE gets α, n numbers.
#include "core/svm/fast/fast_svm.h"
#include "tests/bench/read_numbers.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <fstream>
#include <map>

using namespace orrery::svm;
using orrery::bench::readNumbers;

namespace {

using Arguments = std::map<std::string, std::string>;

Arguments parse(int argc, char** argv) {
    Arguments arguments = {{"--gamma", "1"}, {"--c", "1"},       {"--tolerance", "1e-3"}, {"--threads", "1"},
                           {"--out", ""},    {"--repeats", "3"}, {"--predict", "0"}};
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (arguments.contains(word) && i + 1 < argc)
            arguments[word] = argv[++i];
        else
            arguments["folder"] = word;
    }
    return arguments;
}

double number(const Arguments& arguments, const std::string& name) {
    return std::stod(arguments.at(name));
}

ProblemPtr readProblem(const Arguments& arguments) {
    const std::string folder = arguments.contains("folder") ? arguments.at("folder") : std::string();
    const auto shape = readNumbers<std::int64_t>(folder + "/shape.i64");
    const auto x = readNumbers<double>(folder + "/X.f64");
    const auto y = readNumbers<double>(folder + "/y.f64");
    if (shape.size() != 2 || x.size() != static_cast<std::size_t>(shape[0] * shape[1])) return nullptr;
    ProblemOptions options;
    options.kernel = {KernelKind::Rbf, number(arguments, "--gamma"), 0.0, 1};
    options.c = number(arguments, "--c");
    const auto problem = makeProblem(
        Eigen::Map<const PointMatrix>(x.data(), shape[0], shape[1]),
        Eigen::Map<const Eigen::VectorXd>(y.data(), static_cast<Eigen::Index>(y.size())), options);
    return problem ? *problem : nullptr;
}

double leastPrediction(const SvmProblem& problem, const FastFit& fit, Eigen::Index points, int threads,
                       int repeats) {
    const SvmModel model = modelWithBias(problem, fit.alpha, fit.bias);
    double least = 1e300;
    for (int i = 0; i < repeats; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const Eigen::VectorXd values = decisionValues(model, problem.x.topRows(points), threads);
        least =
            std::min(least, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return least;
}

} // namespace

int main(int argc, char** argv) {
    const Arguments arguments = parse(argc, argv);
    const ProblemPtr problem = readProblem(arguments);
    if (!problem) {
        fmt::print(stderr, "bench_svm: no data\n");
        return 2;
    }
    FastOptions options;
    options.tolerance = number(arguments, "--tolerance");
    options.threads = static_cast<int>(number(arguments, "--threads"));
    const int repeats = static_cast<int>(number(arguments, "--repeats"));
    FastFit best;
    for (int i = 0; i < repeats; ++i) {
        const auto fit = solveFast(*problem, options);
        if (!fit) {
            fmt::print(stderr, "bench_svm: {}\n", fit.error().message);
            return 1;
        }
        if (i == 0 || fit->seconds < best.seconds) best = *fit;
    }
    const auto points =
        std::min<Eigen::Index>(static_cast<Eigen::Index>(number(arguments, "--predict")), problem->points());
    const double predict =
        points > 0 ? leastPrediction(*problem, best, points, options.threads, repeats) : 0.0;
    if (!arguments.at("--out").empty())
        std::ofstream(arguments.at("--out"), std::ios::binary)
            .write(reinterpret_cast<const char*>(best.alpha.data()),
                   static_cast<std::streamsize>(best.alpha.size() * sizeof(double)));
    fmt::print(
        "{{\"seconds\": {}, \"predict_seconds\": {}, \"objective\": {:.17g}, \"bias\": {:.17g}, \"gap\": {}, "
        "\"iterations\": {}, \"rounds\": {}, \"converged\": {}}}\n",
        best.seconds, predict, best.objective, best.bias, best.gap, best.iterations, best.rounds,
        best.converged);
    return 0;
}
