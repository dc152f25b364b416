#include "core/linear/coordinate_descent_path.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace orrery::linear {

namespace {

/// The working set is solved to this fraction of the wanted gap before all columns are looked at.
constexpr double kInnerFraction = 0.3;
/// A column joins the working set of a new λ when its correlation exceeds λ_k − kEager (λ_{k−1} − λ_k), α
/// = 1. 0 would take only those that violate already, 1 is the strong rule.
constexpr double kEager = 0.3;
/// Gram engine while the working set is at most this many times the rows …
constexpr double kGramPerRow = 2.0;
/// … or this small anyway, and never larger than this (memory: 8 bytes · size²).
constexpr std::size_t kGramAlways = 512;
constexpr std::size_t kGramNever = 8192;
/// Residual engine: sweeps between two certificates while moves are still large.
constexpr std::int64_t kSweepsPerCheck = 10;

bool samePath(const Path& a, const Path& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& p, const auto& q) { return p == q || *p == *q; });
}

} // namespace

bool operator==(const CoordinateDescentState& a, const CoordinateDescentState& b) {
    return static_cast<const CoordinateDescentPosition&>(a) ==
               static_cast<const CoordinateDescentPosition&>(b) &&
           samePath(a.path, b.path);
}

CoordinateDescentPath::CoordinateDescentPath(std::shared_ptr<const RegressionProblem> problem,
                                             LassoOptions options, SweepEngine engine)
    : m_problem(std::move(problem))
    , m_options(std::move(options))
    , m_requestedEngine(engine)
    , m_threads(m_options.threads) {
    assert(!m_options.lambdas.empty());
    if (const auto* dense = std::get_if<Eigen::MatrixXd>(&m_problem->design))
        m_gram.emplace(dense->data(), rows());
    m_allColumns.resize(columns());
    std::iota(m_allColumns.begin(), m_allColumns.end(), 0);
    m_isWorking.assign(columns(), 0);
    const auto& y = m_problem->response;
    m_state.residual.assign(y.data(), y.data() + y.size());
    m_state.correlation.resize(columns());
    recomputeCorrelations();
    m_responseCorrelation = m_state.correlation;
    beginLambda();
}

void CoordinateDescentPath::restore(const State& state) {
    for (const int column : m_state.working)
        m_isWorking[static_cast<std::size_t>(column)] = 0;
    m_state = state;
    for (const int column : m_state.working)
        m_isWorking[static_cast<std::size_t>(column)] = 1;
    prepareSlots();
}

StepResult CoordinateDescentPath::step() {
    return advance(1).last;
}

AdvanceResult CoordinateDescentPath::advance(std::int64_t limit) {
    if (limit <= 0) return {};
    if (m_state.status != StepStatus::Advanced) return {1, {m_state.status, StepBoundary::None}};
    const std::size_t size = m_state.working.size();
    if (size == 0) {
        m_state.move = {};
        return {1, certify()};
    }
    const std::size_t from = m_state.cursor;
    const std::size_t to = from + std::min(size - from, static_cast<std::size_t>(limit));
    sweepSlots(from, to);
    m_state.cursor = to;
    const auto steps = static_cast<std::int64_t>(to - from);
    if (to < size) return {steps, {}};
    m_state.cursor = 0;
    return {steps, endSweep()};
}

void CoordinateDescentPath::sweepSlots(std::size_t from, std::size_t to) {
    const kernels::SweepData data{.value = m_state.value.data(),
                                  .norm = m_norm.data(),
                                  .inverseDenominator = m_inverse.data(),
                                  .threshold = threshold(),
                                  .size = m_state.working.size()};
    kernels::SweepResult result;
    const double looked = static_cast<double>(to - from);
    const double length = static_cast<double>(m_state.engine == SweepEngine::Gram ? data.size : rows());
    if (m_state.engine == SweepEngine::Gram) {
        result =
            kernels::sweepGram(data, m_gram->data(), m_gram->stride(), m_state.gradient.data(), from, to);
        m_state.flops += 2.0 * length * static_cast<double>(result.moved) + 4.0 * looked;
    } else if (m_gram) {
        result = kernels::sweepResidual(data, m_columnData.data(), rows(), m_state.residual.data(), from, to);
        m_state.flops += 2.0 * length * (static_cast<double>(result.moved) + looked);
    } else {
        const ShiftedResidual residual{m_state.residual.data(), &m_state.residualShift,
                                       static_cast<double>(rows())};
        result = sweepSparse(data, m_sparseColumns.data(), residual, from, to);
        for (std::size_t j = from; j < to; ++j)
            m_state.flops += 4.0 * m_sparseColumns[j].count;
    }
    m_state.largestMove = std::max(from == 0 ? 0.0 : m_state.largestMove, result.largestMove);
    m_state.move = {.column = m_state.working[to - 1],
                    .rho = result.rho,
                    .threshold = data.threshold,
                    .denominator = m_norm[to - 1] + ridge(),
                    .before = result.before,
                    .after = m_state.value[to - 1]};
}

StepResult CoordinateDescentPath::endSweep() {
    ++m_state.sweep;
    ++m_state.totalSweeps;
    measureWorkingSet();
    bool quiet = m_state.gap <= m_state.innerGap * m_problem->nullDeviance;
    if (threshold() + ridge() == 0.0) quiet = isSolved();
    if (m_state.engine == SweepEngine::Residual) {
        const double move = m_state.largestMove;
        quiet = move * move <= 2.0 * m_state.innerGap * m_problem->nullDeviance ||
                m_state.sweep >= m_state.nextCheck;
    }
    if (quiet || m_state.sweep >= m_options.maxSweeps) return certify();
    return {StepStatus::Advanced, StepBoundary::Round};
}

/// At λ = 0 no scaling of the residual is dual feasible, so there the KKT conditions decide.
bool CoordinateDescentPath::isSolved() const {
    if (threshold() + ridge() > 0.0) return m_state.gap <= m_options.relativeGap * m_problem->nullDeviance;
    double top = 0.0;
    for (const double c : m_responseCorrelation)
        top = std::max(top, std::abs(c));
    return m_state.kktViolation <= m_options.relativeGap * top;
}

StepResult CoordinateDescentPath::certify() {
    measureAll();
    if (isSolved()) return finishLambda();
    if (m_state.sweep >= m_options.maxSweeps) {
        m_state.status = StepStatus::Exhausted;
        return {m_state.status, StepBoundary::Round};
    }
    std::vector<int> violators;
    for (std::size_t j = 0; j < columns(); ++j)
        if (!m_isWorking[j] && std::abs(m_state.correlation[j]) > threshold())
            violators.push_back(static_cast<int>(j));
    if (violators.empty()) m_state.innerGap *= kInnerFraction;
    m_state.nextCheck = m_state.sweep + kSweepsPerCheck;
    enter(violators);
    return {StepStatus::Advanced, StepBoundary::Round};
}

StepResult CoordinateDescentPath::finishLambda() {
    appendPoint();
    if (m_state.lambdaIndex + 1 == m_options.lambdas.size()) {
        m_state.status = StepStatus::Converged;
    } else {
        ++m_state.lambdaIndex;
        beginLambda();
    }
    return {m_state.status, StepBoundary::Phase};
}

void CoordinateDescentPath::beginLambda() {
    m_state.sweep = 0;
    m_state.innerGap = kInnerFraction * m_options.relativeGap;
    m_state.nextCheck = kSweepsPerCheck;
    const double previous =
        m_state.lambdaIndex > 0 ? m_options.lambdas[m_state.lambdaIndex - 1] * m_options.alpha : threshold();
    const double entry = threshold() - kEager * (previous - threshold());
    std::vector<int> candidates;
    for (std::size_t j = 0; j < columns(); ++j)
        if (!m_isWorking[j] && std::abs(m_state.correlation[j]) > std::max(entry, 0.0))
            candidates.push_back(static_cast<int>(j));
    enter(candidates);
}

void CoordinateDescentPath::enter(const std::vector<int>& entering) {
    for (const int column : entering) {
        const auto j = static_cast<std::size_t>(column);
        m_isWorking[j] = 1;
        m_state.working.push_back(column);
        m_state.value.push_back(0.0);
        m_state.gradient.push_back(m_state.correlation[j]);
    }
    chooseEngine();
    if (m_state.engine == SweepEngine::Gram)
        m_state.flops += 2.0 * static_cast<double>(rows() * entering.size() * m_state.working.size());
    prepareSlots();
}

void CoordinateDescentPath::chooseEngine() {
    const std::size_t size = m_state.working.size();
    const bool affordable =
        size <= kGramAlways || static_cast<double>(size) <= kGramPerRow * static_cast<double>(rows());
    const bool automatic = m_requestedEngine == SweepEngine::Automatic;
    const bool gram =
        m_gram && (automatic ? affordable && size <= kGramNever : m_requestedEngine == SweepEngine::Gram);
    m_state.engine = gram ? SweepEngine::Gram : SweepEngine::Residual;
}

void CoordinateDescentPath::prepareSlots() {
    const std::size_t size = m_state.working.size();
    m_norm.resize(size);
    m_inverse.resize(size);
    m_columnData.resize(m_gram ? size : 0);
    m_sparseColumns.resize(m_gram ? 0 : size);
    for (std::size_t k = 0; k < size; ++k) {
        const int column = m_state.working[k];
        m_norm[k] = m_problem->columnNorm2[column];
        m_inverse[k] = m_norm[k] > 0.0 ? 1.0 / (m_norm[k] + ridge()) : 0.0;
        if (m_gram)
            m_columnData[k] = std::get<Eigen::MatrixXd>(m_problem->design).col(column).data();
        else
            m_sparseColumns[k] = sparseColumn(*m_problem, column);
    }
    if (m_state.engine == SweepEngine::Gram) m_gram->match(m_state.working, m_threads);
}

} // namespace orrery::linear
