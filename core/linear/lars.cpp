#include "core/linear/lars.h"

#include "core/linear/design_products.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace orrery::linear {

using Eigen::Index;
using Eigen::VectorXd;

namespace {

/// A pivot below this part of the diagonal says that the column depends on the active ones.
constexpr double kDependent = 1e-10;
/// A correlation that nears τ slower than this, per unit of τ, never arrives: it runs along with it.
constexpr double kSlowest = 1e-10;
/// Moves below this part of the first τ leave it in place.
constexpr double kInPlace = 1e-14;
/// Events between two fresh computations of Xᵀr/n, which is otherwise moved along its slope.
constexpr std::int64_t kRefreshEvery = 16;

} // namespace

bool operator==(const Lars::State& a, const Lars::State& b) {
    return a.iterate == b.iterate && a.threshold == b.threshold && a.active == b.active &&
           a.signs == b.signs && a.factor == b.factor && a.hasDirection == b.hasDirection &&
           a.direction == b.direction && sameVector(a.slope, b.slope) && a.dependent == b.dependent &&
           a.eventsInPlace == b.eventsInPlace && a.event == b.event && a.column == b.column &&
           samePath(a.knots, b.knots);
}

Lars::Lars(std::shared_ptr<const RegressionProblem> problem, LassoOptions options)
    : m_walk(std::move(problem), std::move(options)) {
    m_state.iterate = m_walk.start();
    m_responseCorrelation = m_state.iterate.correlation;
    m_state.slope = VectorXd::Zero(m_walk.problem().columns());
    m_rows = VectorXd::Zero(m_walk.problem().rows());
    m_isOut.resize(static_cast<std::size_t>(m_walk.problem().columns()));
    m_firstThreshold = m_responseCorrelation.cwiseAbs().maxCoeff();
    restart();
}

/// β = 0 at the τ where the first column joins.
void Lars::restart() {
    State& s = m_state;
    s.iterate.beta.setZero();
    s.iterate.residual = m_walk.problem().response;
    s.iterate.correlation = m_responseCorrelation;
    s.threshold = m_firstThreshold;
    s.active.clear();
    s.signs.clear();
    s.dependent.clear();
    s.factor.clear();
    s.hasDirection = false;
    s.eventsInPlace = 0;
    certifyHere();
}

double Lars::currentLambda() const {
    const double alpha = m_walk.options().alpha;
    return alpha == 1.0 ? m_state.threshold : m_walk.lambda(m_state.iterate);
}

StepResult Lars::step() {
    State& s = m_state;
    LassoIterate& it = s.iterate;
    if (m_walk.isOver(it)) return {it.status, StepBoundary::None};
    if (m_walk.openLambda(it) && m_walk.options().alpha != 1.0) restart();
    if (!s.hasDirection) findDirection();
    const NextEvent next = nextEvent();
    moveBy(next.distance);
    s.event = next.kind;
    s.column = next.column;
    if (next.kind == LarsEvent::GridLambda) return closeLambda();
    if (next.kind == LarsEvent::Drop)
        drop(next);
    else
        join(next);
    return closeKnot();
}

void Lars::findDirection() {
    State& s = m_state;
    s.direction = s.signs;
    s.factor.solveInPlace(s.direction);
    m_rows.setZero();
    const RegressionProblem& problem = m_walk.problem();
    for (std::size_t i = 0; i < s.active.size(); ++i)
        s.iterate.flops += addColumn(problem, s.active[i], s.direction[i], m_rows);
    s.iterate.flops += correlate(problem, m_rows, s.slope);
    const double order = static_cast<double>(s.active.size());
    s.iterate.flops += 2.0 * order * order;
    s.hasDirection = true;
}

Lars::NextEvent Lars::nextEvent() {
    NextEvent next;
    next.distance = std::max(m_state.threshold - m_walk.threshold(m_state.iterate), 0.0);
    considerDrops(next);
    considerJoins(next);
    return next;
}

void Lars::considerDrops(NextEvent& next) const {
    const State& s = m_state;
    for (std::size_t i = 0; i < s.active.size(); ++i) {
        if (s.direction[i] * s.signs[i] >= 0.0) continue; // moving away from zero
        const double distance = std::max(-s.iterate.beta[s.active[i]] / s.direction[i], 0.0);
        if (distance < next.distance) next = {LarsEvent::Drop, distance, i, s.active[i], s.signs[i]};
    }
}

void Lars::considerJoins(NextEvent& next) {
    const State& s = m_state;
    const RegressionProblem& problem = m_walk.problem();
    std::fill(m_isOut.begin(), m_isOut.end(), char{0});
    for (const int j : s.active)
        m_isOut[static_cast<std::size_t>(j)] = 1;
    for (const int j : s.dependent)
        m_isOut[static_cast<std::size_t>(j)] = 1;
    for (Index j = 0; j < problem.columns(); ++j) {
        if (m_isOut[static_cast<std::size_t>(j)] || problem.columnNorm2[j] == 0.0) continue;
        for (const double sign : {1.0, -1.0}) {
            const double closing = 1.0 - sign * s.slope[j]; // τ − |c_j| shrinks by this, per unit of τ
            if (closing <= kSlowest) continue;
            const double distance = std::max(s.threshold - sign * s.iterate.correlation[j], 0.0) / closing;
            if (distance < next.distance) next = {LarsEvent::Join, distance, 0, static_cast<int>(j), sign};
        }
    }
}

void Lars::moveBy(double distance) {
    State& s = m_state;
    LassoIterate& it = s.iterate;
    const RegressionProblem& problem = m_walk.problem();
    const bool inPlace = distance <= kInPlace * m_firstThreshold;
    s.eventsInPlace = inPlace ? s.eventsInPlace + 1 : 0;
    s.threshold -= distance;
    // β from the factor, not from the last β: nothing piles up along the path.
    m_products.resize(s.active.size());
    for (std::size_t i = 0; i < s.active.size(); ++i)
        m_products[i] = m_responseCorrelation[s.active[i]] - s.threshold * s.signs[i];
    s.factor.solveInPlace(m_products);
    for (std::size_t i = 0; i < s.active.size(); ++i)
        it.beta[s.active[i]] = m_products[i];
    it.flops += applyDesign(problem, it.beta, it.residual);
    it.residual = problem.response - it.residual;
    if (it.totalIterations % kRefreshEvery == 0)
        it.flops += correlate(problem, it.residual, it.correlation);
    else
        it.correlation -= distance * s.slope;
    const double order = static_cast<double>(s.active.size());
    it.flops += 2.0 * order * order + 6.0 * static_cast<double>(it.beta.size());
}

void Lars::join(const NextEvent& next) {
    State& s = m_state;
    const RegressionProblem& problem = m_walk.problem();
    m_products.clear();
    for (const int i : s.active)
        m_products.push_back(columnProduct(problem, i, next.column));
    const double order = static_cast<double>(s.active.size());
    s.iterate.flops += 2.0 * static_cast<double>(problem.rows()) * order + order * order;
    if (!s.factor.append(m_products, problem.columnNorm2[next.column] + ridge(), kDependent)) {
        s.dependent.push_back(next.column);
        s.event = LarsEvent::PassOver;
        return;
    }
    s.active.push_back(next.column);
    s.signs.push_back(next.sign);
    s.hasDirection = false;
}

void Lars::drop(const NextEvent& next) {
    State& s = m_state;
    const double below = static_cast<double>(s.active.size() - next.position);
    s.iterate.flops += 3.0 * below * below;
    s.factor.remove(next.position);
    s.active.erase(s.active.begin() + static_cast<std::ptrdiff_t>(next.position));
    s.signs.erase(s.signs.begin() + static_cast<std::ptrdiff_t>(next.position));
    s.iterate.beta[next.column] = 0.0;
    s.dependent.clear(); // what depended on the dropped column may not depend on the rest
    s.hasDirection = false;
}

void Lars::certifyHere() {
    LassoIterate& it = m_state.iterate;
    it.certificate =
        certify(m_walk.problem(), it.residual, it.correlation, it.beta, m_state.threshold, ridge());
}

StepResult Lars::closeKnot() {
    State& s = m_state;
    LassoIterate& it = s.iterate;
    ++it.iteration;
    ++it.totalIterations;
    certifyHere();
    if (!std::isfinite(it.certificate.objective))
        return failed("The homotopy broke down: a coefficient is not finite.");
    if (s.eventsInPlace > 2 * static_cast<std::int64_t>(it.beta.size()) + 8)
        return failed(
            fmt::format("Columns that tie at λ = {:.6g} join and drop without end.", currentLambda()));
    if (m_walk.options().alpha == 1.0 && s.event != LarsEvent::PassOver)
        s.knots.push_back(makePathPoint(m_walk.problem(), it.residual, it.beta, s.threshold, it.certificate));
    if (it.iteration < m_walk.options().maxSweeps) return {StepStatus::Advanced, StepBoundary::Round};
    it.status = StepStatus::Exhausted;
    return {it.status, StepBoundary::Round};
}

StepResult Lars::closeLambda() {
    LassoIterate& it = m_state.iterate;
    ++it.iteration;
    ++it.totalIterations;
    const double lambda = m_walk.lambda(it);
    // A λ above the first knot has β = 0 as well, but its own threshold.
    it.certificate =
        certify(m_walk.problem(), it.residual, it.correlation, it.beta, m_walk.threshold(it), ridge());
    it.path.push_back(makePathPoint(m_walk.problem(), it.residual, it.beta, lambda, it.certificate));
    it.lambdaClosed = true;
    if (it.path.size() == m_walk.options().lambdas.size()) it.status = StepStatus::Converged;
    return {it.status, StepBoundary::Phase};
}

StepResult Lars::failed(std::string reason) {
    m_state.iterate.status = StepStatus::Failed;
    m_state.iterate.failure = std::move(reason);
    return {StepStatus::Failed, StepBoundary::Round};
}

} // namespace orrery::linear
