#include "core/calibration/calibrators.h"
#include "core/calibration/isotonic_blocks.h"
#include "core/isotonic/pool_blocks.h"

#include <algorithm>

namespace orrery::calibration {

void poolBlocks(std::span<const double> events, std::span<const double> weights, std::vector<Block>& blocks) {
    blocks.clear();
    for (std::size_t i = 0; i < events.size(); ++i) {
        Block block{i, i + 1, weights[i], events[i]};
        // Equal means merge too, so that values rise strictly from block to block. Products compare means
        // without a division; a block without weight is pooled whatever the side it stands on.
        while (!blocks.empty() &&
               blocks.back().events * block.weight >= block.events * blocks.back().weight) {
            const Block& left = blocks.back();
            block = {left.begin, block.end, left.weight + block.weight, left.events + block.events};
            blocks.pop_back();
        }
        blocks.push_back(block);
    }
}

IsotonicMap fitIsotonic(const RankedSample& sample, int threads) {
    const bool countOne =
        std::all_of(sample.weight.begin(), sample.weight.end(), [](double w) { return w == 1.0; });
    std::vector<double> frequencies;
    for (std::size_t i = 0; !countOne && i < sample.distinct(); ++i)
        frequencies.push_back(sample.events[i] / sample.weight[i]);
    const std::span<const double> none, y = countOne ? std::span<const double>(sample.events) : frequencies;
    const isotonic::PooledBlocks pooled(y, countOne ? none : sample.weight, {.threads = threads});
    IsotonicMap map;
    for (const isotonic::Block& block : pooled.blocks()) {
        map.score.push_back(sample.score[block.first]);
        map.probability.push_back(block.value);
        if (block.first == block.last) continue;
        map.score.push_back(sample.score[block.last]);
        map.probability.push_back(block.value);
    }
    return map;
}

} // namespace orrery::calibration
