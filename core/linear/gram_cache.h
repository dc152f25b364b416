// The Gram matrix of the working set, (1/n) x_iᵀx_j, kept beside the solver and not in its state: each entry
// is a function of the problem alone (one summation order, see kernels.h), so it does not matter when, in
// which block or for which run it was computed.
//
// Slots follow the order in which columns entered the working set. Going back to an earlier state asks for a
// prefix of what is there; another order throws away what differs. Cost: 2n flops an entry, once.
#pragma once

#include "core/linear/parallel_ranges.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace orrery::linear {

class GramCache {
  public:
    /// design: column-major, `rows` long columns; must outlive the cache.
    GramCache(const double* design, std::size_t rows) : m_design(design), m_rows(rows) {}

    /// Makes slots 0 … working.size() − 1 those of `working`.
    void match(const std::vector<int>& working, ParallelRanges& threads);

    [[nodiscard]] const double* data() const { return m_values.get(); }
    [[nodiscard]] std::size_t stride() const { return m_stride; } ///< entry (i, j) at i + j · stride

  private:
    void reserve(std::size_t size);
    void computeColumns(std::size_t first, ParallelRanges& threads);

    struct Free {
        void operator()(double* p) const;
    };

    const double* m_design;
    std::size_t m_rows;
    std::vector<int> m_order;             ///< column of each slot
    std::vector<const double*> m_columns; ///< its data
    std::unique_ptr<double[], Free> m_values;
    std::size_t m_stride = 0;
};

} // namespace orrery::linear
