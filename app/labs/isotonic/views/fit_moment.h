// What the fitting views draw: the run at one step. Values only, shared where they are large.
#pragma once

#include "app/labs/isotonic/cumulative_sums.h"
#include "core/isotonic/block.h"
#include "core/isotonic/isotonic_problem.h"

#include <memory>
#include <vector>

namespace orrery::isotone {

/// Every block of a fit, left to right; of a large problem only as many as a picture can tell apart.
using Blocks = std::vector<isotonic::Block>;
using BlocksPointer = std::shared_ptr<const Blocks>;

struct FitMoment {
    std::shared_ptr<const isotonic::IsotonicProblem> problem; ///< null: nothing to draw yet
    std::shared_ptr<const CumulativeSums> sums;
    BlocksPointer now;          ///< never null with a problem
    BlocksPointer finished;     ///< the fit at the end of the run; null until it has been computed
    isotonic::Move move;        ///< of this step
    std::size_t blockCount = 0; ///< of the fit now, those that are not drawn included
    std::size_t taken = 0;      ///< points that the solver has looked at
    std::int64_t index = 0;     ///< the step
};

/// Where a block stands on the axis of x: half-way to its neighbours.
struct BlockSpan {
    double left = 0.0;
    double right = 0.0;
};
[[nodiscard]] BlockSpan spanOf(const isotonic::IsotonicProblem& problem, const isotonic::Block& block);

/// Index of the block that holds a point; −1: none.
[[nodiscard]] int blockAt(const Blocks& blocks, std::uint32_t point);

/// The point whose x is nearest. O(log m).
[[nodiscard]] std::uint32_t nearestPoint(const isotonic::IsotonicProblem& problem, double x);

/// Colours of blocks: that of the block of the finished fit in which they will end, so that what will be
/// pooled looks alike, and the same in every view. −1: a point that stays alone, or the end is not known.
class BlockColors {
  public:
    BlockColors() = default;
    explicit BlockColors(BlocksPointer finished) : m_finished(std::move(finished)) {}
    /// A category of the theme.
    [[nodiscard]] int of(std::uint32_t point) const;

  private:
    BlocksPointer m_finished;
};

} // namespace orrery::isotone
