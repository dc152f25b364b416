// Times the path solver on a case that lasso_peers.py wrote, and prints one JSON object.
//
//   bench_lasso FOLDER [--threads N] [--repeats N] [--gap G] [--alpha A] [--coefficients FILE]
//
// FOLDER holds raw little-endian arrays: shape.i64 (n, p, stored entries or −1), y.f64, lambdas.f64, and
// X.f64 (column-major) or X.indptr.i32, X.indices.i32, X.data.f64. `seconds` is the solver alone, from its
// constructor to the last λ; `prepare_seconds` is centring. FILE receives (λ index, column, β) as f64
// triples.
#include "core/linear/coordinate_descent_path.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <string>

using namespace orrery;
using namespace orrery::linear;

namespace {

struct Arguments {
    std::string folder, coefficients;
    int threads = 1, repeats = 3;
    double gap = 1e-6, alpha = 1.0;
};

template <class T>
std::vector<T> readArray(const std::string& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) {
        fmt::print(stderr, "cannot read {}\n", path);
        std::exit(2);
    }
    std::vector<T> values(static_cast<std::size_t>(file.tellg()) / sizeof(T));
    file.seekg(0);
    file.read(reinterpret_cast<char*>(values.data()),
              static_cast<std::streamsize>(values.size() * sizeof(T)));
    return values;
}

Arguments parse(int count, char** text) {
    Arguments arguments;
    for (int i = 1; i < count; ++i) {
        const std::string name = text[i];
        const auto value = [&] { return std::string(i + 1 < count ? text[++i] : ""); };
        if (name == "--threads")
            arguments.threads = std::atoi(value().c_str());
        else if (name == "--repeats")
            arguments.repeats = std::atoi(value().c_str());
        else if (name == "--gap")
            arguments.gap = std::atof(value().c_str());
        else if (name == "--alpha")
            arguments.alpha = std::atof(value().c_str());
        else if (name == "--coefficients")
            arguments.coefficients = value();
        else
            arguments.folder = name;
    }
    return arguments;
}

Expected<std::shared_ptr<const RegressionProblem>> readProblem(const std::string& folder) {
    const auto shape = readArray<std::int64_t>(folder + "/shape.i64");
    const auto response = readArray<double>(folder + "/y.f64");
    const Eigen::VectorXd y = Eigen::Map<const Eigen::VectorXd>(response.data(), shape[0]);
    if (shape[2] < 0) {
        const auto values = readArray<double>(folder + "/X.f64");
        return makeProblem(
            Eigen::MatrixXd(Eigen::Map<const Eigen::MatrixXd>(values.data(), shape[0], shape[1])), y, false);
    }
    const auto outer = readArray<int>(folder + "/X.indptr.i32");
    const auto inner = readArray<int>(folder + "/X.indices.i32");
    const auto values = readArray<double>(folder + "/X.data.f64");
    return makeProblem(SparseDesign(Eigen::Map<const SparseDesign>(shape[0], shape[1], shape[2], outer.data(),
                                                                   inner.data(), values.data())),
                       y, false);
}

double seconds(std::chrono::steady_clock::time_point since) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
}

void writeCoefficients(const std::string& file, const Path& path) {
    std::ofstream out(file, std::ios::binary);
    for (std::size_t k = 0; k < path.size(); ++k)
        for (std::size_t i = 0; i < path[k]->support.size(); ++i) {
            const double row[3] = {static_cast<double>(k), static_cast<double>(path[k]->support[i]),
                                   path[k]->values[i]};
            out.write(reinterpret_cast<const char*>(row), sizeof row);
        }
}

} // namespace

int main(int argc, char** argv) {
    const Arguments arguments = parse(argc, argv);
    const auto begin = std::chrono::steady_clock::now();
    const auto problem = readProblem(arguments.folder);
    if (!problem) {
        fmt::print(stderr, "{}\n", problem.error().message);
        return 2;
    }
    const double prepared = seconds(begin);
    const LassoOptions options{.alpha = arguments.alpha,
                               .lambdas = readArray<double>(arguments.folder + "/lambdas.f64"),
                               .relativeGap = arguments.gap,
                               .threads = arguments.threads};
    std::vector<double> times;
    CoordinateDescentState last;
    for (int repeat = 0; repeat < arguments.repeats; ++repeat) {
        const auto start = std::chrono::steady_clock::now();
        CoordinateDescentPath solver(*problem, options);
        (void)solve(solver);
        times.push_back(seconds(start));
        last = solver.state();
    }
    double worst = 0.0;
    std::vector<double> objectives;
    for (const auto& point : last.path) {
        worst = std::max(worst, point->gap / (*problem)->nullDeviance);
        objectives.push_back(point->objective);
    }
    if (!arguments.coefficients.empty()) writeCoefficients(arguments.coefficients, last.path);
    fmt::print("{{\"converged\": {}, \"prepare_seconds\": {}, \"seconds\": [{}], \"relative_gap\": {}, "
               "\"sweeps\": {}, \"working\": {}, \"active\": {}, \"flops\": {}, \"objective\": [{}]}}\n",
               last.status == StepStatus::Converged, prepared, fmt::join(times, ", "), worst,
               last.totalSweeps, last.working.size(), last.active, last.flops, fmt::join(objectives, ", "));
}
