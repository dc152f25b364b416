#include "core/calibration/calibrators.h"
#include "core/calibration/isotonic_blocks.h"

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

IsotonicMap fitIsotonic(const RankedSample& sample) {
    std::vector<Block> blocks;
    poolBlocks(sample.events, sample.weight, blocks);
    IsotonicMap map;
    for (const Block& block : blocks) {
        map.score.push_back(sample.score[block.begin]);
        map.probability.push_back(block.value());
        if (block.end - block.begin == 1) continue;
        map.score.push_back(sample.score[block.end - 1]);
        map.probability.push_back(block.value());
    }
    return map;
}

} // namespace orrery::calibration
