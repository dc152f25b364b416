// Compiled once for each instruction set by Highway; only plain pointers in here, so that no inline function
// of another header is instantiated under the wrong flags.
#include "core/isotonic/pool_kernels.h"

#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/isotonic/pool_kernels.cpp"
#include <hwy/foreach_target.h>
// must come after foreach_target.h
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace orrery::isotonic::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Real = hn::ScalableTag<double>;
using Reals = hn::Vec<Real>;
using Pair = hn::FixedTag<double, 2>; ///< an Entry: weight, sum
using PairVec = hn::Vec<Pair>;

constexpr std::size_t kChains = 6; ///< segments in flight: enough to hide the latency of one comparison
constexpr std::size_t kSegment = 2048;
constexpr std::size_t kLevels = 3; ///< of pooling two by two; the last is in arrays kLevels % 2
constexpr std::size_t kPad = 16;   ///< whole vectors may be written past the last item
constexpr std::size_t kSlots = kSegment + kPad;
constexpr std::size_t kBelow = 2; ///< sentinels under a stack
constexpr std::size_t kLeast = 8; ///< turns that are worth taking all chains together

struct Items {
    double weight[kSlots];
    double sum[kSlots];
    double end[kSlots]; ///< one past the last point; with weights alone
};

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

struct Item {
    double weight, sum, end;
};

/// Writes two neighbours, pooled into one where they are out of order. Returns how many are left.
template <bool kWeighted>
HWY_INLINE std::size_t PoolTwo(const Item& left, const Item& right, Items& out, std::size_t at) {
    const bool pools = left.sum * right.weight >= right.sum * left.weight;
    out.weight[at] = left.weight + (pools ? right.weight : 0.0);
    out.sum[at] = left.sum + (pools ? right.sum : 0.0);
    out.weight[at + 1] = right.weight;
    out.sum[at + 1] = right.sum;
    if constexpr (kWeighted) {
        out.end[at] = pools ? right.end : left.end;
        out.end[at + 1] = right.end;
    }
    return pools ? 1 : 2;
}

#undef ORRERY_POOLS_VECTORS
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
#define ORRERY_POOLS_VECTORS 1
struct ItemVecs {
    Reals weight, sum, end;
};

/// hn::Compress copies its table to the stack at every call under GCC 12.
HWY_INLINE Reals Close(Reals v, hn::Mask<Real> stays) {
    return Reals{_mm512_maskz_compress_pd(stays.raw, v.raw)};
}

/// Pools each even item with the odd one after it where they are out of order, and closes the gaps. Nothing
/// is decided by a branch: on noise half of them would be predicted wrongly. Returns how many items are left.
template <bool kWeighted>
HWY_INLINE std::size_t PoolPairs(const ItemVecs& in, Items& out, std::size_t at) {
    const Real d;
    const hn::RebindToUnsigned<Real> du;
    const auto isEven = hn::RebindMask(d, hn::Eq(hn::And(hn::Iota(du, 0), hn::Set(du, 1)), hn::Zero(du)));
    const auto weightBeside = hn::Shuffle01(in.weight);
    const auto sumBeside = hn::Shuffle01(in.sum);
    const auto mine = hn::Mul(in.sum, weightBeside);
    const auto beside = hn::Mul(sumBeside, in.weight);
    const auto pools = hn::And(isEven, hn::Ge(mine, beside));
    const auto stays =
        hn::Or(isEven, hn::Lt(beside, mine)); // an odd item, where the even one before it is lower
    const auto weight = hn::IfThenElse(pools, hn::Add(in.weight, weightBeside), in.weight);
    const auto sum = hn::IfThenElse(pools, hn::Add(in.sum, sumBeside), in.sum);
    hn::StoreU(Close(weight, stays), d, out.weight + at);
    hn::StoreU(Close(sum, stays), d, out.sum + at);
    if constexpr (kWeighted)
        hn::StoreU(Close(hn::IfThenElse(pools, hn::Shuffle01(in.end), in.end), stays), d, out.end + at);
    return hn::CountTrue(d, stays);
}
#endif

/// Whether no point is above the one before. Found out at the first vector where one is, so it costs nothing
/// on noise.
HWY_INLINE bool NeverRises(const double* HWY_RESTRICT y, std::size_t size, double sign) {
    const Real d;
    const auto turn = hn::Set(d, sign);
    std::size_t i = 0;
    for (; i + hn::Lanes(d) + 1 <= size; i += hn::Lanes(d))
        if (!hn::AllTrue(d,
                         hn::Ge(hn::Mul(hn::LoadU(d, y + i), turn), hn::Mul(hn::LoadU(d, y + i + 1), turn))))
            return false;
    for (; i + 1 < size; ++i)
        if (sign * y[i] < sign * y[i + 1]) return false;
    return true;
}

/// All points as one item.
template <bool kWeighted>
HWY_INLINE void PoolWhole(const double* HWY_RESTRICT y, const double* HWY_RESTRICT weights, std::size_t size,
                          double sign, Items& out) {
    const Real d;
    const std::size_t lanes = hn::Lanes(d);
    auto sums = hn::Zero(d), totals = hn::Zero(d);
    std::size_t i = 0;
    for (; i + lanes <= size; i += lanes) {
        const auto weight = kWeighted ? hn::LoadU(d, weights + i) : hn::Set(d, 1.0);
        totals = hn::Add(totals, weight);
        sums = hn::Add(sums, hn::Mul(hn::LoadU(d, y + i), weight));
    }
    double sum = hn::GetLane(hn::SumOfLanes(d, sums));
    double total = hn::GetLane(hn::SumOfLanes(d, totals));
    for (; i < size; ++i) {
        const double weight = kWeighted ? weights[i] : 1.0;
        total += weight;
        sum += y[i] * weight;
    }
    out.weight[0] = total;
    out.sum[0] = sign * sum;
    out.end[0] = static_cast<double>(size);
}

/// The first level: from the data.
template <bool kWeighted>
HWY_INLINE std::size_t PoolData(const double* HWY_RESTRICT y, const double* HWY_RESTRICT weights,
                                std::size_t size, double sign, Items& out) {
    std::size_t at = 0;
    std::size_t i = 0;
#ifdef ORRERY_POOLS_VECTORS
    const Real d;
    const auto turn = hn::Set(d, sign);
    for (; i + hn::Lanes(d) <= size; i += hn::Lanes(d)) {
        ItemVecs in{hn::Set(d, 1.0), hn::Mul(hn::LoadU(d, y + i), turn), hn::Zero(d)};
        if constexpr (kWeighted) {
            in.weight = hn::LoadU(d, weights + i);
            in.sum = hn::Mul(in.sum, in.weight);
            in.end = hn::Iota(d, static_cast<double>(i + 1));
        }
        at += PoolPairs<kWeighted>(in, out, at);
    }
#endif
    const auto item = [&](std::size_t k) {
        const double weight = kWeighted ? weights[k] : 1.0;
        return Item{weight, sign * y[k] * weight, static_cast<double>(k + 1)};
    };
    for (; i + 2 <= size; i += 2)
        at += PoolTwo<kWeighted>(item(i), item(i + 1), out, at);
    if (i < size) {
        const Item last = item(i);
        out.weight[at] = last.weight;
        out.sum[at] = last.sum;
        out.end[at++] = last.end;
    }
    return at;
}

template <bool kWeighted>
HWY_INLINE std::size_t PoolItems(const Items& items, std::size_t count, Items& out) {
    std::size_t at = 0;
    std::size_t i = 0;
#ifdef ORRERY_POOLS_VECTORS
    const Real d;
    for (; i + hn::Lanes(d) <= count; i += hn::Lanes(d))
        at += PoolPairs<kWeighted>({hn::LoadU(d, items.weight + i), hn::LoadU(d, items.sum + i),
                                    kWeighted ? hn::LoadU(d, items.end + i) : hn::Zero(d)},
                                   out, at);
#endif
    const auto item = [&](std::size_t k) {
        return Item{items.weight[k], items.sum[k], kWeighted ? items.end[k] : 0.0};
    };
    for (; i + 2 <= count; i += 2)
        at += PoolTwo<kWeighted>(item(i), item(i + 1), out, at);
    if (i < count) {
        out.weight[at] = items.weight[i];
        out.sum[at] = items.sum[i];
        if constexpr (kWeighted) out.end[at] = items.end[i];
        ++at;
    }
    return at;
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
