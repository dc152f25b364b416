// Compiled once for each instruction set by Highway; only plain pointers in here, so that no inline function
// of another header is instantiated under the wrong flags.
#include "core/linear/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/linear/kernels.cpp"
#include <hwy/foreach_target.h>
// must come after foreach_target.h
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace orrery::linear::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Real = hn::ScalableTag<double>;

/// Rows of a Gram tile that stay in the first-level cache: 7 columns of 4 KiB.
constexpr std::size_t kGramRows = 512;

double Dot(const double* HWY_RESTRICT a, const double* HWY_RESTRICT b, std::size_t size) {
    const Real d;
    const std::size_t lanes = hn::Lanes(d);
    auto s0 = hn::Zero(d), s1 = hn::Zero(d), s2 = hn::Zero(d), s3 = hn::Zero(d);
    std::size_t i = 0;
    for (; i + 4 * lanes <= size; i += 4 * lanes) {
        s0 = hn::MulAdd(hn::LoadU(d, a + i), hn::LoadU(d, b + i), s0);
        s1 = hn::MulAdd(hn::LoadU(d, a + i + lanes), hn::LoadU(d, b + i + lanes), s1);
        s2 = hn::MulAdd(hn::LoadU(d, a + i + 2 * lanes), hn::LoadU(d, b + i + 2 * lanes), s2);
        s3 = hn::MulAdd(hn::LoadU(d, a + i + 3 * lanes), hn::LoadU(d, b + i + 3 * lanes), s3);
    }
    for (; i + lanes <= size; i += lanes)
        s0 = hn::MulAdd(hn::LoadU(d, a + i), hn::LoadU(d, b + i), s0);
    double sum = hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(s0, s1), hn::Add(s2, s3))));
    for (; i < size; ++i)
        sum += a[i] * b[i];
    return sum;
}

void AddScaled(double factor, const double* HWY_RESTRICT x, double* HWY_RESTRICT y, std::size_t size) {
    const Real d;
    const std::size_t lanes = hn::Lanes(d);
    const auto f = hn::Set(d, factor);
    std::size_t i = 0;
    for (; i + lanes <= size; i += lanes)
        hn::StoreU(hn::MulAdd(f, hn::LoadU(d, x + i), hn::LoadU(d, y + i)), d, y + i);
    for (; i < size; ++i)
        y[i] += factor * x[i];
}

/// Four columns share each load of v. Two accumulators a column, whether in a group or alone.
template <int kCount>
HWY_INLINE void Products(const double* const* HWY_RESTRICT x, std::size_t rows, const double* HWY_RESTRICT v,
                         double* HWY_RESTRICT out) {
    const Real d;
    const std::size_t lanes = hn::Lanes(d);
    hn::Vec<Real> even[kCount], odd[kCount];
    for (int c = 0; c < kCount; ++c)
        even[c] = odd[c] = hn::Zero(d);
    std::size_t i = 0;
    for (; i + 2 * lanes <= rows; i += 2 * lanes) {
        const auto v0 = hn::LoadU(d, v + i), v1 = hn::LoadU(d, v + i + lanes);
        for (int c = 0; c < kCount; ++c) {
            even[c] = hn::MulAdd(hn::LoadU(d, x[c] + i), v0, even[c]);
            odd[c] = hn::MulAdd(hn::LoadU(d, x[c] + i + lanes), v1, odd[c]);
        }
    }
    for (int c = 0; c < kCount; ++c) {
        double sum = hn::GetLane(hn::SumOfLanes(d, hn::Add(even[c], odd[c])));
        for (std::size_t k = i; k < rows; ++k)
            sum += x[c][k] * v[k];
        out[c] = sum;
    }
}

void ColumnProducts(const double* matrix, std::size_t rows, const int* columns, std::size_t count,
                    const double* v, double* out) {
    std::size_t k = 0;
    const auto column = [&](std::size_t at) { return matrix + static_cast<std::size_t>(columns[at]) * rows; };
    for (; k + 4 <= count; k += 4) {
        const double* group[4] = {column(k), column(k + 1), column(k + 2), column(k + 3)};
        Products<4>(group, rows, v, out + k);
    }
    for (; k < count; ++k) {
        const double* single[1] = {column(k)};
        Products<1>(single, rows, v, out + k);
    }
}

double LargestMagnitude(const double* x, std::size_t size) {
    const Real d;
    const std::size_t lanes = hn::Lanes(d);
    auto largest = hn::Zero(d);
    std::size_t i = 0;
    for (; i + lanes <= size; i += lanes)
        largest = hn::Max(largest, hn::Abs(hn::LoadU(d, x + i)));
    double result = hn::GetLane(hn::MaxOfLanes(d, largest));
    for (; i < size; ++i) {
        const double magnitude = x[i] < 0.0 ? -x[i] : x[i];
        if (magnitude > result) result = magnitude;
    }
    return result;
}

Rest RestBeside(double factor, const double* HWY_RESTRICT x, const double* HWY_RESTRICT y, std::size_t size) {
    const Real d;
    const std::size_t lanes = hn::Lanes(d);
    const auto f = hn::Set(d, factor);
    auto even = hn::Zero(d), odd = hn::Zero(d), largest = hn::Zero(d);
    std::size_t i = 0;
    for (; i + 2 * lanes <= size; i += 2 * lanes) {
        const auto a = hn::NegMulAdd(f, hn::LoadU(d, x + i), hn::LoadU(d, y + i));
        const auto b = hn::NegMulAdd(f, hn::LoadU(d, x + i + lanes), hn::LoadU(d, y + i + lanes));
        even = hn::MulAdd(a, a, even);
        odd = hn::MulAdd(b, b, odd);
        largest = hn::Max(largest, hn::Max(hn::Abs(a), hn::Abs(b)));
    }
    Rest rest{hn::GetLane(hn::SumOfLanes(d, hn::Add(even, odd))), hn::GetLane(hn::MaxOfLanes(d, largest))};
    for (; i < size; ++i) {
        const double e = y[i] - factor * x[i], magnitude = e < 0.0 ? -e : e;
        rest.square += e * e;
        if (magnitude > rest.largest) rest.largest = magnitude;
    }
    return rest;
}

Rounded RoundColumn(const double* x, std::size_t size, double quantum, std::int16_t* out) {
    const Real d;
    const hn::Rebind<std::int32_t, Real> whole;
    const hn::Rebind<std::int16_t, Real> small;
    const std::size_t lanes = hn::Lanes(d);
    const double inverse = quantum > 0.0 ? 1.0 / quantum : 0.0;
    auto error = hn::Zero(d), square = hn::Zero(d);
    std::size_t i = 0;
    for (; i + lanes <= size; i += lanes) {
        const auto value = hn::LoadU(d, x + i);
        const auto multiple = hn::DemoteTo(whole, hn::Round(hn::Mul(value, hn::Set(d, inverse))));
        const auto rest = hn::NegMulAdd(hn::PromoteTo(d, multiple), hn::Set(d, quantum), value);
        error = hn::MulAdd(rest, rest, error);
        square = hn::MulAdd(value, value, square);
        hn::StoreU(hn::DemoteTo(small, multiple), small, out + i);
    }
    Rounded result{hn::GetLane(hn::SumOfLanes(d, error)), hn::GetLane(hn::SumOfLanes(d, square))};
    for (; i < size; ++i) {
        const double scaled = x[i] * inverse;
        out[i] = static_cast<std::int16_t>(scaled < 0.0 ? scaled - 0.5 : scaled + 0.5);
        const double rest = x[i] - quantum * out[i];
        result.errorSquare += rest * rest;
        result.square += x[i] * x[i];
    }
    return result;
}

template <int kCount>
HWY_INLINE void Shorts(const std::int16_t* const* HWY_RESTRICT x, std::size_t stride,
                       const float* HWY_RESTRICT v, double* HWY_RESTRICT out) {
    const hn::ScalableTag<float> d;
    const hn::Rebind<std::int32_t, decltype(d)> whole;
    const hn::Rebind<std::int16_t, decltype(d)> small;
    const std::size_t lanes = hn::Lanes(d);
    hn::Vec<decltype(d)> even[kCount], odd[kCount];
    for (int c = 0; c < kCount; ++c)
        even[c] = odd[c] = hn::Zero(d);
    for (std::size_t i = 0; i < stride; i += 2 * lanes) {
        const auto v0 = hn::LoadU(d, v + i), v1 = hn::LoadU(d, v + i + lanes);
        for (int c = 0; c < kCount; ++c) {
            const auto x0 = hn::PromoteTo(whole, hn::LoadU(small, x[c] + i));
            const auto x1 = hn::PromoteTo(whole, hn::LoadU(small, x[c] + i + lanes));
            even[c] = hn::MulAdd(hn::ConvertTo(d, x0), v0, even[c]);
            odd[c] = hn::MulAdd(hn::ConvertTo(d, x1), v1, odd[c]);
        }
    }
    for (int c = 0; c < kCount; ++c)
        out[c] = static_cast<double>(hn::GetLane(hn::SumOfLanes(d, hn::Add(even[c], odd[c]))));
}

void ShortProducts(const std::int16_t* matrix, std::size_t stride, const int* columns, std::size_t count,
                   const float* v, double* out) {
    std::size_t k = 0;
    const auto column = [&](std::size_t at) {
        return matrix + static_cast<std::size_t>(columns[at]) * stride;
    };
    for (; k + 4 <= count; k += 4) {
        const std::int16_t* group[4] = {column(k), column(k + 1), column(k + 2), column(k + 3)};
        Shorts<4>(group, stride, v, out + k);
    }
    for (; k < count; ++k) {
        const std::int16_t* single[1] = {column(k)};
        Shorts<1>(single, stride, v, out + k);
    }
}

/// Adds rows [begin, end) to a tile of kLeft × kRight entries; each entry is one chain over the rows.
template <int kLeft, int kRight>
HWY_INLINE void Tile(const GramBlock& block, std::size_t left, std::size_t right, std::size_t begin,
                     std::size_t end) {
    const Real d;
    const std::size_t lanes = hn::Lanes(d);
    hn::Vec<Real> sum[kLeft][kRight];
    const double* a[kLeft];
    const double* b[kRight];
    for (int i = 0; i < kLeft; ++i)
        a[i] = block.left[left + i];
    for (int j = 0; j < kRight; ++j)
        b[j] = block.right[right + j];
    for (int i = 0; i < kLeft; ++i)
        for (int j = 0; j < kRight; ++j)
            sum[i][j] = hn::Zero(d);
    std::size_t k = begin;
    for (; k + lanes <= end; k += lanes) {
        hn::Vec<Real> vb[kRight];
        for (int j = 0; j < kRight; ++j)
            vb[j] = hn::LoadU(d, b[j] + k);
        for (int i = 0; i < kLeft; ++i) {
            const auto va = hn::LoadU(d, a[i] + k);
            for (int j = 0; j < kRight; ++j)
                sum[i][j] = hn::MulAdd(va, vb[j], sum[i][j]);
        }
    }
    for (int i = 0; i < kLeft; ++i)
        for (int j = 0; j < kRight; ++j) {
            double total = hn::GetLane(hn::SumOfLanes(d, sum[i][j]));
            for (std::size_t t = k; t < end; ++t)
                total += a[i][t] * b[j][t];
            block.out[left + i + (right + j) * block.stride] += total;
        }
}

template <int kLeft>
HWY_INLINE void TileRow(const GramBlock& block, std::size_t left, std::size_t begin, std::size_t end) {
    std::size_t right = 0;
    for (; right + 3 <= block.rightCount; right += 3)
        Tile<kLeft, 3>(block, left, right, begin, end);
    if (right + 2 == block.rightCount) Tile<kLeft, 2>(block, left, right, begin, end);
    if (right + 1 == block.rightCount) Tile<kLeft, 1>(block, left, right, begin, end);
}

void GramBlockSum(const GramBlock& block) {
    for (std::size_t j = 0; j < block.rightCount; ++j)
        for (std::size_t i = 0; i < block.leftCount; ++i)
            block.out[i + j * block.stride] = 0.0;
    for (std::size_t begin = 0; begin < block.rows; begin += kGramRows) {
        const std::size_t end = begin + kGramRows < block.rows ? begin + kGramRows : block.rows;
        std::size_t left = 0;
        for (; left + 4 <= block.leftCount; left += 4)
            TileRow<4>(block, left, begin, end);
        for (; left < block.leftCount; ++left)
            TileRow<1>(block, left, begin, end);
    }
    for (std::size_t j = 0; j < block.rightCount; ++j)
        for (std::size_t i = 0; i < block.leftCount; ++i)
            block.out[i + j * block.stride] *= block.scale;
}

void ForwardRows(double* rows, std::size_t stride, std::size_t old, std::size_t count) {
    for (std::size_t i = 0; i < old; ++i) {
        const double* mine = rows + i * stride;
        for (std::size_t r = old; r < old + count; ++r) {
            double* row = rows + r * stride;
            row[i] = (row[i] - Dot(mine, row, i)) / mine[i];
        }
    }
}

void AddColumns(const double* matrix, std::size_t stride, const int* slots, const double* factors,
                std::size_t count, double* HWY_RESTRICT y, std::size_t size) {
    const Real d;
    const std::size_t lanes = hn::Lanes(d);
    std::size_t k = 0;
    const auto column = [&](std::size_t at) { return matrix + static_cast<std::size_t>(slots[at]) * stride; };
    for (; k + 4 <= count; k += 4) {
        const double *a = column(k), *b = column(k + 1), *c = column(k + 2), *e = column(k + 3);
        const auto fa = hn::Set(d, factors[k]), fb = hn::Set(d, factors[k + 1]),
                   fc = hn::Set(d, factors[k + 2]), fe = hn::Set(d, factors[k + 3]);
        std::size_t i = 0;
        for (; i + lanes <= size; i += lanes) {
            auto sum = hn::MulAdd(fa, hn::LoadU(d, a + i), hn::LoadU(d, y + i));
            sum = hn::MulAdd(fb, hn::LoadU(d, b + i), sum);
            sum = hn::MulAdd(fc, hn::LoadU(d, c + i), sum);
            hn::StoreU(hn::MulAdd(fe, hn::LoadU(d, e + i), sum), d, y + i);
        }
        for (; i < size; ++i)
            y[i] += factors[k] * a[i] + factors[k + 1] * b[i] + factors[k + 2] * c[i] + factors[k + 3] * e[i];
    }
    for (; k < count; ++k)
        AddScaled(factors[k], column(k), y, size);
}

HWY_INLINE double Shrunk(double z, double threshold) {
    return z > threshold ? z - threshold : z < -threshold ? z + threshold : 0.0;
}

HWY_INLINE double Magnitude(double x) {
    return x < 0.0 ? -x : x;
}

HWY_INLINE bool IsRounding(const SweepData& data, std::size_t j, double before, double after) {
    return after == before || (after != 0.0 && Magnitude(after - before) * data.norm[j] <= data.deadZone);
}

HWY_INLINE void Note(SweepResult& result, double norm, double delta) {
    const double size = norm * Magnitude(delta);
    if (size > result.largestMove) result.largestMove = size;
    ++result.moved;
}

SweepResult SweepGram(const SweepData& data, const double* HWY_RESTRICT gram, std::size_t stride,
                      double* HWY_RESTRICT gradient, std::size_t from, std::size_t to) {
    SweepResult result;
    for (std::size_t j = from; j < to; ++j) {
        const double before = data.value[j];
        const double rho = gradient[j] + data.norm[j] * before;
        const double after = Shrunk(rho, data.threshold) * data.inverseDenominator[j];
        result.rho = rho;
        result.before = before;
        if (IsRounding(data, j, before, after)) continue;
        data.value[j] = after;
        AddScaled(before - after, gram + j * stride, gradient, data.size);
        Note(result, data.norm[j], after - before);
    }
    return result;
}

SweepResult SweepResidual(const SweepData& data, const double* const* columns, std::size_t rows,
                          double* HWY_RESTRICT residual, std::size_t from, std::size_t to) {
    SweepResult result;
    const double scale = 1.0 / static_cast<double>(rows);
    for (std::size_t j = from; j < to; ++j) {
        const double before = data.value[j];
        const double rho = Dot(columns[j], residual, rows) * scale + data.norm[j] * before;
        const double after = Shrunk(rho, data.threshold) * data.inverseDenominator[j];
        result.rho = rho;
        result.before = before;
        if (IsRounding(data, j, before, after)) continue;
        data.value[j] = after;
        AddScaled(before - after, columns[j], residual, rows);
        Note(result, data.norm[j], after - before);
    }
    return result;
}

} // namespace orrery::linear::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace orrery::linear::kernels {

HWY_EXPORT(Dot);
HWY_EXPORT(AddScaled);
HWY_EXPORT(ColumnProducts);
HWY_EXPORT(LargestMagnitude);
HWY_EXPORT(RestBeside);
HWY_EXPORT(RoundColumn);
HWY_EXPORT(ShortProducts);
HWY_EXPORT(GramBlockSum);
HWY_EXPORT(ForwardRows);
HWY_EXPORT(AddColumns);
HWY_EXPORT(SweepGram);
HWY_EXPORT(SweepResidual);

double dot(const double* a, const double* b, std::size_t size) {
    return HWY_DYNAMIC_DISPATCH(Dot)(a, b, size);
}

void addScaled(double factor, const double* x, double* y, std::size_t size) {
    HWY_DYNAMIC_DISPATCH(AddScaled)(factor, x, y, size);
}

void columnProducts(const double* matrix, std::size_t rows, const int* columns, std::size_t count,
                    const double* v, double* out) {
    HWY_DYNAMIC_DISPATCH(ColumnProducts)(matrix, rows, columns, count, v, out);
}

double largestMagnitude(const double* x, std::size_t size) {
    return HWY_DYNAMIC_DISPATCH(LargestMagnitude)(x, size);
}

Rest restBeside(double factor, const double* x, const double* y, std::size_t size) {
    return HWY_DYNAMIC_DISPATCH(RestBeside)(factor, x, y, size);
}

Rounded roundColumn(const double* x, std::size_t size, double quantum, std::int16_t* out) {
    return HWY_DYNAMIC_DISPATCH(RoundColumn)(x, size, quantum, out);
}

void shortProducts(const std::int16_t* matrix, std::size_t stride, const int* columns, std::size_t count,
                   const float* v, double* out) {
    HWY_DYNAMIC_DISPATCH(ShortProducts)(matrix, stride, columns, count, v, out);
}

void gramBlock(const GramBlock& block) {
    HWY_DYNAMIC_DISPATCH(GramBlockSum)(block);
}

void forwardRows(double* rows, std::size_t stride, std::size_t old, std::size_t count) {
    HWY_DYNAMIC_DISPATCH(ForwardRows)(rows, stride, old, count);
}

void addColumns(const double* matrix, std::size_t stride, const int* slots, const double* factors,
                std::size_t count, double* y, std::size_t size) {
    HWY_DYNAMIC_DISPATCH(AddColumns)(matrix, stride, slots, factors, count, y, size);
}

SweepResult sweepGram(const SweepData& data, const double* gram, std::size_t stride, double* gradient,
                      std::size_t from, std::size_t to) {
    return HWY_DYNAMIC_DISPATCH(SweepGram)(data, gram, stride, gradient, from, to);
}

SweepResult sweepResidual(const SweepData& data, const double* const* columns, std::size_t rows,
                          double* residual, std::size_t from, std::size_t to) {
    return HWY_DYNAMIC_DISPATCH(SweepResidual)(data, columns, rows, residual, from, to);
}

} // namespace orrery::linear::kernels
#endif
