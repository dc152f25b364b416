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
/// Dense designs with more columns than rows, or more values than this, are screened with a 16-bit copy.
constexpr std::size_t kScreened = std::size_t{1} << 20;
/// A working set of this share of all columns becomes all columns (n ≥ p).
constexpr double kNearlyAll = 0.25;
/// Residual engine: sweeps between two certificates while moves are still large.
constexpr std::int64_t kSweepsPerCheck = 10;
/// Gram engine: λs between two computations of the gradient anew.
constexpr std::size_t kLambdasPerRefresh = 16;
/// With so many active columns a λ begins with a Newton step, which predicts where they will be.
constexpr std::size_t kManyActive = 24;
/// A coordinate stays when its move would change its correlation by less than this fraction of the threshold
/// …
constexpr double kDeadZone = 1e-12;
/// … or less than this fraction times the wanted relative gap.
constexpr double kDeadZonePerGap = 1e-6;

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
    , m_threads(m_options.threads)
    , m_inverseRows(1.0 / static_cast<double>(m_problem->rows())) {
    assert(!m_options.lambdas.empty());
    if (!m_problem->isSparse()) {
        m_gram.emplace(dense(), rows());
        if (columns() > rows() || columns() * rows() > kScreened)
            m_screening.emplace(dense(), rows(), columns(), m_threads);
    }
    m_isWorking.assign(columns(), 0);
    m_state.correlation.resize(columns());
    m_state.looks = LookHistory(columns());
    m_length.resize(columns());
    for (std::size_t j = 0; j < columns(); ++j)
        m_length[j] = std::sqrt(m_problem->columnNorm2[static_cast<Eigen::Index>(j)] * m_inverseRows);
    m_absoluteSum.resize(m_gram ? 0 : columns());
    for (std::size_t j = 0; j < m_absoluteSum.size(); ++j)
        m_absoluteSum[j] = absoluteSum(sparseColumn(*m_problem, static_cast<int>(j))) * m_inverseRows;
    chooseEngine();
    computeResidual();
    measureReach();
    m_outside.resize(columns());
    std::iota(m_outside.begin(), m_outside.end(), 0);
    (void)lookAt(m_outside);
    for (const double c : m_state.correlation)
        m_largestCorrelation = std::max(m_largestCorrelation, std::abs(c));
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
    if (m_state.newtonNext) return {1, takeNewtonStep()};
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
                                  .deadZone = std::min(kDeadZone, kDeadZonePerGap * m_options.relativeGap) *
                                              threshold(),
                                  .size = m_state.working.size()};
    kernels::SweepResult result;
    const double flopsBefore = m_state.flops;
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
    m_state.sweepFlops += m_state.flops - flopsBefore;
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
    if (isQuiet() || m_state.sweep >= m_options.maxSweeps) return certify();
    m_state.newtonNext = newtonPays();
    return {StepStatus::Advanced, StepBoundary::Round};
}

/// Is the working set solved well enough to look at all columns?
bool CoordinateDescentPath::isQuiet() const {
    const double wanted = m_state.innerGap * m_problem->nullDeviance;
    if (m_state.engine == SweepEngine::Residual)
        return m_state.largestMove * m_state.largestMove <= 2.0 * wanted ||
               m_state.sweep >= m_state.nextCheck;
    return threshold() + ridge() > 0.0 ? m_state.gap <= wanted : isSolved();
}

/// At λ = 0 no scaling of the residual is dual feasible, so there the KKT conditions decide.
bool CoordinateDescentPath::isSolved() const {
    if (threshold() + ridge() > 0.0) return m_state.gap <= m_options.relativeGap * m_problem->nullDeviance;
    return m_state.kktViolation <= m_options.relativeGap * m_largestCorrelation;
}

/// The candidates first; all columns only when the gap over working set and candidates would do.
StepResult CoordinateDescentPath::certify() {
    Outside outside;
    const bool coversAll = m_state.working.size() == columns();
    if (!coversAll || m_state.engine == SweepEngine::Residual) computeResidual();
    if (!coversAll) measureReach();
    if (m_state.engine == SweepEngine::Residual) correlate(m_state.working, m_state.gradient.data());
    if (!coversAll) outside = lookAt(m_state.candidates);
    measureAll(outside);
    m_state.gapIsCertified = coversAll;
    if (!coversAll && outside.violators.empty() && isSolved()) {
        m_outside.clear();
        for (std::size_t j = 0; j < columns(); ++j)
            if (!m_isWorking[j]) m_outside.push_back(static_cast<int>(j));
        outside = lookAt(m_outside);
        measureAll(outside);
    }
    if (m_state.gapIsCertified && isSolved()) return finishLambda();
    if (m_state.sweep >= m_options.maxSweeps) {
        m_state.status = StepStatus::Exhausted;
        return {m_state.status, StepBoundary::Round};
    }
    if (outside.violators.empty()) m_state.innerGap *= kInnerFraction;
    m_state.nextCheck = m_state.sweep + kSweepsPerCheck;
    enter(std::move(outside.violators));
    return {StepStatus::Advanced, StepBoundary::Round};
}

StepResult CoordinateDescentPath::finishLambda() {
    appendPoint();
    if (m_state.lambdaIndex + 1 == m_options.lambdas.size()) {
        m_state.status = StepStatus::Converged;
    } else {
        ++m_state.lambdaIndex;
        forgetLooks();
        beginLambda();
    }
    return {m_state.status, StepBoundary::Phase};
}

void CoordinateDescentPath::beginLambda() {
    m_state.sweep = 0;
    m_state.newtonNext = false;
    m_state.gapIsCertified = false;
    m_state.innerGap = kInnerFraction * m_options.relativeGap;
    m_state.nextCheck = kSweepsPerCheck;
    const double previous =
        m_state.lambdaIndex > 0 ? m_options.lambdas[m_state.lambdaIndex - 1] * m_options.alpha : threshold();
    const double entry = std::max(threshold() - kEager * (previous - threshold()), 0.0);
    const double strong = 2.0 * threshold() - previous;
    std::vector<int> entering;
    m_state.candidates.clear();
    for (std::size_t j = 0; j < columns(); ++j) {
        if (m_isWorking[j]) continue;
        const double size = guessOf(j);
        if (size < strong) continue;
        (size > entry ? entering : m_state.candidates).push_back(static_cast<int>(j));
    }
    enter(std::move(entering));
    if (m_state.engine == SweepEngine::Gram && m_state.lambdaIndex % kLambdasPerRefresh == 0)
        refreshGradient(0);
    m_state.newtonNext = m_state.engine == SweepEngine::Gram && m_state.active >= kManyActive;
}

void CoordinateDescentPath::enter(std::vector<int> entering) {
    addTheRestIfNearlyAll(entering);
    const std::size_t before = m_state.working.size();
    for (const int column : entering) {
        const auto j = static_cast<std::size_t>(column);
        m_isWorking[j] = 1;
        m_state.working.push_back(column);
        m_state.value.push_back(0.0);
        m_state.gradient.push_back(m_state.correlation[j]);
    }
    const SweepEngine engine = m_state.engine;
    chooseEngine();
    prepareSlots();
    if (m_state.engine == SweepEngine::Gram) {
        m_state.flops += 2.0 * static_cast<double>(rows() * entering.size() * m_state.working.size());
        refreshGradient(before);
    } else if (engine == SweepEngine::Gram) {
        computeResidual();
    }
}

/// When the Gram matrix will be nearly complete anyway, a complete one spares every look at the design.
void CoordinateDescentPath::addTheRestIfNearlyAll(std::vector<int>& entering) const {
    const std::size_t size = m_state.working.size() + entering.size();
    if (m_state.engine != SweepEngine::Gram || columns() > rows() || columns() > kGramNever) return;
    if (static_cast<double>(size) < kNearlyAll * static_cast<double>(columns())) return;
    std::vector<char> known = m_isWorking;
    for (const int column : entering)
        known[static_cast<std::size_t>(column)] = 1;
    for (std::size_t j = 0; j < columns(); ++j)
        if (!known[j]) entering.push_back(static_cast<int>(j));
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

/// Brings everything that is kept a slot up to date with the working set and λ of the state.
void CoordinateDescentPath::prepareSlots() {
    const std::size_t size = m_state.working.size();
    const auto parting = std::mismatch(m_slotColumns.begin(), m_slotColumns.end(), m_state.working.begin(),
                                       m_state.working.end());
    const auto known = static_cast<std::size_t>(parting.first - m_slotColumns.begin());
    m_slotColumns = m_state.working;
    m_slotResponse.resize(size);
    m_norm.resize(size);
    m_inverse.resize(size);
    m_columnData.resize(m_gram ? size : 0);
    m_sparseColumns.resize(m_gram ? 0 : size);
    for (std::size_t k = known; k < size; ++k) {
        const int column = m_state.working[k];
        m_norm[k] = m_problem->columnNorm2[column];
        if (m_gram)
            m_columnData[k] = dense() + static_cast<std::size_t>(column) * rows();
        else
            m_sparseColumns[k] = sparseColumn(*m_problem, column);
        m_slotResponse[k] = m_gram ? kernels::dot(m_columnData[k], m_problem->response.data(), rows()) /
                                         static_cast<double>(rows())
                                   : 0.0; // the residual engine never asks
    }
    for (std::size_t k = 0; k < size; ++k)
        m_inverse[k] = m_norm[k] > 0.0 ? 1.0 / (m_norm[k] + ridge()) : 0.0;
    if (m_state.engine == SweepEngine::Gram) m_gram->match(m_state.working, m_threads);
}

/// Xᵀr/n = Xᵀy/n − Gβ of the slots from `first` on, anew, so that the rounding of many moves does not add up.
void CoordinateDescentPath::refreshGradient(std::size_t first) {
    const std::size_t size = m_state.working.size();
    for (std::size_t k = first; k < size; ++k)
        m_state.gradient[k] = m_slotResponse[k] -
                              kernels::dot(m_gram->data() + k * m_gram->stride(), m_state.value.data(), size);
    m_state.flops += 2.0 * static_cast<double>(size * (size - first));
}

} // namespace orrery::linear
