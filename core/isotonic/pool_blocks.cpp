#include "core/isotonic/pool_blocks.h"

#include "core/linear/parallel_ranges.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <new>
#include <thread>

namespace orrery::isotonic {

using kernels::Entry;
using kernels::kStretch;

namespace {

constexpr std::size_t kAlignment = 64;
constexpr std::size_t kAtOnce = 8; ///< points that are written together

/// Not initialised: only the pages that are used are ever touched.
class Scratch {
  public:
    explicit Scratch(std::size_t bytes)
        : m_memory(std::aligned_alloc(kAlignment, (bytes + kAlignment - 1) / kAlignment * kAlignment)) {
        if (!m_memory) throw std::bad_alloc();
    }
    ~Scratch() { std::free(m_memory); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    [[nodiscard]] void* get() const { return m_memory; }

  private:
    void* m_memory;
};

bool violates(const Entry& left, const Entry& right) {
    return left.sum * right.weight >= right.sum * left.weight;
}

void add(Entry& block, const Entry& other) {
    block.weight += other.weight;
    block.sum += other.sum;
}

} // namespace

PooledBlocks::PooledBlocks(std::span<const double> y, std::span<const double> weights,
                           const FitOptions& options)
    : m_options(options), m_weighted(!weights.empty()) {
    assert(weights.empty() || weights.size() == y.size());
    m_stretches.resize((y.size() + kStretch - 1) / kStretch);
    poolStretches(y, weights);
    for (std::size_t index = 1; index < m_stretches.size(); ++index)
        join(index);
}

/// body(begin, end) over the stretches.
template <class Body>
void PooledBlocks::inParallel(const Body& body) const {
    const int processors = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    const int threads = std::clamp(m_options.threads, 1, processors);
    const std::size_t grain = m_stretches.size() / (4 * static_cast<std::size_t>(threads)) + 1;
    linear::ParallelRanges(threads).run(m_stretches.size(), grain, body);
}

void PooledBlocks::poolStretches(std::span<const double> y, std::span<const double> weights) {
    const std::size_t most = std::min(y.size(), kStretch);
    const auto pool = [&](std::size_t from, std::size_t to) {
        const Scratch scratch(kernels::scratchBytes());
        const Scratch entries(most * sizeof(Entry));
        const Scratch ends(m_weighted ? most * sizeof(std::uint32_t) : 1);
        auto* const blocks = static_cast<Entry*>(entries.get());
        auto* const blockEnds = static_cast<std::uint32_t*>(ends.get());
        for (std::size_t index = from; index < to; ++index) {
            Stretch& stretch = m_stretches[index];
            stretch.begin = index * kStretch;
            stretch.end = std::min(stretch.begin + kStretch, y.size());
            const kernels::Points points{y.data(), m_weighted ? weights.data() : nullptr, stretch.begin,
                                         stretch.end, m_options.increasing ? 1.0 : -1.0};
            stretch.last = kernels::poolStretch(points, scratch.get(), blocks, blockEnds);
            stretch.blocks.assign(blocks, blocks + stretch.last);
            if (m_weighted) stretch.ends.assign(blockEnds, blockEnds + stretch.last);
        }
    };
    inParallel(pool);
}

/// The last block of a stretch goes up in `block`, which follows it.
void PooledBlocks::takeLast(Stretch& stretch, Entry& block) const {
    const Entry& taken = stretch.blocks[--stretch.last];
    add(block, taken);
    if (!m_weighted)
        stretch.end -= static_cast<std::size_t>(taken.weight);
    else if (!stretch.isEmpty())
        stretch.end = stretch.ends[stretch.last - 1];
    else
        stretch.end = stretch.begin;
}

/// Joins a stretch to all before it; only blocks next to the joint can be out of order.
void PooledBlocks::join(std::size_t index) {
    Stretch& right = m_stretches[index];
    std::size_t leftIndex = index - 1;
    Entry block = right.blocks[right.first++];
    for (bool moved = true; moved;) {
        moved = false;
        for (;; moved = true) {
            while (leftIndex > 0 && m_stretches[leftIndex].isEmpty())
                --leftIndex;
            Stretch& left = m_stretches[leftIndex];
            if (left.isEmpty() || !violates(left.blocks[left.last - 1], block)) break;
            takeLast(left, block);
        }
        for (; !right.isEmpty() && violates(block, right.blocks[right.first]); moved = true)
            add(block, right.blocks[right.first++]);
    }
    right.blocks[--right.first] = block;
    right.begin = m_stretches[leftIndex].end; // its begin, 0, if nothing is left of it
}

std::size_t PooledBlocks::count() const {
    std::size_t count = 0;
    for (const Stretch& stretch : m_stretches)
        count += stretch.last - stretch.first;
    return count;
}

std::vector<Block> PooledBlocks::blocks() const {
    const double sign = m_options.increasing ? 1.0 : -1.0;
    std::vector<Block> blocks;
    blocks.reserve(count());
    std::size_t begin = 0;
    for (const Stretch& stretch : m_stretches)
        for (std::size_t k = stretch.first; k < stretch.last; ++k) {
            const auto [weight, sum] = stretch.blocks[k];
            const std::size_t end = m_weighted ? stretch.ends[k] : begin + static_cast<std::size_t>(weight);
            append(blocks, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - 1),
                            sign * sum, weight, sign * sum / weight});
            begin = end;
        }
    return blocks;
}

/// Sums that differ may still round to the same mean: such neighbours are one block.
void PooledBlocks::append(std::vector<Block>& blocks, Block block) const {
    while (!blocks.empty() &&
           (m_options.increasing ? blocks.back().value >= block.value : blocks.back().value <= block.value)) {
        const Block& left = blocks.back();
        block = {left.first, block.last, left.sum + block.sum, left.weight + block.weight, 0.0};
        block.value = block.sum / block.weight;
        blocks.pop_back();
    }
    blocks.push_back(block);
}

void PooledBlocks::writeTo(std::span<double> fitted) const {
    const auto write = [&](std::size_t from, std::size_t to) {
        for (std::size_t index = from; index < to; ++index)
            if (!m_stretches[index].isEmpty()) writeStretch(m_stretches[index], fitted.data());
    };
    inParallel(write);
}

/// Eight points at a time; what is too much the next blocks write over, but nothing beyond the stretch.
void PooledBlocks::writeStretch(const Stretch& stretch, double* fitted) const {
    const double sign = m_options.increasing ? 1.0 : -1.0;
    std::size_t at = stretch.begin;
    for (std::size_t k = stretch.first; k < stretch.last; ++k) {
        const auto [weight, sum] = stretch.blocks[k];
        const double value = std::min(std::max(sign * sum / weight, m_options.yMin), m_options.yMax);
        const std::size_t end = m_weighted ? stretch.ends[k] : at + static_cast<std::size_t>(weight);
        if (end + kAtOnce > stretch.end)
            std::fill(fitted + at, fitted + end, value);
        else
            for (; at < end; at += kAtOnce)
                std::fill_n(fitted + at, kAtOnce, value);
        at = end;
    }
}

void fitInOrder(std::span<const double> y, std::span<const double> weights, const FitOptions& options,
                std::span<double> fitted) {
    assert(fitted.size() == y.size());
    PooledBlocks(y, weights, options).writeTo(fitted);
}

} // namespace orrery::isotonic
