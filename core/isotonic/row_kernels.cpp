// Compiled once for each instruction set by Highway; only plain pointers in here, so that no inline function
// of another header is instantiated under the wrong flags.
#include "core/isotonic/row_kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/isotonic/row_kernels.cpp"
#include <hwy/foreach_target.h>
// must come after foreach_target.h
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace orrery::isotonic::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Real = hn::ScalableTag<double>;

constexpr std::size_t kWays = 4; ///< vectors side by side, to hide the latency of a sum

/// Calls body(way, vector) for all whole vectors, then rest(value) for what is left.
template <class Body, class Rest>
HWY_INLINE void ForEach(const double* values, std::size_t n, const Body& body, const Rest& rest) {
    const Real d;
    const std::size_t lanes = hn::Lanes(d);
    std::size_t i = 0;
    for (; i + kWays * lanes <= n; i += kWays * lanes)
        for (std::size_t way = 0; way < kWays; ++way)
            body(way, hn::LoadU(d, values + i + way * lanes));
    for (; i + lanes <= n; i += lanes)
        body(0, hn::LoadU(d, values + i));
    for (; i < n; ++i)
        rest(values[i]);
}

Extremes FindExtremes(const double* values, std::size_t n) {
    const Real d;
    hn::Vec<Real> least[kWays], most[kWays];
    for (std::size_t way = 0; way < kWays; ++way)
        least[way] = most[way] = hn::Set(d, values[0]);
    Extremes rest{values[0], values[0]};
    ForEach(
        values, n,
        [&](std::size_t way, hn::Vec<Real> v) HWY_ATTR {
            least[way] = hn::Min(least[way], v);
            most[way] = hn::Max(most[way], v);
        },
        [&](double value) HWY_ATTR {
            rest.least = value < rest.least ? value : rest.least;
            rest.most = value > rest.most ? value : rest.most;
        });
    for (std::size_t way = 1; way < kWays; ++way) {
        least[0] = hn::Min(least[0], least[way]);
        most[0] = hn::Max(most[0], most[way]);
    }
    const double low = hn::GetLane(hn::MinOfLanes(d, least[0])),
                 high = hn::GetLane(hn::MaxOfLanes(d, most[0]));
    return {low < rest.least ? low : rest.least, high > rest.most ? high : rest.most};
}

ColumnSums FindSums(const double* values, std::size_t n) {
    const Real d;
    if (n == 0) return {true, 0.0, 0.0, 0.0};
    hn::Vec<Real> least[kWays], most[kWays], total[kWays], fault[kWays];
    for (std::size_t way = 0; way < kWays; ++way) {
        least[way] = most[way] = hn::Set(d, values[0]);
        total[way] = fault[way] = hn::Zero(d);
    }
    double restTotal = 0.0, restFault = 0.0, restLeast = values[0], restMost = values[0];
    ForEach(
        values, n,
        [&](std::size_t way, hn::Vec<Real> v) HWY_ATTR {
            least[way] = hn::Min(least[way], v);
            most[way] = hn::Max(most[way], v);
            total[way] = hn::Add(total[way], v);
            fault[way] = hn::Add(fault[way], hn::Sub(v, v)); // NaN unless finite
        },
        [&](double value) HWY_ATTR {
            restTotal += value;
            restFault += value - value;
            restLeast = value < restLeast ? value : restLeast;
            restMost = value > restMost ? value : restMost;
        });
    for (std::size_t way = 1; way < kWays; ++way) {
        least[0] = hn::Min(least[0], least[way]);
        most[0] = hn::Max(most[0], most[way]);
        total[0] = hn::Add(total[0], total[way]);
        fault[0] = hn::Add(fault[0], fault[way]);
    }
    const double low = hn::GetLane(hn::MinOfLanes(d, least[0])),
                 high = hn::GetLane(hn::MaxOfLanes(d, most[0]));
    const double faults = hn::GetLane(hn::SumOfLanes(d, fault[0])) + restFault;
    return {faults == 0.0, low < restLeast ? low : restLeast, high > restMost ? high : restMost,
            hn::GetLane(hn::SumOfLanes(d, total[0])) + restTotal};
}

bool RisesLess(const double* values, std::size_t n, double rise) {
    const Real d;
    const auto wanted = hn::Set(d, rise);
    std::size_t i = 0;
    for (; i + hn::Lanes(d) + 1 <= n; i += hn::Lanes(d))
        if (!hn::AllTrue(d, hn::Ge(hn::Sub(hn::LoadU(d, values + i + 1), hn::LoadU(d, values + i)), wanted)))
            return true;
    for (; i + 1 < n; ++i)
        if (!(values[i + 1] - values[i] >= rise)) return true;
    return false;
}

} // namespace orrery::isotonic::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace orrery::isotonic {

HWY_EXPORT(FindExtremes);
HWY_EXPORT(FindSums);
HWY_EXPORT(RisesLess);

ColumnSums columnSums(const double* values, std::size_t n) {
    return HWY_DYNAMIC_DISPATCH(FindSums)(values, n);
}

Extremes extremesOf(const double* values, std::size_t n) {
    return HWY_DYNAMIC_DISPATCH(FindExtremes)(values, n);
}

bool risesLess(const double* values, std::size_t n, double rise) {
    return HWY_DYNAMIC_DISPATCH(RisesLess)(values, n, rise);
}

} // namespace orrery::isotonic
#endif
