// Times the isotonic fit on data of isotonic_peers.py; prints one JSON object.
//
//   bench_isotonic FOLDER [--unsorted] [--threads N] [--repeats N] [--sets N] [--out FILE]
//
// FOLDER holds y.f64, x.f64 and perhaps w.f64, of N sets of data of one size, one after the other; the
// seconds are those of a set. Sorted: from y (and w) to a new array of fitted values, and into one that is
// there already. Unsorted: from x and y to fitted values in the order of the rows.
#include "core/isotonic/huge_array.h"
#include "core/isotonic/isotonic_fit.h"
#include "core/isotonic/pool_blocks.h"
#include "tests/bench/read_numbers.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <fmt/format.h>
#include <fstream>

using namespace orrery::isotonic;
using orrery::bench::readNumbers;

namespace {

struct Arguments {
    std::string folder, out;
    bool unsorted = false;
    int threads = 1;
    int repeats = 3;
    std::size_t sets = 1;
};

template <class Run>
double leastSeconds(int repeats, const Run& run) {
    double least = 1e300;
    for (int i = 0; i < repeats; ++i) {
        const auto start = std::chrono::steady_clock::now();
        run();
        least =
            std::min(least, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return least;
}

Arguments parse(int argc, char** argv) {
    Arguments arguments;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--unsorted")
            arguments.unsorted = true;
        else if (word == "--threads" && i + 1 < argc)
            arguments.threads = std::stoi(argv[++i]);
        else if (word == "--repeats" && i + 1 < argc)
            arguments.repeats = std::stoi(argv[++i]);
        else if (word == "--sets" && i + 1 < argc)
            arguments.sets = std::stoul(argv[++i]);
        else if (word == "--out" && i + 1 < argc)
            arguments.out = argv[++i];
        else
            arguments.folder = word;
    }
    return arguments;
}

} // namespace

int main(int argc, char** argv) {
    const Arguments arguments = parse(argc, argv);
    const std::vector<double> y = readNumbers<double>(arguments.folder + "/y.f64");
    const std::vector<double> x =
        arguments.unsorted ? readNumbers<double>(arguments.folder + "/x.f64") : std::vector<double>();
    const std::vector<double> weights = readNumbers<double>(arguments.folder + "/w.f64");
    if (y.empty() || (arguments.unsorted && x.size() != y.size())) {
        fmt::print(stderr, "bench_isotonic: no data in {}\n", arguments.folder);
        return 2;
    }
    std::vector<double> fitted(y.size());
    const std::size_t size = y.size() / arguments.sets;
    const auto part = [size](const std::vector<double>& all, std::size_t set) {
        return all.empty() ? std::span<const double>() : std::span(all).subspan(set * size, size);
    };
    const auto seconds = [&](const auto& fitSet) {
        return leastSeconds(arguments.repeats,
                            [&] {
                                for (std::size_t set = 0; set < arguments.sets; ++set)
                                    fitSet(part(x, set), part(y, set), part(weights, set),
                                           std::span(fitted).subspan(set * size, size));
                            }) /
               static_cast<double>(arguments.sets);
    };
    using In = std::span<const double>;
    using Out = std::span<double>;
    ProblemOptions problem;
    problem.threads = arguments.threads;
    const FitOptions options{.threads = arguments.threads};
    double fresh = 0.0, reused = 0.0;
    if (arguments.unsorted) {
        fresh = seconds([&](In a, In b, In w, Out) {
            const HugeArray<double> out(b.size());
            fitIsotonic(a, b, w, problem)->writeRows({out.data(), b.size()});
        });
        reused = seconds([&](In a, In b, In w, Out out) { fitIsotonic(a, b, w, problem)->writeRows(out); });
    } else {
        fresh = seconds([&](In, In b, In w, Out) {
            const HugeArray<double> out(b.size());
            fitInOrder(b, w, options, {out.data(), b.size()});
        });
        reused = seconds([&](In, In b, In w, Out out) { fitInOrder(b, w, options, out); });
    }
    if (!arguments.out.empty())
        std::ofstream(arguments.out, std::ios::binary)
            .write(reinterpret_cast<const char*>(fitted.data()),
                   static_cast<std::streamsize>(fitted.size() * sizeof(double)));
    fmt::print("{{\"seconds\": {}, \"seconds_in_place\": {}}}\n", fresh, reused);
    return 0;
}
