#include "app/labs/isotonic/views/fit_moment.h"

#include <algorithm>
#include <array>

namespace orrery::isotone {

BlockSpan spanOf(const isotonic::IsotonicProblem& problem, const isotonic::Block& block) {
    const auto& x = problem.x;
    const auto half = [&](std::size_t left, std::size_t right) { return 0.5 * (x[left] + x[right]); };
    const std::size_t first = block.first, last = block.last, end = x.size();
    // The outermost points reach out as far as to their inner neighbour.
    const double before = first > 0 ? half(first - 1, first)
                          : end > 1 ? x[0] - 0.5 * (x[1] - x[0])
                                    : x[0] - 0.5;
    const double after = last + 1 < end ? half(last, last + 1)
                         : end > 1      ? x[end - 1] + 0.5 * (x[end - 1] - x[end - 2])
                                        : x[0] + 0.5;
    return {before, after};
}

int blockAt(const Blocks& blocks, std::uint32_t point) {
    const auto found =
        std::lower_bound(blocks.begin(), blocks.end(), point,
                         [](const isotonic::Block& block, std::uint32_t p) { return block.last < p; });
    return found == blocks.end() || found->first > point ? -1 : static_cast<int>(found - blocks.begin());
}

std::uint32_t nearestPoint(const isotonic::IsotonicProblem& problem, double x) {
    const auto after = std::lower_bound(problem.x.begin(), problem.x.end(), x);
    if (after == problem.x.begin()) return 0;
    if (after == problem.x.end()) return static_cast<std::uint32_t>(problem.points() - 1);
    const auto right = static_cast<std::uint32_t>(after - problem.x.begin());
    return x - problem.x[right - 1] <= *after - x ? right - 1 : right;
}

int BlockColors::of(std::uint32_t point) const {
    // Blue, green, purple, sky; orange is too near to the brass of this step, red reads as a fault.
    static constexpr std::array kOrder{0, 2, 4, 5};
    if (!m_finished) return -1;
    const int block = blockAt(*m_finished, point);
    if (block < 0 || (*m_finished)[static_cast<std::size_t>(block)].size() < 2) return -1;
    return kOrder[static_cast<std::size_t>(block) % kOrder.size()];
}

} // namespace orrery::isotone
