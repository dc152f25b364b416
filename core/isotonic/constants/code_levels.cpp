// The four are spelled out rather than made from one template: what differs between them is what is measured.
#include "core/isotonic/constants/code_levels.h"

#include <algorithm>

namespace orrery::isotonic {

namespace {

class BoxedDouble final : public Number {
  public:
    explicit BoxedDouble(double value) : m_value(value) {}
    [[nodiscard]] bool isAtLeast(const Number& other) const override { return m_value >= other.value(); }
    [[nodiscard]] bool equals(const Number& other) const override { return m_value == other.value(); }
    [[nodiscard]] std::unique_ptr<Number> plus(const Number& other) const override {
        return std::make_unique<BoxedDouble>(m_value + other.value());
    }
    [[nodiscard]] std::unique_ptr<Number> over(const Number& other) const override {
        return std::make_unique<BoxedDouble>(m_value / other.value());
    }
    [[nodiscard]] double value() const override { return m_value; }

  private:
    double m_value;
};

} // namespace

NumberList boxed(std::span<const double> values) {
    NumberList list;
    list.reserve(values.size());
    for (const double value : values)
        list.push_back(std::make_unique<BoxedDouble>(value));
    return list;
}

std::vector<double> unboxed(const NumberList& values) {
    std::vector<double> out;
    out.reserve(values.size());
    for (const auto& value : values)
        out.push_back(value->value());
    return out;
}

std::int64_t sweepBoxed(NumberList& values) {
    std::int64_t sweeps = 0;
    for (bool pooled = true; pooled; ++sweeps) {
        pooled = false;
        std::size_t last = 0;
        for (std::size_t first = 0; first < values.size(); first = last + 1) {
            last = first;
            while (last + 1 < values.size() && values.at(last)->isAtLeast(*values.at(last + 1)))
                ++last;
            if (values.at(first)->equals(*values.at(last))) continue;
            std::unique_ptr<Number> sum = std::make_unique<BoxedDouble>(0.0);
            std::unique_ptr<Number> count = std::make_unique<BoxedDouble>(0.0);
            const BoxedDouble one(1.0);
            for (std::size_t i = first; i <= last; ++i) {
                sum = sum->plus(*values.at(i));
                count = count->plus(one);
            }
            for (std::size_t i = first; i <= last; ++i)
                values.at(i) = sum->over(*count);
            pooled = true;
        }
    }
    return sweeps;
}

std::int64_t sweepChecked(std::vector<double>& values) {
    std::int64_t sweeps = 0;
    for (bool pooled = true; pooled; ++sweeps) {
        pooled = false;
        std::size_t last = 0;
        for (std::size_t first = 0; first < values.size(); first = last + 1) {
            last = first;
            while (last + 1 < values.size() && values.at(last) >= values.at(last + 1))
                ++last;
            if (values.at(first) == values.at(last)) continue;
            double sum = 0.0;
            for (std::size_t i = first; i <= last; ++i)
                sum += values.at(i);
            for (std::size_t i = first; i <= last; ++i)
                values.at(i) = sum / static_cast<double>(last - first + 1);
            pooled = true;
        }
    }
    return sweeps;
}

std::int64_t sweepUnchecked(double* values, std::size_t size) {
    std::int64_t sweeps = 0;
    for (bool pooled = true; pooled; ++sweeps) {
        pooled = false;
        std::size_t last = 0;
        for (std::size_t first = 0; first < size; first = last + 1) {
            last = first;
            while (last + 1 < size && values[last] >= values[last + 1])
                ++last;
            if (values[first] == values[last]) continue;
            double sum = 0.0;
            for (std::size_t i = first; i <= last; ++i)
                sum += values[i];
            std::fill(values + first, values + last + 1, sum / static_cast<double>(last - first + 1));
            pooled = true;
        }
    }
    return sweeps;
}

namespace {

constexpr std::size_t kAtOnce = 64;
constexpr std::size_t kLanes = 8;

/// The first i ≥ from with i + 1 = size or in order with its neighbour, or out of it.
template <bool kInOrder>
std::size_t nextPair(const double* values, std::size_t from, std::size_t size) {
    while (from + kAtOnce < size) {
        unsigned found = 0; // no branch within: the compiler compares whole vectors
        for (std::size_t i = from; i < from + kAtOnce; ++i)
            found |= static_cast<unsigned>((values[i] < values[i + 1]) == kInOrder);
        if (found != 0) break;
        from += kAtOnce;
    }
    while (from + 1 < size && (values[from] < values[from + 1]) != kInOrder)
        ++from;
    return from;
}

double sumOf(const double* values, std::size_t size) {
    double lanes[kLanes] = {};
    std::size_t i = 0;
    for (; i + kLanes <= size; i += kLanes)
        for (std::size_t lane = 0; lane < kLanes; ++lane)
            lanes[lane] += values[i + lane];
    double sum = 0.0;
    for (; i < size; ++i)
        sum += values[i];
    for (const double lane : lanes)
        sum += lane;
    return sum;
}

} // namespace

std::int64_t sweepVector(double* values, std::size_t size) {
    std::int64_t sweeps = 0;
    for (bool pooled = true; pooled; ++sweeps) {
        pooled = false;
        std::size_t last = 0;
        // Points in order are passed over 64 at a time.
        for (std::size_t first = nextPair<false>(values, 0, size); first + 1 < size;
             first = nextPair<false>(values, last + 1, size)) {
            last = nextPair<true>(values, first, size);
            if (values[first] == values[last]) continue;
            const auto count = last - first + 1;
            std::fill(values + first, values + last + 1,
                      sumOf(values + first, count) / static_cast<double>(count));
            pooled = true;
        }
    }
    return sweeps;
}

} // namespace orrery::isotonic
