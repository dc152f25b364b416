// The Cholesky factor of a matrix that grows and shrinks by one row and column at a time, as the active set
// of LARS does: G = LLᵀ, L lower triangular, its rows packed one after the other. A value: comparable,
// copyable.
//
// Append: one forward substitution, k². Remove: Givens rotations from the removed row on, at most 3k².
// Golub & Van Loan, "Matrix Computations" (4th ed.), §6.5.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace orrery::linear {

class PackedCholesky {
  public:
    [[nodiscard]] std::size_t order() const { return m_order; }

    /// Adds the row `products` (G_new,old, one for each old row) with diagonal G_new,new. False, with nothing
    /// changed, when the pivot is below tolerance · diagonal: the column depends on those that are there.
    [[nodiscard]] bool append(std::span<const double> products, double diagonal, double tolerance);
    /// Takes row and column `row` out.
    void remove(std::size_t row);
    /// x ← G⁻¹x.
    void solveInPlace(std::span<double> x) const;
    void clear();

    friend bool operator==(const PackedCholesky&, const PackedCholesky&) = default;

  private:
    [[nodiscard]] double* rowBegin(std::size_t row) { return m_values.data() + row * (row + 1) / 2; }
    [[nodiscard]] const double* rowBegin(std::size_t row) const {
        return m_values.data() + row * (row + 1) / 2;
    }

    std::vector<double> m_values;
    std::size_t m_order = 0;
};

} // namespace orrery::linear
