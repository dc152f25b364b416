// What earlier looks at the columns still tell about the residual of now.
//
// When column j was looked at the residual was s, and c = x_jᵀs/n became known. With a = rᵀs/‖s‖² the
// residual of now is r = a s + e, so that
//     |x_jᵀr|/n ≤ |a| |c| + ‖x_j‖ ‖e‖ / n          (Cauchy-Schwarz),
// the sphere test of El Ghaoui, Viallon & Rabbani, Pac. J. Optim. 8 (2012), about a rescaled old residual. A
// sparse column meets few entries of e, and ‖x_j‖₁ ‖e‖_∞ (Hölder) bounds its product with e more closely.
// While the bound stays below the threshold the column cannot violate the KKT conditions and needs no new
// look. Cost: 6n flops an old residual, once a residual of now; O(1) a column.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace orrery::linear {

/// The old residuals that some column was last looked at with. Part of the state; copies share the residuals.
class LookHistory {
  public:
    /// What a look number tells: |x_jᵀr|/n ≤ scale · (|c| + error_j · length / n) + ‖x_j‖ distance / n.
    struct Reach {
        double scale = 0.0;    ///< |a|
        double length = 0.0;   ///< ‖s‖
        double distance = 0.0; ///< ‖e‖; infinite for a look that was forgotten
        double largest = 0.0;  ///< ‖e‖_∞; infinite likewise
    };

    /// No column was looked at yet: look 0 is a forgotten one.
    explicit LookHistory(std::size_t columns = 0) : m_residuals(1), m_lookOf(columns, 0) {}

    /// Keeps the residual of now, n; returns its number.
    int add(const std::vector<double>& residual);
    /// Column j was looked at with residual `look`.
    void note(std::size_t column, int look) { m_lookOf[column] = look; }
    [[nodiscard]] int lookOf(std::size_t column) const { return m_lookOf[column]; }
    /// Forgets residuals that no column of `isOver` = 0 needs, and the oldest beyond `most`.
    void forget(const std::vector<char>& isOver, std::size_t most);
    /// One entry a look.
    void reach(const std::vector<double>& residual, std::vector<Reach>& out) const;
    [[nodiscard]] std::size_t kept() const;
    /// Bytes of this copy alone.
    [[nodiscard]] std::size_t bytes() const;

    friend bool operator==(const LookHistory& a, const LookHistory& b);

  private:
    struct Residual {
        std::vector<double> values; ///< n
        double square = 0.0;        ///< ‖·‖²

        friend bool operator==(const Residual&, const Residual&) = default;
    };
    std::vector<std::shared_ptr<const Residual>> m_residuals; ///< by look; null: forgotten
    std::vector<int> m_lookOf;                                ///< p
};

} // namespace orrery::linear
