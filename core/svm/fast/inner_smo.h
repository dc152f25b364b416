// SMO on a working set: the same method as smo_solver.h, on a few hundred variables whose kernel matrix lies
// in the second-level cache.
//
// In β = s α the programme has no signs left: β_t in [lower_t, upper_t], Σ β_t constant, and the gradient of
// its objective is −g. Pair: i attains max {g_t : β_t < upper_t}; j with β_j > lower_j has the largest
// second-order gain (g_i − g_j)²/a. The update of g by the last pair and the search for the next i are one
// pass; the search for j, and for the gap, is the other. Cost: a pass over two rows and one over one row.
#pragma once

#include <cstddef>
#include <cstdint>

namespace orrery::svm::fast {

/// Arrays of the working set are padded to whole multiples of this, the padding with lower = upper.
inline constexpr std::size_t kInnerPad = 16;

template <class T>
struct InnerBlock {
    std::size_t size = 0;        ///< with the padding
    const float* gram = nullptr; ///< size × size, row-major
    T* gradient = nullptr;       ///< g: in, and as it came to be
    double* beta = nullptr;      ///< in and out
    const double* lower = nullptr;
    const double* upper = nullptr;
    T* scratch = nullptr; ///< 3 · size
    double tolerance = 1e-3;
    std::int64_t mostPairs = 0;
};

/// Pairs taken until max − min ≤ tolerance, or mostPairs.
[[nodiscard]] std::int64_t solveInner(const InnerBlock<float>& block);
[[nodiscard]] std::int64_t solveInner(const InnerBlock<double>& block);

} // namespace orrery::svm::fast
