#include "core/isotonic/shapes.h"

#include "core/isotonic/radix_sort.h"
#include "core/support/rng.h"

#include <cmath>

namespace orrery::isotonic {

namespace {

struct ShapeText {
    std::string_view id;
    std::string_view label;
    std::string_view formula;
};

ShapeText textOf(Shape shape) {
    switch (shape) {
    case Shape::PerturbedLog:
        return {"perturbed_log", "Perturbed log", "y = R + 50 log(1 + i), R a whole number from −50 to 49"};
    case Shape::Logistic:
        return {"logistic", "Logistic", "x ~ N(0, 1) in order, y = 1 with probability 1/(1 + e^−x)"};
    case Shape::Pathological:
        return {"pathological", "Pathological", "y = 0 … k−1, −(k−1) … k−1, −(k−1) … 0"};
    case Shape::Alternating:
        return {"alternating", "Alternating", "y = n − i, less 1.5 where i is odd"};
    case Shape::NoisyLine:
        return {"noisy_line", "Noisy line", "y = i + 50 N(0, 1)"};
    case Shape::NoisyLog:
        return {"noisy_log", "Noisy log", "y = log(1 + i) + N(0, 1)/2"};
    case Shape::Reversed:
        return {"reversed", "Reversed", "y = n − i"};
    case Shape::Bernoulli:
        return {"bernoulli", "Bernoulli", "y = 1 with probability i/n"};
    }
    return {};
}

double pathological(std::size_t i, std::size_t n) {
    const auto k = static_cast<double>(n / 4 + 1);
    const auto at = static_cast<double>(i);
    if (at < k) return at;
    if (at < 3.0 * k - 1.0) return at - k - (k - 1.0);
    return at - (3.0 * k - 1.0) - (k - 1.0);
}

double valueAt(Shape shape, std::size_t i, std::size_t n, double x, Rng& rng) {
    const auto at = static_cast<double>(i);
    const auto count = static_cast<double>(n);
    switch (shape) {
    case Shape::PerturbedLog:
        return static_cast<double>(rng.below(100)) - 50.0 + 50.0 * std::log1p(at);
    case Shape::Logistic:
        return rng.uniform() < 1.0 / (1.0 + std::exp(-x)) ? 1.0 : 0.0;
    case Shape::Pathological:
        return pathological(i, n);
    case Shape::Alternating:
        return count - at - (i % 2 == 1 ? 1.5 : 0.0);
    case Shape::NoisyLine:
        return at + 50.0 * rng.normal();
    case Shape::NoisyLog:
        return std::log1p(at) + 0.5 * rng.normal();
    case Shape::Reversed:
        return count - at;
    case Shape::Bernoulli:
        break;
    }
    return rng.uniform() < at / count ? 1.0 : 0.0;
}

} // namespace

std::string_view idOf(Shape shape) {
    return textOf(shape).id;
}
std::string_view labelOf(Shape shape) {
    return textOf(shape).label;
}
std::string_view formulaOf(Shape shape) {
    return textOf(shape).formula;
}

std::optional<Shape> shapeFromId(std::string_view id) {
    for (const Shape shape : kShapes)
        if (idOf(shape) == id) return shape;
    return std::nullopt;
}

ShapeData makeShape(Shape shape, std::size_t n, std::uint64_t seed) {
    Rng rng(seed, static_cast<std::uint64_t>(shape));
    ShapeData data{std::vector<double>(n), std::vector<double>(n)};
    for (std::size_t i = 0; i < n; ++i)
        data.x[i] = shape == Shape::Logistic ? rng.normal() : static_cast<double>(i);
    if (shape == Shape::Logistic) {
        const SortedRows sorted = sortedKeys(data.x);
        data.x.assign(sorted.keys.begin(), sorted.keys.end());
    }
    for (std::size_t i = 0; i < n; ++i)
        data.y[i] = valueAt(shape, i, n, data.x[i], rng);
    return data;
}

ShapeData shuffled(const ShapeData& data, std::uint64_t seed) {
    std::vector<std::uint32_t> order(data.x.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = static_cast<std::uint32_t>(i);
    Rng rng(seed, kShapes.size());
    rng.shuffle(order);
    ShapeData out{std::vector<double>(order.size()), std::vector<double>(order.size())};
    for (std::size_t i = 0; i < order.size(); ++i) {
        out.x[i] = data.x[order[i]];
        out.y[i] = data.y[order[i]];
    }
    return out;
}

} // namespace orrery::isotonic
