// Data to fit: the shapes of the article and those of the benchmark. Equal size and seed give equal data
// everywhere. i = 0 … n−1 throughout; N is a standard normal, U uniform on [0, 1).
#pragma once

#include "core/isotonic/block.h"

#include <cstddef>
#include <vector>

namespace orrery::isotonic {

enum class Shape : std::uint8_t {
    PerturbedLog, ///< a whole number from −50 … 49, plus 50 log(1 + i); x = i
    Logistic,     ///< x = N in ascending order; y = 1 if U < 1/(1 + e^−x), else 0
    Pathological, ///< 0 … k−1, −(k−1) … k−1, −(k−1) … 0 with k = ⌊n/4⌋ + 1, the last part cut off at n; x = i
    Alternating,  ///< n − i, less 1.5 where i is odd; x = i
    NoisyLine,    ///< i + 50 N; x = i
    NoisyLog,     ///< log(1 + i) + N/2; x = i
    Reversed,     ///< n − i; x = i
    Bernoulli,    ///< 1 if U < i/n, else 0; x = i
};
inline constexpr std::array kShapes = {Shape::PerturbedLog, Shape::Logistic,  Shape::Pathological,
                                       Shape::Alternating,  Shape::NoisyLine, Shape::NoisyLog,
                                       Shape::Reversed,     Shape::Bernoulli};

/// "perturbed_log", "logistic", …
[[nodiscard]] std::string_view idOf(Shape shape);
/// "Perturbed log", …
[[nodiscard]] std::string_view labelOf(Shape shape);
/// The formula in one line.
[[nodiscard]] std::string_view formulaOf(Shape shape);
[[nodiscard]] std::optional<Shape> shapeFromId(std::string_view id);

struct ShapeData {
    std::vector<double> x; ///< n, ascending
    std::vector<double> y; ///< n
};
[[nodiscard]] ShapeData makeShape(Shape shape, std::size_t n, std::uint64_t seed = 1);
/// The same rows in random order.
[[nodiscard]] ShapeData shuffled(const ShapeData& data, std::uint64_t seed = 1);

} // namespace orrery::isotonic
