// Compiled once for each instruction set by Highway; only plain pointers in here, so that no inline function
// of another header is instantiated under the wrong flags.
#include "core/svm/fast/kernel_tiles.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/svm/fast/kernel_tiles.cpp"
#include <hwy/foreach_target.h>
// must come after foreach_target.h
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace orrery::svm::fast::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Registers hold the tile, a vector of points and a broadcast coordinate: 32 of them with AVX-512, else 16.
#undef ORRERY_TILE_VECTORS
#undef ORRERY_TILE_ROWS
#if HWY_TARGET <= HWY_AVX3
#define ORRERY_TILE_VECTORS 3
#define ORRERY_TILE_ROWS 8
#else
#define ORRERY_TILE_VECTORS 2
#define ORRERY_TILE_ROWS 4
#endif
constexpr int kVectors = ORRERY_TILE_VECTORS;
constexpr int kRows = ORRERY_TILE_ROWS;

/// At most this many points of panels at a time, so that they stay in the first-level cache.
constexpr std::size_t kNearBytes = 24 * 1024;

/// 2^x for x ≤ 0, one unit in the last place or so; below the least normal number: about that number.
/// Adding a large number rounds x to an integer n in its low bits; 2^f for f = x − n is a polynomial
/// (interpolated at Chebyshev nodes on [−1/2, 1/2]); n is added to the exponent.
template <class D>
HWY_INLINE hn::Vec<D> Exp2(D d, hn::Vec<D> x) {
    using T = hn::TFromD<D>;
    const hn::RebindToSigned<D> di;
    constexpr bool kIsFloat = sizeof(T) == 4;
    const auto magic = hn::Set(d, static_cast<T>(kIsFloat ? 0x1.8p23 : 0x1.8p52));
    x = hn::Max(x, hn::Set(d, static_cast<T>(kIsFloat ? -126.0 : -1022.0)));
    const auto shifted = hn::Add(x, magic);
    const auto f = hn::Sub(x, hn::Sub(shifted, magic));
    hn::Vec<D> p;
    const auto next = [&](double c) HWY_ATTR { p = hn::MulAdd(p, f, hn::Set(d, static_cast<T>(c))); };
    if constexpr (kIsFloat) {
        p = hn::Set(d, static_cast<T>(0.0001546144469856913));
        next(0.0013400428177615838);
        next(0.009618056678524637);
        next(0.05550327226670302);
        next(0.24022650922288757);
        next(0.6931472067028326);
        next(1.0);
    } else {
        p = hn::Set(d, static_cast<T>(4.4558179083360645e-10));
        next(7.074194297288521e-09);
        next(1.0178057087733941e-07);
        next(1.3215432535912375e-06);
        next(1.5252733841556773e-05);
        next(0.00015403530463724353);
        next(0.001333355814640647);
        next(0.009618129107587256);
        next(0.055504108664821625);
        next(0.24022650695910158);
        next(0.6931471805599453);
        next(1.0);
    }
    const auto exponent = hn::ShiftLeft < kIsFloat ? 23 : 52 > (hn::BitCast(di, shifted));
    return hn::BitCast(d, hn::Add(hn::BitCast(di, p), exponent));
}

template <class D>
HWY_INLINE hn::Vec<D> Power(D d, hn::Vec<D> base, int degree) {
    auto result = hn::Set(d, hn::TFromD<D>(1));
    for (; degree > 0; degree >>= 1) {
        if (degree & 1) result = hn::Mul(result, base);
        base = hn::Mul(base, base);
    }
    return result;
}

/// tanh z = sign(z) (1 − e)/(1 + e) with e = 2^(−2|z| / ln 2).
template <class D>
HWY_INLINE hn::Vec<D> Tanh(D d, hn::Vec<D> z) {
    using T = hn::TFromD<D>;
    const auto e = Exp2(d, hn::Mul(hn::Abs(z), hn::Set(d, static_cast<T>(-2.8853900817779268))));
    const auto one = hn::Set(d, T(1));
    return hn::CopySign(hn::Div(hn::Sub(one, e), hn::Add(one, e)), z);
}

template <TileKind kKind, class D>
HWY_INLINE hn::Vec<D> Apply(D d, hn::Vec<D> s, const TileFunction& function) {
    using T = hn::TFromD<D>;
    if constexpr (kKind == TileKind::ExpSquare) return Exp2(d, hn::Neg(s));
    if constexpr (kKind == TileKind::ExpRoot) return Exp2(d, hn::Neg(hn::Sqrt(s)));
    if constexpr (kKind == TileKind::Product) return s;
    const auto z = hn::MulAdd(hn::Set(d, static_cast<T>(function.gamma)), s,
                              hn::Set(d, static_cast<T>(function.offset)));
    if constexpr (kKind == TileKind::Power) return Power(d, z, function.degree);
    return Tanh(d, z);
}

template <TileKind kKind, class D>
HWY_INLINE hn::Vec<D> Step(D d, hn::Vec<D> point, hn::Vec<D> row, hn::Vec<D> sum) {
    (void)d;
    if constexpr (kKind == TileKind::ExpSquare || kKind == TileKind::ExpRoot) {
        const auto difference = hn::Sub(point, row);
        return hn::MulAdd(difference, difference, sum);
    }
    return hn::MulAdd(point, row, sum);
}

/// One tile: kVectors vectors of points from `points` (a place in a panel) with kRows rows of a group; every
/// row of it goes to sink(row, vector, value).
template <TileKind kKind, class D, class Sink>
HWY_INLINE void Tile(D d, const TileBlock<hn::TFromD<D>>& block, std::size_t point, std::size_t row,
                     const Sink& sink) {
    using T = hn::TFromD<D>;
    const std::size_t lanes = hn::Lanes(d);
    const T* HWY_RESTRICT points = block.panels + point / kPanel * kPanel * block.depth + point % kPanel;
    const T* HWY_RESTRICT rows = block.rows + row / kGroup * kGroup * block.depth + row % kGroup;
    hn::Vec<D> sum[kRows][kVectors];
    for (int r = 0; r < kRows; ++r)
        for (int v = 0; v < kVectors; ++v)
            sum[r][v] = hn::Zero(d);
    for (std::size_t k = 0; k < block.depth; ++k, points += kPanel, rows += kGroup) {
        hn::Vec<D> x[kVectors];
        for (int v = 0; v < kVectors; ++v)
            x[v] = hn::LoadU(d, points + v * lanes);
        for (int r = 0; r < kRows; ++r) {
            const auto y = hn::Set(d, rows[r]);
            for (int v = 0; v < kVectors; ++v)
                sum[r][v] = Step<kKind>(d, x[v], y, sum[r][v]);
        }
    }
    for (int r = 0; r < kRows; ++r)
        for (int v = 0; v < kVectors; ++v)
            sink(r, v, Apply<kKind>(d, sum[r][v], block.function));
}

/// Visits the tiles of a block: few panels at a time, all rows with them.
template <class T, class Visit>
HWY_INLINE void ForTiles(const TileBlock<T>& block, std::size_t width, const Visit& visit) {
    const std::size_t bytes = kPanel * sizeof(T) * (block.depth + 1);
    const std::size_t near = kPanel * (bytes < kNearBytes ? kNearBytes / bytes : 1);
    for (std::size_t from = block.first; from < block.last; from += near) {
        const std::size_t to = from + near < block.last ? from + near : block.last;
        for (std::size_t row = 0; row < block.count; row += kRows)
            for (std::size_t point = from; point < to; point += width)
                visit(point, row);
    }
}

HWY_INLINE void StoreFloat(hn::ScalableTag<float> d, hn::Vec<hn::ScalableTag<float>> v, float* to) {
    hn::StoreU(v, d, to);
}
HWY_INLINE void StoreFloat(hn::ScalableTag<double> d, hn::Vec<hn::ScalableTag<double>> v, float* to) {
    const hn::Rebind<float, hn::ScalableTag<double>> narrow;
    (void)d;
    hn::StoreU(hn::DemoteTo(narrow, v), narrow, to);
}

/// To a float, or to the nearest fixed-point number of 16 bits.
template <class D>
HWY_INLINE void Store(D d, hn::Vec<D> v, float* to) {
    StoreFloat(d, v, to);
}
template <class D>
HWY_INLINE void Store(D d, hn::Vec<D> v, std::uint16_t* to) {
    const auto scaled = hn::Mul(v, hn::Set(d, static_cast<hn::TFromD<D>>(kFixedOne)));
    const hn::Rebind<std::uint16_t, D> narrow;
    const hn::Rebind<std::int32_t, D> middle;
    if constexpr (sizeof(hn::TFromD<D>) == 4)
        hn::StoreU(hn::DemoteTo(narrow, hn::NearestInt(scaled)), narrow, to);
    else
        hn::StoreU(hn::DemoteTo(narrow, hn::DemoteTo(middle, hn::Round(scaled))), narrow, to);
}

template <TileKind kKind, class T, class Value>
HWY_NOINLINE void Values(const TileBlock<T>& block, Value* const* values) {
    const hn::ScalableTag<T> d;
    const std::size_t lanes = hn::Lanes(d);
    ForTiles(block, kVectors * lanes, [&](std::size_t point, std::size_t row) HWY_ATTR {
        Value* out[kRows];
        const std::size_t wanted = block.count - row;
        for (std::size_t r = 0; r < kRows; ++r)
            out[r] = values[r < wanted ? row + r : row] + point;
        Tile<kKind>(d, block, point, row, [&](int r, int v, auto value) HWY_ATTR {
            if (static_cast<std::size_t>(r) < wanted) Store(d, value, out[r] + v * lanes);
        });
    });
}

using Wide = hn::ScalableTag<double>;

/// Sums of one vector of points in double. No initialisers: a constructor would not be compiled for this
/// instruction set.
template <class T>
struct Total;
template <>
struct Total<double> {
    hn::Vec<Wide> sum;
    HWY_INLINE void Clear() { sum = hn::Zero(Wide()); }
    HWY_INLINE void Add(hn::Vec<Wide> value, hn::Vec<Wide> factor) { sum = hn::MulAdd(value, factor, sum); }
    HWY_INLINE void AddTo(double* to) const { hn::StoreU(hn::Add(hn::LoadU(Wide(), to), sum), Wide(), to); }
};
template <>
struct Total<float> {
    using Narrow = hn::ScalableTag<float>;
    Total<double> lower, upper;
    HWY_INLINE void Clear() {
        lower.Clear();
        upper.Clear();
    }
    HWY_INLINE void Add(hn::Vec<Narrow> value, hn::Vec<Wide> factor) {
        const hn::Half<Narrow> half;
        lower.Add(hn::PromoteTo(Wide(), hn::LowerHalf(half, value)), factor);
        upper.Add(hn::PromoteTo(Wide(), hn::UpperHalf(half, value)), factor);
    }
    HWY_INLINE void AddTo(double* to) const {
        lower.AddTo(to);
        upper.AddTo(to + hn::Lanes(Wide()));
    }
};

template <TileKind kKind, class T>
HWY_NOINLINE void Sums(const TileBlock<T>& block, const double* factors, double* sums) {
    const hn::ScalableTag<T> d;
    const std::size_t lanes = hn::Lanes(d);
    ForTiles(block, kVectors * lanes, [&](std::size_t point, std::size_t row) HWY_ATTR {
        Total<T> total[kVectors];
        for (auto& t : total)
            t.Clear();
        Tile<kKind>(d, block, point, row, [&](int r, int v, auto value) HWY_ATTR {
            total[v].Add(value, hn::Set(Wide(), factors[row + static_cast<std::size_t>(r)]));
        });
        for (int v = 0; v < kVectors; ++v)
            total[v].AddTo(sums + point + static_cast<std::size_t>(v) * lanes);
    });
}

template <class T, class Run>
HWY_INLINE void Choose(TileKind kind, const Run& run) {
    switch (kind) {
    case TileKind::ExpSquare:
        return run.template operator()<TileKind::ExpSquare>();
    case TileKind::ExpRoot:
        return run.template operator()<TileKind::ExpRoot>();
    case TileKind::Product:
        return run.template operator()<TileKind::Product>();
    case TileKind::Power:
        return run.template operator()<TileKind::Power>();
    case TileKind::HyperbolicTangent:
        return run.template operator()<TileKind::HyperbolicTangent>();
    }
}

void ValuesFloat(const TileBlock<float>& block, float* const* values) {
    Choose<float>(block.function.kind, [&]<TileKind kKind>() { Values<kKind>(block, values); });
}
void ValuesDouble(const TileBlock<double>& block, float* const* values) {
    Choose<double>(block.function.kind, [&]<TileKind kKind>() { Values<kKind>(block, values); });
}
void FixedFloat(const TileBlock<float>& block, std::uint16_t* const* values) {
    Choose<float>(block.function.kind, [&]<TileKind kKind>() { Values<kKind>(block, values); });
}
void FixedDouble(const TileBlock<double>& block, std::uint16_t* const* values) {
    Choose<double>(block.function.kind, [&]<TileKind kKind>() { Values<kKind>(block, values); });
}
void SumsFloat(const TileBlock<float>& block, const double* factors, double* sums) {
    Choose<float>(block.function.kind, [&]<TileKind kKind>() { Sums<kKind>(block, factors, sums); });
}
void SumsDouble(const TileBlock<double>& block, const double* factors, double* sums) {
    Choose<double>(block.function.kind, [&]<TileKind kKind>() { Sums<kKind>(block, factors, sums); });
}

constexpr std::size_t kRowsAtOnce = 8;

template <std::size_t kCount>
HWY_INLINE void AddSome(const float* const* rows, const double* factors, double* HWY_RESTRICT sums,
                        std::size_t first, std::size_t last) {
    const hn::ScalableTag<double> d;
    const hn::Rebind<float, decltype(d)> narrow;
    const std::size_t lanes = hn::Lanes(d);
    for (std::size_t i = first; i < last; i += lanes) {
        auto sum = hn::LoadU(d, sums + i);
        for (std::size_t r = 0; r < kCount; ++r)
            sum = hn::MulAdd(hn::Set(d, factors[r]), hn::PromoteTo(d, hn::LoadU(narrow, rows[r] + i)), sum);
        hn::StoreU(sum, d, sums + i);
    }
}

void AddRows(const float* const* rows, const double* factors, std::size_t count, double* sums,
             std::size_t first, std::size_t last) {
    std::size_t r = 0;
    for (; r + kRowsAtOnce <= count; r += kRowsAtOnce)
        AddSome<kRowsAtOnce>(rows + r, factors + r, sums, first, last);
    for (; r < count; ++r)
        AddSome<1>(rows + r, factors + r, sums, first, last);
}

template <std::size_t kCount>
HWY_INLINE void AddSomeFixed(const std::uint16_t* const* rows, const double* factors,
                             double* HWY_RESTRICT sums, std::size_t first, std::size_t last) {
    const hn::ScalableTag<float> d;
    const hn::RebindToSigned<decltype(d)> integers;
    const hn::Rebind<std::uint16_t, decltype(d)> narrow;
    const hn::Half<decltype(d)> half;
    const Wide wide;
    const std::size_t lanes = hn::Lanes(d);
    hn::Vec<decltype(d)> factor[kCount];
    for (std::size_t r = 0; r < kCount; ++r)
        factor[r] = hn::Set(d, static_cast<float>(factors[r] / kFixedOne));
    for (std::size_t i = first; i < last; i += lanes) {
        auto sum = hn::Zero(d);
        for (std::size_t r = 0; r < kCount; ++r)
            sum = hn::MulAdd(factor[r],
                             hn::ConvertTo(d, hn::PromoteTo(integers, hn::LoadU(narrow, rows[r] + i))), sum);
        double* const to = sums + i;
        hn::StoreU(hn::Add(hn::LoadU(wide, to), hn::PromoteTo(wide, hn::LowerHalf(half, sum))), wide, to);
        double* const upper = to + hn::Lanes(wide);
        hn::StoreU(hn::Add(hn::LoadU(wide, upper), hn::PromoteTo(wide, hn::UpperHalf(half, sum))), wide,
                   upper);
    }
}

void AddFixedRows(const std::uint16_t* const* rows, const double* factors, std::size_t count, double* sums,
                  std::size_t first, std::size_t last) {
    std::size_t r = 0;
    for (; r + kRowsAtOnce <= count; r += kRowsAtOnce)
        AddSomeFixed<kRowsAtOnce>(rows + r, factors + r, sums, first, last);
    for (; r < count; ++r)
        AddSomeFixed<1>(rows + r, factors + r, sums, first, last);
}

} // namespace orrery::svm::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace orrery::svm::fast {

HWY_EXPORT(ValuesFloat);
HWY_EXPORT(ValuesDouble);
HWY_EXPORT(SumsFloat);
HWY_EXPORT(SumsDouble);
HWY_EXPORT(AddRows);
HWY_EXPORT(FixedFloat);
HWY_EXPORT(FixedDouble);
HWY_EXPORT(AddFixedRows);

void kernelValues(const TileBlock<float>& block, float* const* values) {
    HWY_DYNAMIC_DISPATCH(ValuesFloat)(block, values);
}
void kernelValues(const TileBlock<double>& block, float* const* values) {
    HWY_DYNAMIC_DISPATCH(ValuesDouble)(block, values);
}
void kernelSums(const TileBlock<float>& block, const double* factors, double* sums) {
    HWY_DYNAMIC_DISPATCH(SumsFloat)(block, factors, sums);
}
void kernelSums(const TileBlock<double>& block, const double* factors, double* sums) {
    HWY_DYNAMIC_DISPATCH(SumsDouble)(block, factors, sums);
}
void addRows(const float* const* rows, const double* factors, std::size_t count, double* sums,
             std::size_t first, std::size_t last) {
    HWY_DYNAMIC_DISPATCH(AddRows)(rows, factors, count, sums, first, last);
}
void kernelFixed(const TileBlock<float>& block, std::uint16_t* const* values) {
    HWY_DYNAMIC_DISPATCH(FixedFloat)(block, values);
}
void kernelFixed(const TileBlock<double>& block, std::uint16_t* const* values) {
    HWY_DYNAMIC_DISPATCH(FixedDouble)(block, values);
}
void addRows(const std::uint16_t* const* rows, const double* factors, std::size_t count, double* sums,
             std::size_t first, std::size_t last) {
    HWY_DYNAMIC_DISPATCH(AddFixedRows)(rows, factors, count, sums, first, last);
}

} // namespace orrery::svm::fast
#endif
