// The inner loops of the linear solvers, compiled for several instruction sets and chosen at run time.
//
// Every sum has one order of summation that depends on its length alone, never on what else is computed
// beside it or by how many threads: so a cached value equals the value computed again, bit for bit. Between
// instruction sets results differ by rounding.
#pragma once

#include <cstddef>
#include <cstdint>

namespace orrery::linear::kernels {

/// Σ a_i b_i.
[[nodiscard]] double dot(const double* a, const double* b, std::size_t size);
/// y += factor · x.
void addScaled(double factor, const double* x, double* y, std::size_t size);

/// out[k] = x_{columns[k]}ᵀ v, for the columns of a column-major matrix with `rows` rows.
void columnProducts(const double* matrix, std::size_t rows, const int* columns, std::size_t count,
                    const double* v, double* out);

/// What of y is left beside factor · x: Σ (y_i − factor · x_i)² and max |y_i − factor · x_i|.
struct Rest {
    double square = 0.0;
    double largest = 0.0;
};
[[nodiscard]] Rest restBeside(double factor, const double* x, const double* y, std::size_t size);

/// max |x_i|.
[[nodiscard]] double largestMagnitude(const double* x, std::size_t size);
/// Whole multiples of `quantum` nearest to x, |x| ≤ 32767 quantum; a quantum of 0 stands for a zero column.
struct Rounded {
    double errorSquare = 0.0; ///< Σ (x_i − quantum · out_i)²
    double square = 0.0;      ///< Σ x_i²
};
[[nodiscard]] Rounded roundColumn(const double* x, std::size_t size, double quantum, std::int16_t* out);
/// out[k] = Σ_i matrix[columns[k] · stride + i] v_i in single precision; stride a multiple of 64, v that
/// long.
void shortProducts(const std::int16_t* matrix, std::size_t stride, const int* columns, std::size_t count,
                   const float* v, double* out);

/// Gram block: out[i + j · stride] = left_iᵀ right_j · scale, columns of length `rows`.
/// Cost: 2 · rows · leftCount · rightCount flops, from registers and the first-level cache.
struct GramBlock {
    const double* const* left = nullptr;
    std::size_t leftCount = 0;
    const double* const* right = nullptr;
    std::size_t rightCount = 0;
    std::size_t rows = 0;
    double scale = 1.0;
    double* out = nullptr;
    std::size_t stride = 0;
};
void gramBlock(const GramBlock& block);

/// Forward substitution for `count` rows that follow `old` finished ones of a lower triangle stored by rows:
/// row(old + r)[i] = (row(old + r)[i] − Σ_{k<i} L_ik row(old + r)[k]) / L_ii for i < old.
void forwardRows(double* rows, std::size_t stride, std::size_t old, std::size_t count);

/// y += Σ_k factors[k] · column_k, columns at matrix + slots[k] · stride.
void addColumns(const double* matrix, std::size_t stride, const int* slots, const double* factors,
                std::size_t count, double* y, std::size_t size);

/// What a coordinate needs besides its data: one entry a working-set slot.
struct SweepData {
    double* value = nullptr;                    ///< β, size
    const double* norm = nullptr;               ///< ‖x_j‖²/n, size
    const double* inverseDenominator = nullptr; ///< 1 / (‖x_j‖²/n + λ(1 − α)), size
    double threshold = 0.0;                     ///< λα
    double deadZone = 0.0;                      ///< a change in correlation that is rounding: no move
    std::size_t size = 0;
};
/// What a run of coordinate updates leaves behind: the last one, and totals.
struct SweepResult {
    double rho = 0.0;    ///< of the last coordinate visited
    double before = 0.0; ///< of the last coordinate visited
    std::size_t moved = 0;
    double largestMove = 0.0; ///< max ‖x_j‖²/n · |Δβ_j|, the change in correlation that a move makes
};

/// Coordinate updates of slots [from, to) with the Gram matrix: gradient = Xᵀr/n of the working set, size.
/// Cost: 2 · size flops for a coordinate that moves, O(1) for one that does not.
[[nodiscard]] SweepResult sweepGram(const SweepData& data, const double* gram, std::size_t stride,
                                    double* gradient, std::size_t from, std::size_t to);
/// The same with the residual, n: 2n flops to look, 2n to move.
[[nodiscard]] SweepResult sweepResidual(const SweepData& data, const double* const* columns, std::size_t rows,
                                        double* residual, std::size_t from, std::size_t to);

} // namespace orrery::linear::kernels
