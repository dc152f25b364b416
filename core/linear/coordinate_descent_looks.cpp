// How the path solver looks at columns outside the working set: as few of them as will do, first by what
// earlier looks tell, then with 16 bits, then exactly.
#include "core/linear/coordinate_descent_path.h"
#include "core/linear/kernels.h"

#include <algorithm>
#include <cmath>

namespace orrery::linear {

namespace {

constexpr std::size_t kColumnsPerTask = 256;
/// Old residuals are kept while measuring them costs at most this fraction of a look at all columns …
constexpr double kLookShare = 1.0 / 16.0;
/// … and within these bounds.
constexpr std::size_t kFewestLooks = 2, kMostLooks = 64;

} // namespace

/// x_jᵀr/n, exactly.
void CoordinateDescentPath::correlate(const std::vector<int>& columns, double* out) {
    const std::vector<double>& residual = m_state.engine == SweepEngine::Gram ? m_residual : m_state.residual;
    const double scale = 1.0 / static_cast<double>(rows());
    m_threads.run(columns.size(), kColumnsPerTask, [&](std::size_t begin, std::size_t end) {
        if (m_gram) {
            kernels::columnProducts(dense(), rows(), columns.data() + begin, end - begin, residual.data(),
                                    out + begin);
            for (std::size_t k = begin; k < end; ++k)
                out[k] *= scale;
            return;
        }
        const ShiftedResidual shifted{m_state.residual.data(), &m_state.residualShift,
                                      static_cast<double>(rows())};
        correlations(*m_problem, columns.data() + begin, end - begin, shifted, out + begin);
    });
    m_state.flops += 2.0 * static_cast<double>(columns.size()) *
                     (m_gram ? static_cast<double>(rows())
                             : static_cast<double>(std::get<SparseDesign>(m_problem->design).nonZeros()) /
                                   static_cast<double>(m_problem->columns()));
}

/// The residual of now, as the history keeps and compares it.
const std::vector<double>& CoordinateDescentPath::plainResidual() {
    if (m_state.engine == SweepEngine::Gram) return m_residual;
    if (m_state.residualShift == 0.0) return m_state.residual;
    m_residual = m_state.residual;
    for (double& r : m_residual)
        r += m_state.residualShift;
    return m_residual;
}

/// What earlier looks tell about the residual just computed.
void CoordinateDescentPath::measureReach() {
    m_state.looks.reach(plainResidual(), m_reach);
    m_look = -1;
    m_state.flops += 6.0 * static_cast<double>(rows() * m_state.looks.kept());
}

/// Upper bound of |x_jᵀr|/n from the last look at column j.
double CoordinateDescentPath::boundOf(std::size_t j) const {
    const LookHistory::Reach& reach = m_reach[static_cast<std::size_t>(m_state.looks.lookOf(j))];
    const double margin = m_screening ? m_screening->relativeError(j) * m_inverseRows : 0.0;
    double change = m_length[j] * reach.distance;
    if (!m_gram) change = std::min(change, m_absoluteSum[j] * reach.largest);
    return reach.scale * (std::abs(m_state.correlation[j]) + margin * reach.length) + change;
}

/// |x_jᵀr|/n as the last look suggests it: a guess.
double CoordinateDescentPath::guessOf(std::size_t j) const {
    return m_reach[static_cast<std::size_t>(m_state.looks.lookOf(j))].scale *
           std::abs(m_state.correlation[j]);
}

void CoordinateDescentPath::forgetLooks() {
    const double pass = m_gram ? static_cast<double>(rows() * columns())
                               : static_cast<double>(std::get<SparseDesign>(m_problem->design).nonZeros());
    const double affordable = kLookShare * pass / static_cast<double>(rows());
    m_state.looks.forget(m_isWorking,
                         std::clamp(static_cast<std::size_t>(affordable), kFewestLooks, kMostLooks));
}

/// Columns outside the working set that earlier looks leave in doubt: a 16-bit look first where there is a
/// copy, an exact one where that leaves a doubt.
CoordinateDescentPath::Outside CoordinateDescentPath::lookAt(const std::vector<int>& columns) {
    Outside outside;
    m_doubtful.clear();
    for (const int column : columns) {
        const auto j = static_cast<std::size_t>(column);
        if (m_isWorking[j]) continue;
        const double bound = boundOf(j);
        if (bound <= threshold())
            outside.largest = std::max(outside.largest, bound);
        else
            m_doubtful.push_back(column);
    }
    m_state.flops += 4.0 * static_cast<double>(columns.size());
    if (m_doubtful.empty()) return outside;
    if (m_look < 0) {
        const std::vector<double>& residual = plainResidual();
        m_look = m_state.looks.add(residual);
        const double square = kernels::dot(residual.data(), residual.data(), residual.size());
        m_reach.push_back({.scale = 1.0, .length = std::sqrt(square)});
    }
    if (m_screening) screen(outside);
    m_estimates.resize(m_doubtful.size());
    correlate(m_doubtful, m_estimates.data());
    for (std::size_t k = 0; k < m_doubtful.size(); ++k) {
        const auto j = static_cast<std::size_t>(m_doubtful[k]);
        m_state.correlation[j] = m_estimates[k];
        m_state.looks.note(j, m_look);
        const double size = std::abs(m_estimates[k]), excess = std::max(size - threshold(), 0.0);
        outside.largest = std::max(outside.largest, size);
        outside.excessSquare += excess * excess;
        if (excess > 0.0) outside.violators.push_back(m_doubtful[k]);
    }
    return outside;
}

/// Takes the columns that a 16-bit look clears off m_doubtful.
void CoordinateDescentPath::screen(Outside& outside) {
    m_screening->setResidual(plainResidual().data());
    m_estimates.resize(m_doubtful.size());
    m_threads.run(m_doubtful.size(), kColumnsPerTask, [&](std::size_t begin, std::size_t end) {
        m_screening->estimate(m_doubtful.data() + begin, end - begin, m_estimates.data() + begin);
    });
    m_state.flops += 2.0 * static_cast<double>(m_doubtful.size() * rows());
    std::size_t left = 0;
    for (std::size_t k = 0; k < m_doubtful.size(); ++k) {
        const auto j = static_cast<std::size_t>(m_doubtful[k]);
        m_state.correlation[j] = m_estimates[k] * m_inverseRows;
        m_state.looks.note(j, m_look);
        const double bound = std::abs(m_state.correlation[j]) + m_screening->margin(j) * m_inverseRows;
        if (bound <= threshold())
            outside.largest = std::max(outside.largest, bound);
        else
            m_doubtful[left++] = m_doubtful[k];
    }
    m_doubtful.resize(left);
}

} // namespace orrery::linear
