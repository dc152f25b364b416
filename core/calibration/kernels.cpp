// Compiled once for each instruction set by Highway; only plain pointers in here, so that no inline function
// of another header is instantiated under the wrong flags.
#include "core/calibration/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/calibration/kernels.cpp"
#include <hwy/foreach_target.h>
// must come after foreach_target.h
#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace orrery::calibration::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Real = hn::ScalableTag<double>;
using Lane = hn::Vec<Real>;

/// Factors 1 + e^−|z| ≤ 2 that are multiplied before a logarithm is due: 2^512 is far from overflow.
constexpr std::size_t kFactors = 512;

/// Room for any vector.
constexpr std::size_t kMost = hn::MaxLanes(Real());

struct LaneSums {
    Lane positive, product, logs, p[3], v[6];
};

HWY_INLINE void Clear(LaneSums& sums) {
    const Real d;
    sums.positive = sums.logs = hn::Zero(d);
    sums.product = hn::Set(d, 1.0);
    for (Lane& sum : sums.p)
        sum = hn::Zero(d);
    for (Lane& sum : sums.v)
        sum = hn::Zero(d);
}

HWY_INLINE void FoldProduct(LaneSums& sums) {
    const Real d;
    sums.logs = hn::Add(sums.logs, hn::Log(d, sums.product));
    sums.product = hn::Set(d, 1.0);
}

/// Adds one vector of rows of weight w; kTwo: there is a second column.
template <bool kTwo, bool kWeighted>
HWY_INLINE void AddRows(LaneSums& sums, Lane x0, Lane x1, Lane w, Lane z) {
    const Real d;
    const Lane one = hn::Set(d, 1.0);
    const Lane e = hn::Exp(d, hn::Neg(hn::Abs(z)));
    const Lane factor = hn::Add(one, e);
    const Lane inverse = hn::Div(one, factor);
    const Lane small = hn::Mul(e, inverse); // the smaller of p and 1 − p
    Lane p = hn::IfThenElse(hn::Lt(z, hn::Zero(d)), small, inverse);
    Lane v = hn::Mul(small, inverse);
    const Lane above = hn::Max(z, hn::Zero(d));
    if constexpr (kWeighted) {
        sums.positive = hn::MulAdd(w, hn::Add(above, hn::Log(d, factor)), sums.positive);
        p = hn::Mul(p, w);
        v = hn::Mul(v, w);
    } else {
        sums.positive = hn::Add(sums.positive, above);
        sums.product = hn::Mul(sums.product, factor);
    }
    const Lane vx0 = hn::Mul(v, x0);
    sums.p[0] = hn::MulAdd(p, x0, sums.p[0]);
    sums.p[2] = hn::Add(sums.p[2], p);
    sums.v[0] = hn::MulAdd(vx0, x0, sums.v[0]);
    sums.v[3] = hn::Add(sums.v[3], vx0);
    sums.v[5] = hn::Add(sums.v[5], v);
    if constexpr (kTwo) {
        const Lane vx1 = hn::Mul(v, x1);
        sums.p[1] = hn::MulAdd(p, x1, sums.p[1]);
        sums.v[1] = hn::MulAdd(vx0, x1, sums.v[1]);
        sums.v[2] = hn::MulAdd(vx1, x1, sums.v[2]);
        sums.v[4] = hn::Add(sums.v[4], vx1);
    }
}

/// The rows that do not fill a vector stand in one that is padded with rows at z = −∞, which add nothing.
HWY_INLINE void CopyTail(const double* from, std::size_t count, double* HWY_RESTRICT to) {
    for (std::size_t i = 0; i < count; ++i)
        to[i] = from[i];
}

template <bool kTwo, bool kWeighted>
LogisticSums Sums(const LogisticRows& rows, const double* theta) {
    const Real d;
    const std::size_t lanes = hn::Lanes(d);
    const Lane t0 = hn::Set(d, theta[0]), t1 = hn::Set(d, kTwo ? theta[1] : 0.0), t2 = hn::Set(d, theta[2]);
    const Lane one = hn::Set(d, 1.0);
    LaneSums sums;
    Clear(sums);
    const auto add = [&](const double* p0, const double* p1, const double* pw, auto whole) HWY_ATTR {
        const Lane x0 = hn::LoadU(d, p0), x1 = kTwo ? hn::LoadU(d, p1) : x0;
        const Lane w = kWeighted ? hn::LoadU(d, pw) : one;
        Lane z = hn::MulAdd(t0, x0, t2);
        if constexpr (kTwo) z = hn::MulAdd(t1, x1, z);
        AddRows<kTwo, kWeighted>(sums, x0, x1, w, whole(z));
    };
    std::size_t i = 0, factors = 0;
    for (; i + lanes <= rows.rows; i += lanes) {
        add(rows.x0 + i, kTwo ? rows.x1 + i : nullptr, kWeighted ? rows.weights + i : nullptr,
            [](Lane z) HWY_ATTR { return z; });
        if (++factors % kFactors == 0) FoldProduct(sums);
    }
    if (const std::size_t rest = rows.rows - i; rest > 0) {
        HWY_ALIGN double x0[kMost] = {}, x1[kMost] = {}, w[kMost] = {};
        CopyTail(rows.x0 + i, rest, x0);
        if (kTwo) CopyTail(rows.x1 + i, rest, x1);
        if (kWeighted) CopyTail(rows.weights + i, rest, w);
        const auto used = hn::FirstN(d, rest);
        const Lane nothing = hn::Set(d, -1e6); // e^−1e6 is 0
        add(x0, x1, w, [&](Lane z) HWY_ATTR { return hn::IfThenElse(used, z, nothing); });
    }
    FoldProduct(sums);
    LogisticSums out;
    const auto total = [d](Lane lane) HWY_ATTR { return hn::GetLane(hn::SumOfLanes(d, lane)); };
    out.softplus = total(sums.positive) + total(sums.logs);
    for (int k = 0; k < 3; ++k)
        out.p[k] = total(sums.p[k]);
    for (int k = 0; k < 6; ++k)
        out.v[k] = total(sums.v[k]);
    return out;
}

LogisticSums AllSums(const LogisticRows& rows, const double* theta) {
    if (rows.weights) return rows.x1 ? Sums<true, true>(rows, theta) : Sums<false, true>(rows, theta);
    return rows.x1 ? Sums<true, false>(rows, theta) : Sums<false, false>(rows, theta);
}

/// Calls body(vector of s, store) for all s, the last ones padded.
template <class Body>
HWY_INLINE void ForEach(const double* s, std::size_t size, double padding, const Body& body) {
    const Real d;
    const std::size_t lanes = hn::Lanes(d);
    std::size_t i = 0;
    for (; i + lanes <= size; i += lanes)
        body(hn::LoadU(d, s + i), i, lanes);
    if (i == size) return;
    HWY_ALIGN double tail[kMost];
    for (double& value : tail)
        value = padding;
    CopyTail(s + i, size - i, tail);
    body(hn::Load(d, tail), i, size - i);
}

HWY_INLINE void StorePart(Lane value, std::size_t count, double* to) {
    const Real d;
    if (count == hn::Lanes(d)) {
        hn::StoreU(value, d, to);
        return;
    }
    HWY_ALIGN double part[kMost];
    hn::Store(value, d, part);
    CopyTail(part, count, to);
}

HWY_INLINE Lane Clipped(Lane s, double clip) {
    const Real d;
    return hn::Min(hn::Max(s, hn::Set(d, clip)), hn::Set(d, 1.0 - clip));
}

/// One logarithm of c / (1 − c): the difference is exact from a half on, and rounds to 2⁻⁵³ of itself below.
void LogOdds(const double* s, std::size_t size, double clip, double* out) {
    const Real d;
    const Lane one = hn::Set(d, 1.0);
    ForEach(s, size, 0.5, [&](Lane value, std::size_t i, std::size_t count) HWY_ATTR {
        const Lane c = Clipped(value, clip);
        StorePart(hn::Log(d, hn::Div(c, hn::Sub(one, c))), count, out + i);
    });
}

void Logarithms(const double* s, std::size_t size, double clip, double* logEvent, double* logOther) {
    const Real d;
    ForEach(s, size, 0.5, [&](Lane value, std::size_t i, std::size_t count) HWY_ATTR {
        const Lane c = Clipped(value, clip);
        StorePart(hn::Log(d, c), count, logEvent + i);
        StorePart(hn::Neg(hn::Log1p(d, hn::Neg(c))), count, logOther + i);
    });
}

void Sigmoid(const double* x, std::size_t size, double a, double b, double* out) {
    const Real d;
    const Lane one = hn::Set(d, 1.0), slope = hn::Set(d, a), intercept = hn::Set(d, b);
    ForEach(x, size, 0.0, [&](Lane value, std::size_t i, std::size_t count) HWY_ATTR {
        const Lane z = hn::MulAdd(slope, value, intercept);
        const Lane e = hn::Exp(d, hn::Neg(hn::Abs(z)));
        const Lane inverse = hn::Div(one, hn::Add(one, e));
        StorePart(hn::IfThenElse(hn::Lt(z, hn::Zero(d)), hn::Mul(e, inverse), inverse), count, out + i);
    });
}

/// Rows of label 1 are picked with a factor: the loop has no branch.
LabelSums SumsByLabel(const double* x, double shift, const unsigned char* labels, const double* weights,
                      std::size_t size) {
    constexpr std::size_t kWays = 8; // sums side by side, for the compiler to make vectors of
    double w0[kWays] = {}, w1[kWays] = {}, x0[kWays] = {}, x1[kWays] = {}, square[kWays] = {};
    const auto add = [&](std::size_t i, std::size_t way) {
        const double weight = weights ? weights[i] : 1.0, event = weight * labels[i], apart = x[i] - shift;
        w0[way] += weight;
        w1[way] += event;
        x0[way] += weight * apart;
        x1[way] += event * apart;
        square[way] += weight * apart * apart;
    };
    std::size_t i = 0;
    for (; i + kWays <= size; i += kWays)
        for (std::size_t way = 0; way < kWays; ++way)
            add(i + way, way);
    for (; i < size; ++i)
        add(i, 0);
    LabelSums sums;
    for (std::size_t way = 0; way < kWays; ++way) {
        sums.weight[0] += w0[way] - w1[way];
        sums.weight[1] += w1[way];
        sums.x[0] += x0[way] - x1[way];
        sums.x[1] += x1[way];
        sums.square += square[way];
    }
    return sums;
}

} // namespace orrery::calibration::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace orrery::calibration::kernels {

HWY_EXPORT(AllSums);
HWY_EXPORT(LogOdds);
HWY_EXPORT(Logarithms);
HWY_EXPORT(Sigmoid);
HWY_EXPORT(SumsByLabel);

LogisticSums logisticSums(const LogisticRows& rows, const double theta[3]) {
    return HWY_DYNAMIC_DISPATCH(AllSums)(rows, theta);
}

void logOdds(const double* s, std::size_t size, double clip, double* out) {
    HWY_DYNAMIC_DISPATCH(LogOdds)(s, size, clip, out);
}

void logarithms(const double* s, std::size_t size, double clip, double* logEvent, double* logOther) {
    HWY_DYNAMIC_DISPATCH(Logarithms)(s, size, clip, logEvent, logOther);
}

void sigmoid(const double* x, std::size_t size, double a, double b, double* out) {
    HWY_DYNAMIC_DISPATCH(Sigmoid)(x, size, a, b, out);
}

LabelSums labelSums(const double* x, double shift, const unsigned char* labels, const double* weights,
                    std::size_t size) {
    return HWY_DYNAMIC_DISPATCH(SumsByLabel)(x, shift, labels, weights, size);
}

} // namespace orrery::calibration::kernels
#endif
