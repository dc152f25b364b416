#include "core/trace/trace.h"

#include <algorithm>
#include <cassert>

namespace orrery {

Trace::Trace(std::vector<TraceColumn> columns, std::size_t capacity) : m_capacity(capacity) {
    m_columns.push_back({"seconds", "s", false});
    for (TraceColumn& column : columns)
        m_columns.push_back(std::move(column));
    m_values.resize(m_columns.size());
}

std::int64_t Trace::nextDue(std::int64_t index) const {
    return (index / m_stride + 1) * m_stride;
}

bool Trace::isDue(std::int64_t index, StepBoundary boundary) const {
    return index % m_stride == 0 || boundary >= m_kept;
}

void Trace::append(std::int64_t index, StepBoundary boundary, double seconds, std::span<const double> row) {
    assert(row.size() + 1 == m_columns.size());
    assert(m_index.empty() || index > m_index.back());
    m_index.push_back(index);
    m_boundary.push_back(boundary);
    m_values[0].push_back(seconds);
    for (std::size_t c = 0; c < row.size(); ++c)
        m_values[c + 1].push_back(row[c]);
    while (m_index.size() > m_capacity)
        thin();
}

std::ptrdiff_t Trace::rowAt(std::int64_t stepIndex) const {
    const auto after = std::upper_bound(m_index.begin(), m_index.end(), stepIndex);
    return after - m_index.begin() - 1;
}

// Doubles the grid's spacing. When rounds (or phases) alone fill half the capacity, they too are thinned to
// the grid: a run of a million rounds is a curve, not a million labels.
void Trace::thin() {
    m_stride *= 2;
    const auto kept = [&](std::size_t i) { return isDue(m_index[i], m_boundary[i]); };
    std::size_t count = 0;
    for (std::size_t i = 0; i < m_index.size(); ++i)
        count += kept(i);
    while (count > m_capacity / 2 && m_kept <= StepBoundary::Phase) {
        m_kept = static_cast<StepBoundary>(static_cast<int>(m_kept) + 1);
        count = 0;
        for (std::size_t i = 0; i < m_index.size(); ++i)
            count += kept(i);
    }
    std::size_t to = 0;
    for (std::size_t i = 0; i < m_index.size(); ++i) {
        if (!kept(i)) continue;
        m_index[to] = m_index[i];
        m_boundary[to] = m_boundary[i];
        for (auto& column : m_values)
            column[to] = column[i];
        ++to;
    }
    m_index.resize(to);
    m_boundary.resize(to);
    for (auto& column : m_values)
        column.resize(to);
}

} // namespace orrery
