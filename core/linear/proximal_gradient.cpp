#include "core/linear/proximal_gradient.h"

#include "core/linear/design_products.h"
#include "core/support/rng.h"

#include <cmath>

namespace orrery::linear {

using Eigen::Index;
using Eigen::VectorXd;

namespace {

constexpr int kPowerIterations = 200;
constexpr double kPowerTolerance = 1e-4; ///< relative change of the estimate at which it is taken
/// The power iteration comes from below; a step a little too long would lose the guarantee of descent.
constexpr double kEigenvalueMargin = 1.01;

} // namespace

LargestEigenvalue largestEigenvalue(const RegressionProblem& problem) {
    LargestEigenvalue found;
    Rng rng(0x6c61'7373'6fULL);
    VectorXd v(problem.columns()), image(problem.rows()), next(problem.columns());
    for (Index j = 0; j < v.size(); ++j)
        v[j] = rng.normal();
    v.normalize();
    for (int k = 0; k < kPowerIterations; ++k) {
        found.flops += applyDesign(problem, v, image) + correlate(problem, image, next);
        const double value = next.norm(), previous = found.value;
        found.value = value;
        if (value == 0.0 || std::abs(value - previous) <= kPowerTolerance * value) break;
        v = next / value;
    }
    return found;
}

bool operator==(const ProximalGradient::State& a, const ProximalGradient::State& b) {
    return a.iterate == b.iterate && sameVector(a.previousBeta, b.previousBeta) &&
           sameVector(a.previousCorrelation, b.previousCorrelation) &&
           sameVector(a.extrapolated, b.extrapolated) && a.momentum == b.momentum && a.restarts == b.restarts;
}

ProximalGradient::ProximalGradient(std::shared_ptr<const RegressionProblem> problem, LassoOptions options,
                                   ProximalGradientOptions own)
    : m_walk(std::move(problem), std::move(options)), m_own(own) {
    const LargestEigenvalue eigenvalue = largestEigenvalue(m_walk.problem());
    if (eigenvalue.value > 0.0) m_stepSize = 1.0 / (kEigenvalueMargin * eigenvalue.value);
    m_state.iterate = m_walk.start();
    m_state.iterate.flops += eigenvalue.flops;
    m_state.previousBeta = m_state.extrapolated = m_state.iterate.beta;
    m_state.previousCorrelation = m_state.iterate.correlation;
}

StepResult ProximalGradient::step() {
    LassoIterate& it = m_state.iterate;
    if (m_walk.isOver(it)) return {it.status, StepBoundary::None};
    if (m_walk.openLambda(it)) {
        m_state.momentum = 1.0;
        m_state.previousBeta = it.beta;
        m_state.previousCorrelation = it.correlation;
    }
    extrapolate();
    proximalStep();
    m_walk.refresh(it);
    if (m_own.momentum && m_own.restart) restartIfUphill();
    return m_walk.finish(it);
}

void ProximalGradient::extrapolate() {
    State& s = m_state;
    LassoIterate& it = s.iterate;
    if (!m_own.momentum) {
        s.extrapolated = it.beta;
        s.previousBeta.swap(it.beta);
        s.previousCorrelation.swap(it.correlation);
        it.correlation = s.previousCorrelation;
        return;
    }
    const double next = 0.5 * (1.0 + std::sqrt(1.0 + 4.0 * s.momentum * s.momentum));
    const double weight = (s.momentum - 1.0) / next;
    s.momentum = next;
    s.extrapolated = it.beta + weight * (it.beta - s.previousBeta);
    // The gradient at z, by the same extrapolation; `previous` takes over what was current.
    s.previousCorrelation = it.correlation + weight * (it.correlation - s.previousCorrelation);
    s.previousCorrelation.swap(it.correlation);
    s.previousBeta.swap(it.beta);
    it.flops += 6.0 * static_cast<double>(it.beta.size());
}

void ProximalGradient::proximalStep() {
    LassoIterate& it = m_state.iterate;
    const double t = m_stepSize;
    const double threshold = t * m_walk.threshold(it), shrink = 1.0 + t * m_walk.ridge(it);
    for (Index j = 0; j < it.beta.size(); ++j)
        it.beta[j] = softThreshold(m_state.extrapolated[j] + t * it.correlation[j], threshold) / shrink;
    it.flops += 5.0 * static_cast<double>(it.beta.size());
}

void ProximalGradient::restartIfUphill() {
    State& s = m_state;
    const double uphill = (s.extrapolated - s.iterate.beta).dot(s.iterate.beta - s.previousBeta);
    s.iterate.flops += 4.0 * static_cast<double>(s.iterate.beta.size());
    if (uphill <= 0.0) return;
    s.momentum = 1.0;
    ++s.restarts;
}

} // namespace orrery::linear
