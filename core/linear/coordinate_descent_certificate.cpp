// What the path solver measures: objective, gap and KKT violation over the working set and over all columns,
// and the rows of the trace.
#include "core/linear/coordinate_descent_path.h"
#include "core/linear/duality_gap.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace orrery::linear {

namespace {

constexpr std::size_t kColumnsPerTask = 256;

/// Adds one column to the sums of a gap and to the worst KKT violation.
struct Measure {
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

} // namespace

void CoordinateDescentPath::measureWorkingSet() {
    Measure measure{.threshold = threshold(), .ridge = ridge()};
    const double responseSquare = 2.0 * m_problem->nullDeviance;
    double fitted = 0.0, explained = 0.0; // yᵀXβ/n, rᵀXβ/n
    for (std::size_t k = 0; k < m_state.working.size(); ++k) {
        const double beta = m_state.value[k];
        measure.add(m_state.gradient[k], beta);
        fitted += beta * m_responseCorrelation[static_cast<std::size_t>(m_state.working[k])];
        explained += beta * m_state.gradient[k];
    }
    m_state.active = measure.active;
    if (m_state.engine == SweepEngine::Gram) {
        measure.terms.responseProduct = responseSquare - fitted;
        measure.terms.residualSquare = std::max(responseSquare - fitted - explained, 0.0);
        m_state.objective = measure.terms.objective = measure.objective();
        m_state.gap = dualityGap(measure.terms, measure.threshold, measure.ridge);
        m_state.kktViolation = measure.violation;
        m_state.gapIsCertified = false;
        return;
    }
    double square = 0.0;
    for (const double r : m_state.residual)
        square += (r + m_state.residualShift) * (r + m_state.residualShift);
    measure.terms.residualSquare = square / static_cast<double>(rows());
    m_state.objective = measure.objective();
}

void CoordinateDescentPath::measureAll() {
    recomputeResidual();
    recomputeCorrelations();
    Measure measure{.threshold = threshold(), .ridge = ridge()};
    for (std::size_t j = 0; j < columns(); ++j)
        if (!m_isWorking[j]) measure.add(m_state.correlation[j], 0.0);
    for (std::size_t k = 0; k < m_state.working.size(); ++k) {
        m_state.gradient[k] = m_state.correlation[static_cast<std::size_t>(m_state.working[k])];
        measure.add(m_state.gradient[k], m_state.value[k]);
    }
    const auto n = static_cast<double>(rows());
    double product = 0.0, square = 0.0;
    for (std::size_t i = 0; i < m_state.residual.size(); ++i) {
        const double r = m_state.residual[i] + m_state.residualShift;
        product += r * m_problem->response[static_cast<Eigen::Index>(i)];
        square += r * r;
    }
    measure.terms.responseProduct = product / n;
    measure.terms.residualSquare = square / n;
    m_state.objective = measure.terms.objective = measure.objective();
    m_state.gap = dualityGap(measure.terms, measure.threshold, measure.ridge);
    m_state.gapIsCertified = true;
    m_state.kktViolation = measure.violation;
    m_state.active = measure.active;
}

/// r = y − Xβ anew, so that the rounding of many moves does not add up.
void CoordinateDescentPath::recomputeResidual() {
    const auto& y = m_problem->response;
    std::copy(y.data(), y.data() + y.size(), m_state.residual.begin());
    m_state.residualShift = 0.0;
    const ShiftedResidual residual{m_state.residual.data(), &m_state.residualShift,
                                   static_cast<double>(rows())};
    for (std::size_t k = 0; k < m_state.working.size(); ++k) {
        if (m_state.value[k] == 0.0) continue;
        if (m_gram)
            kernels::addScaled(-m_state.value[k], m_columnData[k], m_state.residual.data(), rows());
        else
            addColumn(-m_state.value[k], m_sparseColumns[k], residual);
        m_state.flops +=
            2.0 * static_cast<double>(m_gram ? rows() : static_cast<std::size_t>(m_sparseColumns[k].count));
    }
}

void CoordinateDescentPath::recomputeCorrelations() {
    if (const auto* dense = std::get_if<Eigen::MatrixXd>(&m_problem->design)) {
        const double scale = 1.0 / static_cast<double>(rows());
        m_threads.run(columns(), kColumnsPerTask, [&](std::size_t begin, std::size_t end) {
            double* out = m_state.correlation.data();
            kernels::columnProducts(dense->data(), rows(), m_allColumns.data() + begin, end - begin,
                                    m_state.residual.data(), out + begin);
            for (std::size_t j = begin; j < end; ++j)
                out[j] *= scale;
        });
        m_state.flops += 2.0 * static_cast<double>(rows() * columns());
        return;
    }
    const ShiftedResidual residual{m_state.residual.data(), &m_state.residualShift,
                                   static_cast<double>(rows())};
    m_threads.run(columns(), kColumnsPerTask, [&](std::size_t begin, std::size_t end) {
        for (std::size_t j = begin; j < end; ++j)
            m_state.correlation[j] = correlation(sparseColumn(*m_problem, static_cast<int>(j)), residual);
    });
    m_state.flops += 2.0 * static_cast<double>(std::get<SparseDesign>(m_problem->design).nonZeros());
}

void CoordinateDescentPath::appendPoint() {
    auto point = std::make_shared<PathPoint>();
    point->lambda = lambda();
    point->gap = m_state.gap;
    point->objective = m_state.objective;
    double square = 0.0;
    for (const double r : m_state.residual)
        square += (r + m_state.residualShift) * (r + m_state.residualShift);
    const double total = 2.0 * m_problem->nullDeviance * static_cast<double>(rows());
    point->devianceRatio = total > 0.0 ? 1.0 - square / total : 0.0;
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
