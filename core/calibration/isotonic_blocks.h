// The blocks of an isotonic fit of event frequencies, given as sums so that none is divided before the end.
//
// For diagrams and the bootstrap, which draws thousands of such samples and keeps the memory. Twin of
// core/isotonic's fast fit, which takes no entry without weight and which the calibrator uses.
// tst_calibrators holds the two together.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace orrery::calibration {

/// A half-open range of entries that share one fitted value.
struct Block {
    std::size_t begin = 0;
    std::size_t end = 0;
    double weight = 0.0;
    double events = 0.0;

    [[nodiscard]] double value() const { return events / weight; }
};

/// Pools adjacent violators from left to right into `blocks`, whose memory is kept. Entries without weight
/// join the block before them, or the first one.
void poolBlocks(std::span<const double> events, std::span<const double> weights, std::vector<Block>& blocks);

} // namespace orrery::calibration
