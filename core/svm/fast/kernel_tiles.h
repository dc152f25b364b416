// Kernel values in blocks, at the speed of a matrix product: the inner loops, compiled for several
// instruction sets and chosen at run time.
//
// Points lie in panels of 48, coordinate by coordinate, so that a vector holds one coordinate of neighbouring
// points; the other side ("rows") comes in groups of 8 whose coordinates are broadcast. A tile of 48 × 8
// values stays in registers while the sum over coordinates runs, and the kernel's function (exp, power, tanh)
// is applied to it before it leaves them. Each value is one sum over the coordinates in their order, so it is
// the same, bit for bit, in whatever block and by however many threads it is computed.
#pragma once

#include <cstddef>
#include <cstdint>

namespace orrery::svm::fast {

inline constexpr std::size_t kPanel = 48; ///< points
inline constexpr std::size_t kGroup = 8;  ///< rows

/// What is summed over the coordinates, and the function of that sum s. Scales are in the data (KernelPlan).
enum class TileKind {
    ExpSquare,         ///< 2^−s, s = Σ (a − b)²: RBF without cancellation
    ExpRoot,           ///< 2^−√s, s = Σ (a − b)²: Laplacian
    Product,           ///< s = Σ ab
    Power,             ///< (γs + offset)^degree
    HyperbolicTangent, ///< tanh(γs + offset)
};

struct TileFunction {
    TileKind kind = TileKind::ExpSquare;
    double gamma = 1.0;
    double offset = 0.0;
    int degree = 0;
};

/// T is float or double.
template <class T>
struct TileBlock {
    TileFunction function;
    std::size_t depth = 0;     ///< coordinates
    const T* panels = nullptr; ///< whole panels, each depth × kPanel
    const T* rows = nullptr;   ///< whole groups, each depth × kGroup
    std::size_t count = 0;     ///< rows that are wanted
    std::size_t first = 0;     ///< points [first, last), both multiples of kPanel
    std::size_t last = 0;
};
/// values[r][i] = k(row r, point i), rounded to float.
void kernelValues(const TileBlock<float>& block, float* const* values);
void kernelValues(const TileBlock<double>& block, float* const* values);

/// The same in fixed point, of values in [0, 1]: to the nearest multiple of 1 / kFixedOne. Half the memory,
/// and an error of at most half of that, where a float rounds to 3e-8.
inline constexpr double kFixedOne = 65535.0;
void kernelFixed(const TileBlock<float>& block, std::uint16_t* const* values);
void kernelFixed(const TileBlock<double>& block, std::uint16_t* const* values);

/// sums[i] += Σ_r factors[r] k(row r, point i) for points [first, last); factors: whole groups, 0 beyond
/// count.
void kernelSums(const TileBlock<float>& block, const double* factors, double* sums);
void kernelSums(const TileBlock<double>& block, const double* factors, double* sums);

/// sums[i] += Σ_r factors[r] rows[r][i] for i in [first, last), multiples of kPanel.
void addRows(const float* const* rows, const double* factors, std::size_t count, double* sums,
             std::size_t first, std::size_t last);
/// The same of rows in fixed point. Eight rows at a time are added in single precision, whose rounding is far
/// below theirs.
void addRows(const std::uint16_t* const* rows, const double* factors, std::size_t count, double* sums,
             std::size_t first, std::size_t last);

} // namespace orrery::svm::fast
