// Scalars over the steps of a run: what the trace chart draws.
//
// A row belongs to a step index. Rows are kept at every round and on a grid of steps whose spacing doubles
// when `capacity` is reached, so that memory is bounded, and the rows that remain are the same however the
// run was played. Column 0 is always the solver's own seconds at that row.
#pragma once

#include "core/solver/step.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace orrery {

class Trace {
  public:
    explicit Trace(std::vector<TraceColumn> columns = {}, std::size_t capacity = 4096);

    /// The next index at which a row is due on the grid, greater than `index`.
    [[nodiscard]] std::int64_t nextDue(std::int64_t index) const;
    [[nodiscard]] bool isDue(std::int64_t index, StepBoundary boundary) const;
    /// Indices must ascend. `row` has columns().size() − 1 values: all but the seconds.
    void append(std::int64_t index, StepBoundary boundary, double seconds, std::span<const double> row);

    [[nodiscard]] const std::vector<TraceColumn>& columns() const { return m_columns; }
    [[nodiscard]] std::size_t rows() const { return m_index.size(); }
    [[nodiscard]] const std::vector<std::int64_t>& index() const { return m_index; }
    [[nodiscard]] const std::vector<double>& column(std::size_t c) const { return m_values[c]; }
    /// Position of the last row at or before a step index; −1 when there is none.
    [[nodiscard]] std::ptrdiff_t rowAt(std::int64_t stepIndex) const;

  private:
    void thin();

    std::vector<TraceColumn> m_columns; ///< [0] is "seconds"
    std::vector<std::int64_t> m_index;
    std::vector<StepBoundary> m_boundary;
    std::vector<std::vector<double>> m_values; ///< one vector a column
    std::size_t m_capacity;
    std::int64_t m_stride = 1;
    StepBoundary m_kept = StepBoundary::Round; ///< boundaries below this are kept only on the grid
};

} // namespace orrery
