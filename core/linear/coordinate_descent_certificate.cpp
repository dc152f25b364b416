// What the path solver measures: objective, gap and KKT violation over the working set and over all columns,
// and the rows of the trace.
#include "core/linear/coordinate_descent_path.h"
#include "core/linear/duality_gap.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace orrery::linear {

namespace {

constexpr std::size_t kRowsPerBlock = 64; ///< whole vectors of every instruction set
constexpr std::size_t kBlocksPerTask = 16;

} // namespace

/// Sums over columns of which a gap and the worst KKT violation are made.
struct CoordinateDescentPath::Measure {
    double threshold = 0.0;
    double ridge = 0.0;
    GapTerms terms;
    double penaltyOne = 0.0; ///< ‖β‖₁
    double violation = 0.0;
    std::size_t active = 0;

    void add(double correlation, double beta) {
        const double slope = correlation - ridge * beta;
        terms.largestSlope = std::max(terms.largestSlope, std::abs(slope));
        const double excess = std::max(std::abs(correlation) - threshold, 0.0);
        terms.excessSquare += excess * excess;
        double distance = std::max(std::abs(slope) - threshold, 0.0);
        if (beta != 0.0) {
            distance = std::abs(slope - std::copysign(threshold, beta));
            terms.betaSquare += beta * beta;
            penaltyOne += std::abs(beta);
            ++active;
        }
        violation = std::max(violation, distance);
    }
    [[nodiscard]] double objective() const {
        return 0.5 * terms.residualSquare + threshold * penaltyOne + 0.5 * ridge * terms.betaSquare;
    }
};

/// Everything but the columns outside the working set.
CoordinateDescentPath::Measure CoordinateDescentPath::measured() const {
    Measure measure{.threshold = threshold(), .ridge = ridge()};
    double fitted = 0.0, explained = 0.0; // yᵀXβ/n, rᵀXβ/n
    for (std::size_t k = 0; k < m_state.working.size(); ++k) {
        measure.add(m_state.gradient[k], m_state.value[k]);
        fitted += m_state.value[k] * m_slotResponse[k];
        explained += m_state.value[k] * m_state.gradient[k];
    }
    if (m_state.engine == SweepEngine::Gram) {
        measure.terms.responseProduct = 2.0 * m_problem->nullDeviance - fitted;
        measure.terms.residualSquare = std::max(measure.terms.responseProduct - explained, 0.0);
    } else {
        double product = 0.0, square = 0.0;
        for (std::size_t i = 0; i < rows(); ++i) {
            const double r = m_state.residual[i] + m_state.residualShift;
            product += r * m_problem->response[static_cast<Eigen::Index>(i)];
            square += r * r;
        }
        measure.terms.responseProduct = product / static_cast<double>(rows());
        measure.terms.residualSquare = square / static_cast<double>(rows());
    }
    measure.terms.objective = measure.objective();
    return measure;
}

void CoordinateDescentPath::measureWorkingSet() {
    const Measure measure = measured();
    m_state.active = measure.active;
    m_state.objective = measure.terms.objective;
    m_state.residualSquare = measure.terms.residualSquare;
    if (m_state.engine != SweepEngine::Gram) return; // the gradient is old
    m_state.gap = dualityGap(measure.terms, measure.threshold, measure.ridge);
    m_state.gapIsCertified = false;
    m_state.kktViolation = measure.violation;
}

/// The gradient must be exact, and `outside` cover the columns that the gap is to cover.
void CoordinateDescentPath::measureAll(const Outside& outside) {
    for (std::size_t k = 0; k < m_state.working.size(); ++k)
        m_state.correlation[static_cast<std::size_t>(m_state.working[k])] = m_state.gradient[k];
    Measure measure = measured();
    measure.terms.largestSlope = std::max(measure.terms.largestSlope, outside.largest);
    measure.terms.excessSquare += outside.excessSquare;
    m_state.active = measure.active;
    m_state.objective = measure.terms.objective;
    m_state.residualSquare = measure.terms.residualSquare;
    m_state.gap = dualityGap(measure.terms, measure.threshold, measure.ridge);
    m_state.gapIsCertified = true;
    m_state.kktViolation = std::max(measure.violation, outside.largest - threshold());
}

/// r = y − Xβ anew: for the certificate with the Gram engine, in the state with the other.
void CoordinateDescentPath::computeResidual() {
    std::vector<double>& residual = m_state.engine == SweepEngine::Gram ? m_residual : m_state.residual;
    const auto& y = m_problem->response;
    residual.assign(y.data(), y.data() + y.size());
    m_state.residualShift = 0.0;
    m_active.clear();
    m_factors.clear();
    const ShiftedResidual shifted{residual.data(), &m_state.residualShift, static_cast<double>(rows())};
    for (std::size_t k = 0; k < m_state.working.size(); ++k) {
        if (m_state.value[k] == 0.0) continue;
        m_active.push_back(m_state.working[k]);
        m_factors.push_back(-m_state.value[k]);
        if (!m_gram) addColumn(-m_state.value[k], m_sparseColumns[k], shifted);
    }
    if (!m_gram) return;
    m_threads.run((rows() + kRowsPerBlock - 1) / kRowsPerBlock, kBlocksPerTask,
                  [&](std::size_t begin, std::size_t end) {
                      const std::size_t from = begin * kRowsPerBlock,
                                        to = std::min(end * kRowsPerBlock, rows());
                      kernels::addColumns(dense() + from, rows(), m_active.data(), m_factors.data(),
                                          m_active.size(), residual.data() + from, to - from);
                  });
    m_state.flops += 2.0 * static_cast<double>(rows() * m_active.size());
}

void CoordinateDescentPath::appendPoint() {
    auto point = std::make_shared<PathPoint>();
    point->lambda = lambda();
    point->gap = m_state.gap;
    point->objective = m_state.objective;
    const double total = 2.0 * m_problem->nullDeviance;
    point->devianceRatio = total > 0.0 ? 1.0 - m_state.residualSquare / total : 0.0;
    std::vector<std::pair<int, double>> entries;
    for (std::size_t k = 0; k < m_state.working.size(); ++k)
        if (m_state.value[k] != 0.0) entries.emplace_back(m_state.working[k], m_state.value[k]);
    std::sort(entries.begin(), entries.end());
    for (const auto& [column, value] : entries) {
        point->support.push_back(column);
        point->values.push_back(value);
    }
    m_state.path.push_back(std::move(point));
}

Eigen::VectorXd CoordinateDescentPath::currentResidual() const {
    return m_problem->response - times(*m_problem, currentBeta());
}

Eigen::VectorXd CoordinateDescentPath::currentBeta() const {
    Eigen::VectorXd beta = Eigen::VectorXd::Zero(m_problem->columns());
    for (std::size_t k = 0; k < m_state.working.size(); ++k)
        beta[m_state.working[k]] = m_state.value[k];
    return beta;
}

double CoordinateDescentPath::relativeGap() const {
    return m_problem->nullDeviance > 0.0 ? m_state.gap / m_problem->nullDeviance : 0.0;
}

std::vector<TraceColumn> CoordinateDescentPath::traceColumns() {
    return {{.name = "objective"},
            {.name = "duality gap", .logarithmic = true},
            {.name = "KKT violation", .logarithmic = true},
            {.name = "active set", .unit = "columns"},
            {.name = "flops", .logarithmic = true}};
}

void CoordinateDescentPath::traceRow(std::span<double> row) const {
    assert(row.size() == 5);
    row[0] = m_state.objective;
    row[1] = relativeGap();
    row[2] = m_state.kktViolation;
    row[3] = static_cast<double>(m_state.active);
    row[4] = m_state.flops;
}

} // namespace orrery::linear
