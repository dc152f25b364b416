#include "core/isotonic/spearman.h"

#include "core/isotonic/radix_sort.h"

#include <cassert>
#include <cmath>

namespace orrery::isotonic {

namespace {

/// Ranks 0 … n−1, less their mean.
std::vector<double> centredRanks(std::span<const double> values) {
    const SortedRows sorted = sortedKeys(values);
    std::vector<double> ranks(values.size());
    const double middle = (static_cast<double>(values.size()) - 1.0) / 2.0;
    for (std::size_t first = 0; first < values.size();) {
        std::size_t end = first + 1;
        while (end < values.size() && sorted.keys[end] == sorted.keys[first])
            ++end;
        const double rank = static_cast<double>(first + end - 1) / 2.0 - middle;
        for (; first < end; ++first)
            ranks[sorted.order[first]] = rank;
    }
    return ranks;
}

} // namespace

double spearman(std::span<const double> x, std::span<const double> y) {
    assert(x.size() == y.size());
    const std::vector<double> a = centredRanks(x);
    const std::vector<double> b = centredRanks(y);
    double ab = 0.0;
    double aa = 0.0;
    double bb = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += a[i] * b[i];
        aa += a[i] * a[i];
        bb += b[i] * b[i];
    }
    return ab / std::sqrt(aa * bb);
}

} // namespace orrery::isotonic
