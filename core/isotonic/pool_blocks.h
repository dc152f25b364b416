// The fast isotonic fit of data in order, L2: blocks by their sums, and what they come to point by point.
//
// Pooling adjacent violators gives the same blocks in whatever order it is done, which leaves room to choose
// one that a processor likes (pool_kernels.cpp):
//   1. segments of 2048 points; in each, neighbours are compared two by two, a vector at a time, and pooled
//      where they are out of order; three times over. No branch: on noise every second one is mispredicted. A
//      segment that never rises is one block at once;
//   2. stack PAVA on what is left, again without a branch, in six segments at once, so that the latency of
//   one
//      comparison hides behind those of the others. Means are compared by cross-multiplied sums: no division;
//   3. the segments' blocks are joined in order, into stretches of 196,608 points; only blocks next to a
//   joint
//      can be out of order. Stretches are pooled on as many threads as wished, and joined in order: how the
//      sums are added up depends on the data alone, so the result does not depend on the number of threads;
//   4. one division a block, written over its points in whole vectors.
// Nothing but blocks is kept between 1 and 4: one pass over memory to read, one to write.
//
// Cost: O(n), whatever the data. Memory: 16 bytes a block (20 with weights), 1 MiB a thread.
#pragma once

#include "core/isotonic/block.h"
#include "core/isotonic/pool_kernels.h"

#include <limits>
#include <span>
#include <vector>

namespace orrery::isotonic {

struct FitOptions {
    bool increasing = true;
    double yMin = -std::numeric_limits<double>::infinity();
    double yMax = std::numeric_limits<double>::infinity();
    int threads = 1;
};

/// The blocks of a finished fit, stretch by stretch.
class PooledBlocks {
  public:
    /// y: n finite values in the order of x, and weights: n, all > 0, or empty for all 1. The products that
    /// makeProblem() checks must neither overflow nor underflow.
    PooledBlocks(std::span<const double> y, std::span<const double> weights, const FitOptions& options);

    [[nodiscard]] std::size_t count() const;
    /// Values before the bounds are applied.
    [[nodiscard]] std::vector<Block> blocks() const;
    /// fitted: n, within the bounds.
    void writeTo(std::span<double> fitted) const;

  private:
    /// Blocks [first, last) of a stretch are still there; the others went up in a neighbour.
    struct Stretch {
        std::vector<kernels::Entry> blocks;
        std::vector<std::uint32_t> ends; ///< one past the last point of each; with weights alone
        std::size_t first = 0;
        std::size_t last = 0;
        std::size_t begin = 0; ///< point at which block `first` begins
        std::size_t end = 0;   ///< one past the last point of block last − 1

        [[nodiscard]] bool isEmpty() const { return first == last; }
    };
    template <class Body>
    void inParallel(const Body& body) const;
    void poolStretches(std::span<const double> y, std::span<const double> weights);
    void join(std::size_t index);
    void takeLast(Stretch& stretch, kernels::Entry& block) const;
    void writeStretch(const Stretch& stretch, double* fitted) const;
    void append(std::vector<Block>& blocks, Block block) const;

    FitOptions m_options;
    bool m_weighted;
    std::vector<Stretch> m_stretches;
};

/// All at once. fitted: n.
void fitInOrder(std::span<const double> y, std::span<const double> weights, const FitOptions& options,
                std::span<double> fitted);

} // namespace orrery::isotonic
