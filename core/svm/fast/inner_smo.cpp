// Compiled once for each instruction set by Highway; only plain pointers in here, so that no inline function
// of another header is instantiated under the wrong flags.
#include "core/svm/fast/inner_smo.h"

#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/svm/fast/inner_smo.cpp"
#include <hwy/foreach_target.h>
// must come after foreach_target.h
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace orrery::svm::fast::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

constexpr double kLeastCurvature = 1e-12;
constexpr int kChains = 2; ///< so that one comparison need not wait for the one before

template <class D>
HWY_INLINE hn::Vec<D> LoadRow(D d, const float* from) {
    if constexpr (sizeof(hn::TFromD<D>) == 4)
        return hn::LoadU(d, from);
    else
        return hn::PromoteTo(d, hn::LoadU(hn::Rebind<float, D>(), from));
}

/// a / b to about 12 bits where that is quicker: it only ranks partners.
template <class D>
HWY_INLINE hn::Vec<D> Quotient(D, hn::Vec<D> a, hn::Vec<D> b) {
    if constexpr (sizeof(hn::TFromD<D>) == 4)
        return hn::Mul(a, hn::ApproximateReciprocal(b));
    else
        return hn::Div(a, b);
}

/// The largest value seen, and where: the first of equals in a lane.
template <class D>
struct Best {
    using T = hn::TFromD<D>;
    hn::Vec<D> value;
    hn::Vec<D> place; ///< index of the vector's first entry; exact in either type
};

template <class D>
HWY_INLINE void Offer(Best<D>& best, hn::Vec<D> value, hn::Vec<D> place) {
    const auto better = hn::Gt(value, best.value);
    best.place = hn::IfThenElse(better, place, best.place);
    best.value = hn::Max(best.value, value);
}

/// Of the largest value over lanes and chains, the least index.
template <class D>
HWY_INLINE std::size_t IndexOf(D d, const Best<D>* best, hn::TFromD<D>& value) {
    using T = hn::TFromD<D>;
    const auto lane = hn::Iota(d, T(0));
    const auto most = hn::MaxOfLanes(d, hn::Max(best[0].value, best[1].value));
    const auto far = hn::Set(d, T(1e9));
    const auto a = hn::IfThenElse(hn::Eq(best[0].value, most), hn::Add(best[0].place, lane), far);
    const auto b = hn::IfThenElse(hn::Eq(best[1].value, most), hn::Add(best[1].place, lane), far);
    value = hn::GetLane(most);
    return static_cast<std::size_t>(hn::GetLane(hn::MinOfLanes(d, hn::Min(a, b))));
}

template <class T>
struct Arrays {
    T* gradient;
    T* closedUp;   ///< 0 where β can rise, else −∞
    T* closedDown; ///< 0 where β can fall, else +∞
    T* diagonal;
};

template <class T>
HWY_INLINE void SetClosed(const InnerBlock<T>& block, const Arrays<T>& a, std::size_t k) {
    constexpr T kInfinity = static_cast<T>(HUGE_VAL);
    a.closedUp[k] = block.beta[k] < block.upper[k] ? T(0) : -kInfinity;
    a.closedDown[k] = block.beta[k] > block.lower[k] ? T(0) : kInfinity;
}

/// g −= t (K_i − K_j), and the largest g that can rise.
template <class D, class T = hn::TFromD<D>>
HWY_INLINE std::size_t UpdateAndFindFirst(D d, const InnerBlock<T>& block, const Arrays<T>& a,
                                          const float* HWY_RESTRICT rowI, const float* HWY_RESTRICT rowJ,
                                          T step, T& highest) {
    const std::size_t lanes = hn::Lanes(d);
    const auto t = hn::Set(d, step);
    Best<D> best[kChains];
    for (auto& b : best)
        b = {hn::Set(d, static_cast<T>(-HUGE_VAL)), hn::Zero(d)};
    const auto visit = [&](std::size_t k, Best<D>& to) HWY_ATTR {
        const auto g = hn::NegMulAdd(t, hn::Sub(LoadRow(d, rowI + k), LoadRow(d, rowJ + k)),
                                     hn::LoadU(d, a.gradient + k));
        hn::StoreU(g, d, a.gradient + k);
        Offer(to, hn::Add(g, hn::LoadU(d, a.closedUp + k)), hn::Set(d, static_cast<T>(k)));
    };
    std::size_t k = 0;
    for (; k + 2 * lanes <= block.size; k += 2 * lanes) {
        visit(k, best[0]);
        visit(k + lanes, best[1]);
    }
    for (; k < block.size; k += lanes)
        visit(k, best[0]);
    return IndexOf(d, best, highest);
}

/// The partner of i with the largest gain, and the least g that can fall.
template <class D, class T = hn::TFromD<D>>
HWY_INLINE std::size_t FindSecond(D d, const InnerBlock<T>& block, const Arrays<T>& a, std::size_t i,
                                  T highest, T& lowest, T& gain) {
    const std::size_t lanes = hn::Lanes(d);
    const float* HWY_RESTRICT row = block.gram + i * block.size;
    const auto high = hn::Set(d, highest);
    const auto own = hn::Set(d, a.diagonal[i]);
    const auto two = hn::Set(d, T(2));
    const auto floor = hn::Set(d, static_cast<T>(kLeastCurvature));
    Best<D> best[kChains];
    hn::Vec<D> least[kChains];
    for (int c = 0; c < kChains; ++c) {
        best[c] = {hn::Zero(d), hn::Zero(d)};
        least[c] = hn::Set(d, static_cast<T>(HUGE_VAL));
    }
    const auto visit = [&](std::size_t k, int c) HWY_ATTR {
        const auto g = hn::Add(hn::LoadU(d, a.gradient + k), hn::LoadU(d, a.closedDown + k));
        least[c] = hn::Min(least[c], g);
        const auto violation = hn::Max(hn::Sub(high, g), hn::Zero(d));
        const auto curvature =
            hn::NegMulAdd(two, LoadRow(d, row + k), hn::Add(own, hn::LoadU(d, a.diagonal + k)));
        Offer(best[c], Quotient(d, hn::Mul(violation, violation), hn::Max(curvature, floor)),
              hn::Set(d, static_cast<T>(k)));
    };
    std::size_t k = 0;
    for (; k + 2 * lanes <= block.size; k += 2 * lanes) {
        visit(k, 0);
        visit(k + lanes, 1);
    }
    for (; k < block.size; k += lanes)
        visit(k, 0);
    lowest = hn::GetLane(hn::MinOfLanes(d, hn::Min(least[0], least[1])));
    return IndexOf(d, best, gain);
}

/// Moves the pair to the minimum along its line, within its box. Returns by how much β_i rose.
template <class T>
HWY_INLINE double MovePair(const InnerBlock<T>& block, double violation, double curvature, std::size_t i,
                           std::size_t j) {
    const double roomUp = block.upper[i] - block.beta[i];
    const double roomDown = block.beta[j] - block.lower[j];
    double step = violation / (curvature > kLeastCurvature ? curvature : kLeastCurvature);
    const bool hitsUp = step >= roomUp && roomUp <= roomDown;
    const bool hitsDown = step >= roomDown && roomDown <= roomUp;
    if (hitsUp) step = roomUp;
    if (hitsDown) step = roomDown;
    block.beta[i] = hitsUp ? block.upper[i] : block.beta[i] + step;
    block.beta[j] = hitsDown ? block.lower[j] : block.beta[j] - step;
    return step;
}

template <class T>
HWY_INLINE std::int64_t Solve(const InnerBlock<T>& block) {
    const hn::ScalableTag<T> d;
    const Arrays<T> a{block.gradient, block.scratch, block.scratch + block.size,
                      block.scratch + 2 * block.size};
    for (std::size_t k = 0; k < block.size; ++k) {
        SetClosed(block, a, k);
        a.diagonal[k] = block.gram[k * block.size + k];
    }
    T highest, lowest, gain;
    std::size_t i = UpdateAndFindFirst(d, block, a, block.gram, block.gram, T(0), highest);
    std::int64_t pairs = 0;
    for (; pairs < block.mostPairs && i < block.size; ++pairs) {
        const std::size_t j = FindSecond(d, block, a, i, highest, lowest, gain);
        // A gain of 0: everything left to gain is below the least number. No index: nothing compares.
        if (!(static_cast<double>(highest) - static_cast<double>(lowest) > block.tolerance) ||
            !(gain > T(0)) || j >= block.size)
            break;
        const float* const rowI = block.gram + i * block.size;
        const double curvature = static_cast<double>(a.diagonal[i]) + static_cast<double>(a.diagonal[j]) -
                                 2.0 * static_cast<double>(rowI[j]);
        const double step = MovePair(block, static_cast<double>(highest) - static_cast<double>(a.gradient[j]),
                                     curvature, i, j);
        SetClosed(block, a, i);
        SetClosed(block, a, j);
        i = UpdateAndFindFirst(d, block, a, rowI, block.gram + j * block.size, static_cast<T>(step), highest);
    }
    return pairs;
}

std::int64_t SolveFloat(const InnerBlock<float>& block) {
    return Solve(block);
}
std::int64_t SolveDouble(const InnerBlock<double>& block) {
    return Solve(block);
}

} // namespace orrery::svm::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace orrery::svm::fast {

HWY_EXPORT(SolveFloat);
HWY_EXPORT(SolveDouble);

std::int64_t solveInner(const InnerBlock<float>& block) {
    return HWY_DYNAMIC_DISPATCH(SolveFloat)(block);
}
std::int64_t solveInner(const InnerBlock<double>& block) {
    return HWY_DYNAMIC_DISPATCH(SolveDouble)(block);
}

} // namespace orrery::svm::fast
#endif
