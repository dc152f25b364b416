// Compiled once for each instruction set by Highway; only plain pointers in here, so that no inline function
// of another header is instantiated under the wrong flags.
#include "core/isotonic/pool_kernels.h"

#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/isotonic/pool_kernels.cpp"
#include <hwy/foreach_target.h>
// must come after foreach_target.h
#include <hwy/highway.h>

#include "core/isotonic/pool_levels.inc"

HWY_BEFORE_NAMESPACE();
namespace orrery::isotonic::kernels::HWY_NAMESPACE {

using Pair = hn::FixedTag<double, 2>; ///< an Entry: weight, sum
using PairVec = hn::Vec<Pair>;

constexpr std::size_t kChains = 6; ///< segments in flight: enough to hide the latency of one comparison
constexpr std::size_t kLevels = 3; ///< of pooling two by two; the last is in arrays kLevels % 2
constexpr std::size_t kBelow = 2;  ///< sentinels under a stack
constexpr std::size_t kLeast = 8;  ///< turns that are worth taking all chains together

/// What one segment needs. Items go from one set of arrays to the other as they are pooled two by two.
struct alignas(64) Segment {
    Items items[2];
    alignas(64) Entry item[kSlots];           ///< of the last level
    alignas(64) Entry stack[kSlots + kBelow]; ///< after the sentinels: the blocks
    std::uint32_t taken[kSlots + kBelow]; ///< items in a block and all before it, by slot; with weights alone
    std::size_t count;                    ///< items
    std::size_t height;                   ///< blocks
};

HWY_INLINE bool Violates(const Entry& left, const Entry& right) {
    return left.sum * right.weight >= right.sum * left.weight;
}

template <bool kWeighted>
HWY_INLINE void Prepare(const double* y, const double* weights, std::size_t size, double sign,
                        Segment& segment) {
    const Real d;
    Items& last = segment.items[kLevels % 2];
    std::size_t count = 1;
    if (NeverRises(y, size, sign)) {
        PoolWhole<kWeighted>(y, weights, size, sign, last);
    } else {
        count = PoolData<kWeighted>(y, weights, size, sign, segment.items[1]);
        for (std::size_t level = 2; level <= kLevels; ++level)
            count = PoolItems<kWeighted>(segment.items[(level + 1) % 2], count, segment.items[level % 2]);
    }
    for (std::size_t i = 0; i < count; i += hn::Lanes(d))
        hn::StoreInterleaved2(hn::LoadU(d, last.weight + i), hn::LoadU(d, last.sum + i), d,
                              &segment.item[i].weight);
    segment.stack[0] = segment.stack[1] = {1.0, -HUGE_VAL};
    segment.count = count;
}

/// Where a chain stands. Its top block is in a register, and so is the one below.
struct Chain {
    PairVec top, below;
    std::size_t at; ///< bytes of items taken
};

/// `turns` steps of stack PAVA in every chain at once, without a branch: out of order, the two blocks on top
/// are added and the next lower one comes up; in order, the top goes below and the next item is the top. Each
/// turn takes at most one item of a chain. Slot of the top: items taken less items popped = 2 · items −
/// turns, so that one number a chain is kept.
template <bool kWeighted>
HWY_INLINE void TakeTurns(Segment* segments, Chain* chains, std::size_t turns, std::size_t& taken) {
    const Pair d;
    constexpr std::size_t kEntry = sizeof(Entry);
    char* const base = reinterpret_cast<char*>(segments);
    const char* const items = base + offsetof(Segment, item);
    char* stacks = base + offsetof(Segment, stack) - kEntry * taken;
    PairVec top[kChains], below[kChains];
    std::size_t at[kChains];
    for (std::size_t k = 0; k < kChains; ++k) {
        top[k] = chains[k].top;
        below[k] = chains[k].below;
        at[k] = chains[k].at;
    }
    for (std::size_t turn = 0; turn < turns; ++turn) {
#pragma GCC unroll 8
        for (std::size_t k = 0; k < kChains; ++k) {
            char* const slot = stacks + k * sizeof(Segment) + 2 * at[k];
            const auto next =
                hn::Load(d, reinterpret_cast<const double*>(items + k * sizeof(Segment) + at[k]));
            const auto lower = hn::Load(d, reinterpret_cast<const double*>(slot - 2 * kEntry));
            hn::Store(top[k], d, reinterpret_cast<double*>(slot));
            if constexpr (kWeighted) {
                const std::size_t place =
                    static_cast<std::size_t>(slot - base - k * sizeof(Segment) - offsetof(Segment, stack)) /
                    kEntry;
                segments[k].taken[place] = static_cast<std::uint32_t>(at[k] / kEntry);
            }
            const auto products = hn::Mul(below[k], hn::Shuffle01(top[k]));
            const auto pools = hn::Ge(hn::InterleaveUpper(d, products, products),
                                      hn::InterleaveLower(d, products, products));
            const auto pooled = hn::Add(top[k], below[k]);
            below[k] = hn::IfThenElse(pools, lower, top[k]);
            top[k] = hn::IfThenElse(pools, pooled, next);
            at[k] += kEntry - kEntry / 2 * hn::CountTrue(d, pools);
        }
        stacks -= kEntry;
    }
    for (std::size_t k = 0; k < kChains; ++k)
        chains[k] = {top[k], below[k], at[k]};
    taken += turns;
}

/// The rest of one chain, or a whole segment, one comparison after the other.
template <bool kWeighted>
HWY_INLINE void Finish(Segment& segment, Entry top, std::size_t item, std::size_t slot) {
    Entry* const stack = segment.stack;
    for (;;) {
        while (Violates(stack[slot - 1], top)) {
            --slot;
            top = {top.weight + stack[slot].weight, top.sum + stack[slot].sum};
        }
        if constexpr (kWeighted) segment.taken[slot] = static_cast<std::uint32_t>(item);
        stack[slot++] = top;
        if (item == segment.count) break;
        top = segment.item[item++];
    }
    segment.height = slot - kBelow;
}

template <bool kWeighted>
HWY_INLINE void PoolTogether(Segment* segments) {
    const Pair d;
    Chain chains[kChains];
    for (std::size_t k = 0; k < kChains; ++k)
        chains[k] = {hn::Load(d, &segments[k].item[0].weight), hn::Load(d, &segments[k].stack[1].weight),
                     sizeof(Entry)};
    std::size_t taken = 0;
    for (;;) {
        std::size_t turns = kSegment;
        for (std::size_t k = 0; k < kChains; ++k) {
            const std::size_t left = segments[k].count - chains[k].at / sizeof(Entry);
            turns = left < turns ? left : turns;
        }
        if (turns < kLeast) break;
        TakeTurns<kWeighted>(segments, chains, turns, taken);
    }
    for (std::size_t k = 0; k < kChains; ++k) {
        Entry top;
        hn::StoreU(chains[k].top, d, &top.weight);
        const std::size_t item = chains[k].at / sizeof(Entry);
        // The block below lives in a register as well: its slot may not be written yet after a pop.
        const std::size_t slot = 2 * item - taken;
        Finish<kWeighted>(segments[k], top, item, slot);
    }
}

/// Joins a segment's blocks to those on the left. Only those that are next to the joint can be out of order.
template <bool kWeighted>
HWY_INLINE std::size_t Join(const Segment& segment, std::size_t first, Entry* blocks, std::uint32_t* ends,
                            std::size_t count) {
    const Entry* const from = segment.stack + kBelow;
    const double* const itemEnds = segment.items[kLevels % 2].end;
    const auto endOf = [&](std::size_t k) {
        return static_cast<std::uint32_t>(first) +
               static_cast<std::uint32_t>(itemEnds[segment.taken[kBelow + k] - 1]);
    };
    std::size_t k = 0;
    Entry block = from[k++];
    for (bool moved = true; moved;) {
        moved = false;
        for (; count > 0 && Violates(blocks[count - 1], block); moved = true) {
            --count;
            block = {block.weight + blocks[count].weight, block.sum + blocks[count].sum};
        }
        for (; k < segment.height && Violates(block, from[k]); moved = true) {
            block = {block.weight + from[k].weight, block.sum + from[k].sum};
            ++k;
        }
    }
    if constexpr (kWeighted) ends[count] = endOf(k - 1);
    blocks[count++] = block;
    for (; k < segment.height; ++k) {
        if constexpr (kWeighted) ends[count] = endOf(k);
        blocks[count++] = from[k];
    }
    return count;
}

template <bool kWeighted>
HWY_INLINE std::size_t PoolAll(const Points& points, Segment* segments, Entry* blocks, std::uint32_t* ends) {
    std::size_t count = 0;
    for (std::size_t first = points.first; first < points.last; first += kChains * kSegment) {
        // What is left at the end is dealt out evenly, in whole vectors, so that few points go together as
        // well.
        const std::size_t even = ((points.last - first + kChains - 1) / kChains + 7) / 8 * 8;
        const std::size_t length = even < kSegment ? even : kSegment;
        std::size_t used = 0;
        for (std::size_t at = first; at < points.last && used < kChains; at += length, ++used)
            Prepare<kWeighted>(points.y + at, kWeighted ? points.weights + at : nullptr,
                               points.last - at < length ? points.last - at : length, points.sign,
                               segments[used]);
        if (used == kChains)
            PoolTogether<kWeighted>(segments);
        else
            for (std::size_t k = 0; k < used; ++k)
                Finish<kWeighted>(segments[k], segments[k].item[0], 1, kBelow);
        for (std::size_t k = 0; k < used; ++k)
            count = Join<kWeighted>(segments[k], first + k * length, blocks, ends, count);
    }
    return count;
}

std::size_t PoolStretch(const Points& points, void* scratch, Entry* blocks, std::uint32_t* ends) {
    auto* const segments = static_cast<Segment*>(scratch);
    return points.weights ? PoolAll<true>(points, segments, blocks, ends)
                          : PoolAll<false>(points, segments, blocks, ends);
}

std::size_t ScratchBytes() {
    return kChains * sizeof(Segment);
}

} // namespace orrery::isotonic::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace orrery::isotonic::kernels {

HWY_EXPORT(PoolStretch);
HWY_EXPORT(ScratchBytes);

std::size_t poolStretch(const Points& points, void* scratch, Entry* blocks, std::uint32_t* ends) {
    return HWY_DYNAMIC_DISPATCH(PoolStretch)(points, scratch, blocks, ends);
}

std::size_t scratchBytes() {
    return HWY_DYNAMIC_DISPATCH(ScratchBytes)();
}

} // namespace orrery::isotonic::kernels
#endif
