#include "core/linear/packed_cholesky.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace orrery::linear {

bool PackedCholesky::append(std::span<const double> products, double diagonal, double tolerance) {
    assert(products.size() == m_order);
    const std::size_t old = m_values.size();
    m_values.insert(m_values.end(), products.begin(), products.end());
    double* row = m_values.data() + old;
    double pivot = diagonal;
    for (std::size_t i = 0; i < m_order; ++i) {
        const double* above = rowBegin(i);
        for (std::size_t k = 0; k < i; ++k)
            row[i] -= above[k] * row[k];
        row[i] /= above[i];
        pivot -= row[i] * row[i];
    }
    if (!(pivot > tolerance * diagonal)) {
        m_values.resize(old);
        return false;
    }
    m_values.push_back(std::sqrt(pivot));
    ++m_order;
    return true;
}

void PackedCholesky::remove(std::size_t row) {
    assert(row < m_order);
    // Every row below the removed one then has one entry right of its new diagonal; a rotation of
    // neighbouring columns folds it in, from the left on. Rows move up by one only at the end.
    for (std::size_t column = row; column + 1 < m_order; ++column) {
        const double x = rowBegin(column + 1)[column], y = rowBegin(column + 1)[column + 1];
        const double radius = std::hypot(x, y), c = x / radius, s = y / radius;
        for (std::size_t i = column + 1; i < m_order; ++i) {
            double* values = rowBegin(i) + column;
            const double kept = c * values[0] + s * values[1];
            values[1] = c * values[1] - s * values[0];
            values[0] = kept;
        }
    }
    for (std::size_t i = row + 1; i < m_order; ++i)
        std::copy_n(rowBegin(i), i, rowBegin(i - 1));
    --m_order;
    m_values.resize(m_order * (m_order + 1) / 2);
}

void PackedCholesky::solveInPlace(std::span<double> x) const {
    assert(x.size() == m_order);
    for (std::size_t i = 0; i < m_order; ++i) {
        const double* row = rowBegin(i);
        for (std::size_t k = 0; k < i; ++k)
            x[i] -= row[k] * x[k];
        x[i] /= row[i];
    }
    for (std::size_t i = m_order; i-- > 0;) {
        const double* row = rowBegin(i);
        x[i] /= row[i];
        for (std::size_t k = 0; k < i; ++k)
            x[k] -= row[k] * x[i];
    }
}

void PackedCholesky::clear() {
    m_values.clear();
    m_order = 0;
}

} // namespace orrery::linear
