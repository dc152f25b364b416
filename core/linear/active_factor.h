// Cholesky factor of the Gram matrix of the active columns, L Lᵀ = G_AA + μI, followed as columns come and
// go.
//
// Columns are appended by forward substitution (m² flops each), blocked: several new columns share each tile
// of L (Golub & Van Loan, "Matrix computations", 4th ed., §4.2.9). One is dropped by Givens rotations of the
// rows below it (≤ 3 (m − t)² flops; ibid., §6.5). The digits of a factor depend on the order of those
// operations; so the solver's state holds that order as a recipe, and a factor built again from the recipe
// equals the one that was followed, bit for bit.
#pragma once

#include <cstddef>
#include <vector>

namespace orrery::linear {

/// Operations in order: a slot to append, or ~slot to drop one.
struct FactorRecipe {
    double ridge = 0.0; ///< μ
    std::vector<int> operations;
    std::size_t drops = 0;

    friend bool operator==(const FactorRecipe&, const FactorRecipe&) = default;
};

class ActiveFactor {
  public:
    /// Gram matrix of the slots, entry (i, j) at i + j · stride; valid until the next call of this kind.
    void setGram(const double* gram, std::size_t stride);
    /// Makes this the factor of `recipe`, from where the recipes part.
    void follow(const FactorRecipe& recipe);

    /// Slots in the factor, in its order. A slot whose pivot vanishes (a column in the span of the others) is
    /// left out.
    [[nodiscard]] const std::vector<int>& slots() const { return m_slots; }
    /// Solves (G_AA + μI) x = b in place; b has one entry a slot of slots().
    void solve(double* b) const;

  private:
    void reset(double ridge);
    void append(const int* slots, std::size_t count);
    std::size_t appendUntilVanishing(const int* slots, std::size_t count);
    void subtractProducts(std::size_t first, std::size_t last, std::size_t begin, std::size_t end);
    void drop(int slot);
    void reserve(std::size_t size);
    [[nodiscard]] double gram(int i, int j) const {
        return m_gram[static_cast<std::size_t>(i) + static_cast<std::size_t>(j) * m_gramStride];
    }
    [[nodiscard]] double* row(std::size_t i) { return m_rows.data() + i * m_stride; }
    [[nodiscard]] const double* row(std::size_t i) const { return m_rows.data() + i * m_stride; }

    const double* m_gram = nullptr;
    std::size_t m_gramStride = 0;
    FactorRecipe m_recipe;
    std::vector<int> m_slots;
    std::vector<double> m_rows; ///< L by rows, row i at i · m_stride, i + 1 entries
    std::size_t m_stride = 0;
    std::vector<double> m_cosine, m_sine;       ///< rotations of one drop
    std::vector<const double*> m_left, m_right; ///< operands of a tile product
    std::vector<double> m_products;             ///< its result, block rows × new rows
};

} // namespace orrery::linear
