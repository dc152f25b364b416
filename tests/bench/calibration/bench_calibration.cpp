// Times the three calibrators on data of calibration_peers.py; prints one JSON object.
//
//   bench_calibration FOLDER [--threads N] [--repeats N]
//
// FOLDER holds score.f64 and label.f64, in no order. A fit goes from these arrays to the map; for isotonic
// that includes the sort. Writes METHOD.out beside them: the probability of every row.
#include "core/calibration/calibrators.h"
#include "tests/bench/read_numbers.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <fstream>

using namespace orrery::calibration;
using orrery::bench::readNumbers;

namespace {

orrery::Expected<SamplePtr> sampleIn(const std::string& folder) {
    ScoredSample sample;
    sample.scores = readNumbers<double>(folder + "/score.f64");
    for (const double label : readNumbers<double>(folder + "/label.f64"))
        sample.labels.push_back(label == 1.0);
    return makeScoredSample(std::move(sample));
}

double leastSeconds(int repeats, CalibrationMethod method, const ScoredSample& sample, int threads) {
    double least = 1e300;
    for (int i = 0; i < repeats; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const auto map = fitCalibrator(method, sample, {.threads = threads});
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
        least = map ? std::min(least, seconds.count()) : 1e300;
    }
    return least;
}

} // namespace

int main(int argc, char** argv) {
    std::string folder;
    int threads = 1, repeats = 5;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--threads" && i + 1 < argc)
            threads = std::stoi(argv[++i]);
        else if (word == "--repeats" && i + 1 < argc)
            repeats = std::stoi(argv[++i]);
        else
            folder = word;
    }
    const auto sample = sampleIn(folder);
    if (!sample) {
        fmt::print(stderr, "bench_calibration: {}\n", sample.error().message);
        return 2;
    }
    std::string json;
    for (const CalibrationMethod method : kCalibrationMethods) {
        const double seconds = leastSeconds(repeats, method, **sample, threads);
        json += fmt::format("{}\"{}\": {}", json.empty() ? "{" : ", ", idOf(method), seconds);
        const std::vector<double> out =
            probabilities(*fitCalibrator(method, **sample, {.threads = threads}), (*sample)->scores);
        std::ofstream(fmt::format("{}/{}.out", folder, idOf(method)), std::ios::binary)
            .write(reinterpret_cast<const char*>(out.data()),
                   static_cast<std::streamsize>(out.size() * sizeof(double)));
    }
    fmt::print("{}}}\n", json);
    return 0;
}
