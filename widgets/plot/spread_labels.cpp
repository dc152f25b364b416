#include "widgets/plot/spread_labels.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace orrery {

namespace {

struct Block {
    double sum = 0.0;
    int count = 0;
    [[nodiscard]] double mean() const { return sum / count; }
};

/// Isotonic fit with equal weights, one value an element.
std::vector<double> isotonic(const std::vector<double>& targets) {
    std::vector<Block> blocks;
    for (const double target : targets) {
        blocks.push_back({target, 1});
        while (blocks.size() > 1 && blocks[blocks.size() - 2].mean() >= blocks.back().mean()) {
            const Block last = blocks.back();
            blocks.pop_back();
            blocks.back().sum += last.sum;
            blocks.back().count += last.count;
        }
    }
    std::vector<double> fitted;
    fitted.reserve(targets.size());
    for (const Block& block : blocks)
        fitted.insert(fitted.end(), static_cast<std::size_t>(block.count), block.mean());
    return fitted;
}

} // namespace

std::vector<double> spreadLabels(std::span<const double> positions, std::span<const double> heights,
                                 double lower, double upper) {
    assert(positions.size() == heights.size());
    const std::size_t n = positions.size();
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return positions[a] < positions[b]; });

    // offset[i]: distance of the i-th centre from the top of a tight stack.
    std::vector<double> offset(n), targets(n);
    double top = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        offset[i] = top + heights[order[i]] / 2;
        top += heights[order[i]];
        targets[i] = positions[order[i]] - offset[i];
    }
    const std::vector<double> fitted = isotonic(targets);
    std::vector<double> centres(n);
    for (std::size_t i = 0; i < n; ++i)
        centres[order[i]] = std::max(lower, std::min(fitted[i], upper - top)) + offset[i];
    return centres;
}

int labelsThatFit(double height, double lower, double upper) {
    return height > 0.0 ? std::max(0, static_cast<int>(std::floor((upper - lower) / height))) : 0;
}

} // namespace orrery
