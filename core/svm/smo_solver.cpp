#include "core/svm/smo_solver.h"

#include "core/svm/kernel_cache.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace orrery::svm {

namespace {

constexpr double kStopShare = 0.5; ///< of the tolerance; the header says why
constexpr double kLeastCurvature = 1e-12;
constexpr std::int32_t kShrinkingPeriod = 1000; ///< pairs, at most
constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::size_t at(std::int32_t index) {
    return static_cast<std::size_t>(index);
}

} // namespace

std::size_t SmoSolver::State::stateBytes() const {
    return sizeof(State) + (alpha.size() + gradient.size()) * sizeof(double) +
           active.size() * sizeof(std::int32_t);
}

SmoSolver::SmoSolver(ProblemPtr problem, const SmoOptions& options, std::span<const double> start)
    : m_problem(std::move(problem))
    , m_options(options)
    , m_cache(std::make_unique<KernelCache>(m_problem, options.cacheBytes)) {
    const Eigen::Index count = m_problem->variables();
    for (Eigen::Index i = 0; i < m_problem->points(); ++i)
        m_diagonal.push_back(m_problem->kernelValue(i, i));
    for (Eigen::Index t = 0; t < count; ++t) {
        m_sign.push_back(m_problem->signOf(t));
        m_upper.push_back(m_problem->upperOf(t));
    }
    m_roundLength = count;
    m_maxSteps = options.maxSteps > 0 ? options.maxSteps : std::max<std::int64_t>(10'000'000, 100 * count);
    m_state.alpha = start.empty() ? startingAlphas(*m_problem)
                                  : feasible(*m_problem, std::vector<double>(start.begin(), start.end()));
    m_state.gradient.resize(at(static_cast<std::int32_t>(count)));
    m_state.active.reserve(m_state.alpha.size());
    m_state.untilShrinking = static_cast<std::int32_t>(std::min<Eigen::Index>(count, kShrinkingPeriod));
    activateAll();
    countBounds();
    selectPair();
}

SmoSolver::SmoSolver(const SmoSolver& other)
    : m_problem(other.m_problem)
    , m_options(other.m_options)
    , m_cache(std::make_unique<KernelCache>(*other.m_cache))
    , m_diagonal(other.m_diagonal)
    , m_sign(other.m_sign)
    , m_upper(other.m_upper)
    , m_isActive(other.m_isActive)
    , m_roundLength(other.m_roundLength)
    , m_maxSteps(other.m_maxSteps)
    , m_state(other.m_state) {}

SmoSolver& SmoSolver::operator=(const SmoSolver& other) {
    if (this != &other) *this = SmoSolver(other);
    return *this;
}

SmoSolver::SmoSolver(SmoSolver&&) noexcept = default;
SmoSolver& SmoSolver::operator=(SmoSolver&&) noexcept = default;
SmoSolver::~SmoSolver() = default;

std::span<const double> SmoSolver::kernelRow(Eigen::Index point) {
    return {m_cache->row(point), static_cast<std::size_t>(m_problem->points())};
}

void SmoSolver::countBounds() {
    m_state.supportVectors = 0;
    m_state.bounded = 0;
    for (std::size_t t = 0; t < m_state.alpha.size(); ++t) {
        m_state.supportVectors += m_state.alpha[t] > 0.0 ? 1 : 0;
        m_state.bounded += m_state.alpha[t] >= m_upper[t] ? 1 : 0;
    }
}

// The gradient of every variable that is not active is made from nothing, then all of them are active. The
// sum runs over the points in their order, so it depends on α alone.
void SmoSolver::activateAll() {
    const auto count = static_cast<std::int32_t>(m_state.alpha.size());
    const auto points = static_cast<std::int32_t>(m_problem->points());
    m_isActive.assign(at(count), 0);
    for (const std::int32_t t : m_state.active)
        m_isActive[at(t)] = 1;
    for (std::int32_t t = 0; t < count; ++t)
        if (!m_isActive[at(t)]) m_state.gradient[at(t)] = m_problem->linearOf(t);
    for (std::int32_t j = 0; j < points; ++j) {
        double coefficient = m_sign[at(j)] * m_state.alpha[at(j)];
        if (count > points) coefficient -= m_state.alpha[at(j + points)];
        if (coefficient == 0.0) continue;
        const double* row = m_cache->row(j);
        for (std::int32_t t = 0; t < count; ++t)
            if (!m_isActive[at(t)])
                m_state.gradient[at(t)] += m_sign[at(t)] * coefficient * row[t < points ? t : t - points];
    }
    m_state.active.resize(at(count));
    for (std::int32_t t = 0; t < count; ++t)
        m_state.active[at(t)] = t;
    m_state.objective = 0.0;
    for (std::int32_t t = 0; t < count; ++t)
        m_state.objective += 0.5 * m_state.alpha[at(t)] * (m_state.gradient[at(t)] + m_problem->linearOf(t));
}

// m and M over the active set. Of equal candidates the last is taken, as LIBSVM does.
void SmoSolver::findViolators() {
    m_state.nextFirst = -1;
    m_state.highest = -kInfinity;
    m_state.lowest = kInfinity;
    for (const std::int32_t t : m_state.active) {
        const double value = -m_sign[at(t)] * m_state.gradient[at(t)];
        if (canRise(t) && value >= m_state.highest) {
            m_state.highest = value;
            m_state.nextFirst = t;
        }
        if (canFall(t)) m_state.lowest = std::min(m_state.lowest, value);
    }
    const bool both = std::isfinite(m_state.highest) && std::isfinite(m_state.lowest);
    m_state.gap = both ? m_state.highest - m_state.lowest : 0.0;
}

void SmoSolver::selectPair() {
    findViolators();
    m_state.nextSecond = -1;
    if (m_state.nextFirst < 0 || m_state.gap < kStopShare * m_options.tolerance) {
        m_state.nextFirst = -1;
        return;
    }
    const auto points = static_cast<std::int32_t>(m_problem->points());
    const auto pointOf = [points](std::int32_t t) { return t < points ? t : t - points; };
    const std::int32_t i = pointOf(m_state.nextFirst);
    const double* row = m_cache->row(i);
    double best = kInfinity;
    for (const std::int32_t t : m_state.active) {
        const double violation = m_state.highest + m_sign[at(t)] * m_state.gradient[at(t)];
        if (violation <= 0.0 || !canFall(t)) continue;
        const std::int32_t j = pointOf(t);
        const double curvature = m_diagonal[at(i)] + m_diagonal[at(j)] - 2.0 * row[j];
        const double estimate = -violation * violation / (curvature > 0.0 ? curvature : kLeastCurvature);
        if (estimate <= best) {
            best = estimate;
            m_state.nextSecond = t;
        }
    }
    if (m_state.nextSecond < 0) m_state.nextFirst = -1;
}

// Along the line s_i α_i + s_j α_j = const by λ ≥ 0: s_i α_i rises by λ, s_j α_j falls by it.
void SmoSolver::movePair() {
    const auto points = static_cast<std::int32_t>(m_problem->points());
    const std::int32_t i = m_state.nextFirst, j = m_state.nextSecond;
    const std::int32_t pi = i < points ? i : i - points, pj = j < points ? j : j - points;
    const double* rowI = m_cache->row(pi);
    const double* rowJ = m_cache->row(pj);
    double &alphaI = m_state.alpha[at(i)], &alphaJ = m_state.alpha[at(j)];
    const double si = m_sign[at(i)], sj = m_sign[at(j)];
    PairMove& move = m_state.move;
    move.first = i;
    move.second = j;
    move.firstBefore = alphaI;
    move.secondBefore = alphaJ;
    move.curvature = m_diagonal[at(pi)] + m_diagonal[at(pj)] - 2.0 * rowI[pj];
    move.violation = sj * m_state.gradient[at(j)] - si * m_state.gradient[at(i)];
    const double free = move.violation / (move.curvature > 0.0 ? move.curvature : kLeastCurvature);
    move.freeFirst = alphaI + si * free;
    const double roomI = si > 0.0 ? m_upper[at(i)] - alphaI : alphaI;
    const double roomJ = sj > 0.0 ? alphaJ : m_upper[at(j)] - alphaJ;
    const double lambda = std::min({free, roomI, roomJ});
    move.clipped = lambda < free;
    const double endI = si > 0.0 ? m_upper[at(i)] : 0.0, endJ = sj > 0.0 ? 0.0 : m_upper[at(j)];
    alphaI = lambda == roomI ? endI : std::clamp(alphaI + si * lambda, 0.0, m_upper[at(i)]);
    alphaJ = lambda == roomJ ? endJ : std::clamp(alphaJ - sj * lambda, 0.0, m_upper[at(j)]);
    move.firstAfter = alphaI;
    move.secondAfter = alphaJ;
    move.gain = lambda * move.violation - 0.5 * lambda * lambda * move.curvature;
    m_state.objective -= move.gain;
    updateGradient(rowI, rowJ, si * (alphaI - move.firstBefore), sj * (alphaJ - move.secondBefore));
}

void SmoSolver::updateGradient(const double* rowI, const double* rowJ, double byI, double byJ) {
    const std::size_t points = m_diagonal.size();
    double* gradient = m_state.gradient.data();
    if (m_state.active.size() < m_state.alpha.size()) {
        for (const std::int32_t t : m_state.active) {
            const std::size_t p = at(t) < points ? at(t) : at(t) - points;
            gradient[t] += m_sign[at(t)] * (byI * rowI[p] + byJ * rowJ[p]);
        }
        return;
    }
    for (std::size_t begin = 0; begin < m_state.alpha.size(); begin += points)
        for (std::size_t p = 0; p < points; ++p)
            gradient[begin + p] += m_sign[begin + p] * (byI * rowI[p] + byJ * rowJ[p]);
}

// Counted by what the two were and are: O(1).
void SmoSolver::recount() {
    const PairMove& move = m_state.move;
    const auto change = [this](std::int32_t t, double before, double after) {
        m_state.supportVectors += (after > 0.0 ? 1 : 0) - (before > 0.0 ? 1 : 0);
        m_state.bounded += (after >= m_upper[at(t)] ? 1 : 0) - (before >= m_upper[at(t)] ? 1 : 0);
    };
    change(move.first, move.firstBefore, move.firstAfter);
    change(move.second, move.secondBefore, move.secondAfter);
}

// True where all variables were made active on the way.
bool SmoSolver::shrink() {
    findViolators();
    const bool near = !m_state.hasUnshrunk && m_state.gap <= 10.0 * m_options.tolerance;
    if (near) {
        m_state.hasUnshrunk = true;
        activateAll();
    }
    const auto restsAtBound = [this](std::int32_t t) {
        const double value = -m_sign[at(t)] * m_state.gradient[at(t)];
        const bool rises = canRise(t), falls = canFall(t);
        if (rises == falls) return false;
        return rises ? value < m_state.lowest : value > m_state.highest;
    };
    std::erase_if(m_state.active, restsAtBound);
    return near;
}

StepResult SmoSolver::finish(StepStatus status) {
    if (m_state.active.size() < m_state.alpha.size()) activateAll();
    if (status == StepStatus::Exhausted) findViolators();
    m_state.nextFirst = m_state.nextSecond = -1;
    // The sum of the gains has rounded at every step: the end is told exactly.
    m_state.objective = 0.0;
    for (std::size_t t = 0; t < m_state.alpha.size(); ++t)
        m_state.objective += 0.5 * m_state.alpha[t] *
                             (m_state.gradient[t] + m_problem->linearOf(static_cast<Eigen::Index>(t)));
    m_state.status = status;
    return {status, StepBoundary::Phase};
}

StepResult SmoSolver::step() {
    if (m_state.status != StepStatus::Advanced) return {m_state.status, StepBoundary::None};
    if (m_state.nextFirst < 0) return finish(StepStatus::Converged); // a start that is already optimal
    movePair();
    recount();
    ++m_state.iteration;
    if (!std::isfinite(m_state.objective)) {
        m_state.status = StepStatus::Failed;
        return {StepStatus::Failed, StepBoundary::Phase};
    }
    const PairMove& move = m_state.move;
    const bool stuck = move.firstAfter == move.firstBefore && move.secondAfter == move.secondBefore;
    if (stuck || m_state.iteration >= m_maxSteps) return finish(StepStatus::Exhausted);
    return chooseNext();
}

StepResult SmoSolver::chooseNext() {
    StepBoundary boundary = StepBoundary::None;
    if (++m_state.pairsInRound == m_roundLength) boundary = StepBoundary::Round;
    if (m_options.shrinking && --m_state.untilShrinking == 0) {
        m_state.untilShrinking =
            static_cast<std::int32_t>(std::min<std::int64_t>(m_roundLength, kShrinkingPeriod));
        boundary = shrink() ? StepBoundary::Phase : StepBoundary::Round;
    }
    selectPair();
    if (m_state.nextFirst < 0 && m_state.active.size() < m_state.alpha.size()) {
        activateAll();
        boundary = StepBoundary::Phase;
        selectPair();
        m_state.untilShrinking = 1; // look again after the next pair
    }
    if (m_state.nextFirst < 0) return finish(StepStatus::Converged);
    if (boundary != StepBoundary::None) m_state.pairsInRound = 0;
    return {StepStatus::Advanced, boundary};
}

std::vector<TraceColumn> SmoSolver::traceColumns() {
    return {{"KKT gap", "", true},
            {"dual objective", "", false},
            {"support vectors", "", false},
            {"bounded", "", false}};
}

void SmoSolver::traceRow(std::span<double> row) const {
    assert(row.size() == 4);
    row[0] = m_state.gap;
    row[1] = m_state.objective;
    row[2] = static_cast<double>(m_state.supportVectors);
    row[3] = static_cast<double>(m_state.bounded);
}

} // namespace orrery::svm
