#include "core/linear/screening_copy.h"

#include "core/linear/huge_pages.h"
#include "core/linear/kernels.h"

#include <algorithm>
#include <cmath>

namespace orrery::linear {

namespace {
constexpr std::size_t kColumnsPerTask = 256;
constexpr std::size_t kPadding = 64; ///< entries; whole vectors of every instruction set, two at a time
constexpr double kLargest = 32767.0;
/// e_j itself is a rounded sum.
constexpr double kErrorSlack = 1.0 + 1e-6;
} // namespace

void ScreeningCopy::Free::operator()(std::int16_t* p) const {
    freeHuge(p);
}

ScreeningCopy::ScreeningCopy(const double* design, std::size_t rows, std::size_t columns,
                             ParallelRanges& threads)
    : m_rows(rows)
    , m_stride((rows + kPadding - 1) / kPadding * kPadding)
    , m_values(static_cast<std::int16_t*>(allocateHuge(m_stride * columns * sizeof(std::int16_t))))
    , m_quantum(columns)
    , m_error(columns)
    , m_residual(m_stride, 0.0F) {
    // Sums of single precision run over at most n/8 terms a lane (4 lanes, 2 chains) and then over the lanes;
    // rounding r adds one more unit.
    const double kappa = (static_cast<double>(rows) / 8.0 + 16.0) * 0x1p-24;
    threads.run(columns, kColumnsPerTask, [&](std::size_t begin, std::size_t end) {
        for (std::size_t j = begin; j < end; ++j) {
            const double* column = design + j * rows;
            std::int16_t* copy = m_values.get() + j * m_stride;
            const double largest = kernels::largestMagnitude(column, rows);
            m_quantum[j] = static_cast<float>(largest / kLargest);
            const kernels::Rounded rounded = kernels::roundColumn(column, rows, m_quantum[j], copy);
            std::fill(copy + rows, copy + m_stride, std::int16_t{0});
            m_error[j] = (std::sqrt(rounded.errorSquare) + kappa * std::sqrt(rounded.square)) * kErrorSlack;
        }
    });
}

void ScreeningCopy::setResidual(const double* residual) {
    std::transform(residual, residual + m_rows, m_residual.begin(),
                   [](double r) { return static_cast<float>(r); });
    m_residualNorm = std::sqrt(kernels::dot(residual, residual, m_rows));
}

void ScreeningCopy::estimate(const int* columns, std::size_t count, double* out) const {
    kernels::shortProducts(m_values.get(), m_stride, columns, count, m_residual.data(), out);
    for (std::size_t k = 0; k < count; ++k)
        out[k] *= m_quantum[static_cast<std::size_t>(columns[k])];
}

} // namespace orrery::linear
