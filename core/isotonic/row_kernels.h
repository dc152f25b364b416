// One-pass looks at a column, in vectors; compiled for several instruction sets and chosen at run time.
#pragma once

#include <cstddef>

namespace orrery::isotonic {

struct ColumnSums {
    bool isFinite; ///< else the others say nothing
    double least;
    double most;
    double total;
};
[[nodiscard]] ColumnSums columnSums(const double* values, std::size_t n);

struct Extremes {
    double least, most;
};
/// Of n > 0 values without NaN.
[[nodiscard]] Extremes extremesOf(const double* values, std::size_t n);

/// Whether a value is less than `rise` above the one before it.
[[nodiscard]] bool risesLess(const double* values, std::size_t n, double rise);

} // namespace orrery::isotonic
