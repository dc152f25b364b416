// The cumulative-sum diagram of a problem: W_i = Σ w and S_i = Σ w y over the first i points. The slopes of
// its greatest convex minorant are the isotonic fit; where a block ends, the minorant touches the diagram.
#pragma once

#include "core/isotonic/isotonic_problem.h"

#include <memory>
#include <vector>

namespace orrery::isotone {

/// Sums kept at every `kStride`-th point of a large problem: 1e7 points cost half a megabyte, and a look-up a
/// few additions.
class CumulativeSums {
  public:
    explicit CumulativeSums(std::shared_ptr<const isotonic::IsotonicProblem> problem);

    /// After the first `points` points; 0 … m.
    struct Sum {
        double weight = 0.0;
        double value = 0.0; ///< Σ w y
    };
    [[nodiscard]] Sum at(std::size_t points) const;
    [[nodiscard]] Sum total() const { return m_total; }
    [[nodiscard]] double mean() const { return m_total.value / m_total.weight; }
    [[nodiscard]] std::size_t points() const { return m_problem->points(); }

  private:
    static constexpr std::size_t kStride = 256;
    std::shared_ptr<const isotonic::IsotonicProblem> m_problem;
    std::vector<Sum> m_kept; ///< [k]: after k · kStride points
    Sum m_total;
};

} // namespace orrery::isotone
