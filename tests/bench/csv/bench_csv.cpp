// bench_csv FILE [REPEATS] [THREADS]: seconds to read FILE into a table, least over the repeats, as one JSON
// object with the column sums so that other programs' answers can be compared.
#include "core/data/readers.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fmt/format.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>

using namespace orrery;
using namespace orrery::data;

namespace {

double sumOf(const Column& column) {
    double sum = 0.0;
    if (column.isNumeric())
        for (const double x : column.numeric().values)
            sum += std::isnan(x) ? 0.0 : x;
    return sum;
}

void report(const Table& table, double seconds, int repeats, int threads) {
    fmt::print(
        "{{\"seconds\": {:.6f}, \"rows\": {}, \"columns\": {}, \"rows_per_second\": {:.0f}, \"repeats\": {}, "
        "\"threads\": {}, \"sums\": [",
        seconds, table.rows(), table.columnCount(), static_cast<double>(table.rows()) / seconds, repeats,
        threads);
    for (std::size_t c = 0; c < table.columns.size(); ++c)
        fmt::print("{}{}", c ? ", " : "", sumOf(table.columns[c]));
    fmt::print("]}}\n");
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        fmt::print(stderr, "bench_csv FILE [REPEATS] [THREADS]\n");
        return 2;
    }
    const int repeats = argc > 2 ? std::max(1, std::atoi(argv[2])) : 5;
    const int threads = argc > 3 ? std::max(1, std::atoi(argv[3])) : tbb::info::default_concurrency();
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(threads));
    double best = 1e300;
    TableResult table = fail("not read");
    for (int i = 0; i < repeats; ++i) {
        table = fail("not read");
        Progress progress;
        const auto start = std::chrono::steady_clock::now();
        table = readFile(argv[1], {}, progress);
        best =
            std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        if (!table) {
            fmt::print(stderr, "{}\n", table.error().message);
            return 2;
        }
    }
    report(**table, best, repeats, threads);
    return 0;
}
