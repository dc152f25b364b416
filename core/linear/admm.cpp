#include "core/linear/admm.h"

#include "core/linear/design_products.h"

#include <cmath>

namespace orrery::linear {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

constexpr double kImbalance = 10.0; ///< ratio of the residuals that ρ tolerates
constexpr double kRhoFactor = 2.0;
constexpr std::int64_t kAdaptEvery = 10;  ///< iterations: a new ρ costs a factorisation
constexpr std::int64_t kAdaptUntil = 500; ///< within a λ: ρ has to settle for convergence to be certain

double startingRho(const RegressionProblem& problem, const AdmmOptions& own) {
    if (own.rho > 0.0) return own.rho;
    const double mean = problem.columnNorm2.mean();
    return mean > 0.0 ? mean : 1.0;
}

} // namespace

bool operator==(const Admm::State& a, const Admm::State& b) {
    return a.iterate == b.iterate && sameVector(a.smooth, b.smooth) && sameVector(a.dual, b.dual) &&
           a.rho == b.rho && a.primalResidual == b.primalResidual && a.dualResidual == b.dualResidual;
}

Admm::Admm(std::shared_ptr<const RegressionProblem> problem, LassoOptions options, AdmmOptions own)
    : m_walk(std::move(problem), std::move(options)), m_own(own) {
    const RegressionProblem& data = m_walk.problem();
    const double n = static_cast<double>(data.rows());
    m_wide = data.rows() < data.columns();
    const MatrixXd x = denseDesign(data);
    const Index order = m_wide ? data.rows() : data.columns();
    m_gram = MatrixXd::Zero(order, order);
    if (m_wide)
        m_gram.selfadjointView<Eigen::Lower>().rankUpdate(x, 1.0 / n);
    else
        m_gram.selfadjointView<Eigen::Lower>().rankUpdate(x.transpose(), 1.0 / n);

    m_state.iterate = m_walk.start();
    m_responseCorrelation = m_state.iterate.correlation;
    m_state.smooth = m_state.dual = m_rightSide = VectorXd::Zero(data.columns());
    m_rows = VectorXd::Zero(data.rows());
    m_state.rho = startingRho(data, m_own);
    const double size = static_cast<double>(order);
    m_factorFlops = size * size * size / 3.0;
    m_state.iterate.flops += 0.5 * productFlops(data) * size + m_factorFlops;
}

StepResult Admm::step() {
    LassoIterate& it = m_state.iterate;
    if (m_walk.isOver(it)) return {it.status, StepBoundary::None};
    (void)m_walk.openLambda(it);
    updateSmooth();
    updateSparse();
    m_walk.refresh(it);
    const StepResult result = m_walk.finish(it);
    if (m_own.adaptive && it.iteration % kAdaptEvery == 0 && it.iteration <= kAdaptUntil && !it.lambdaClosed)
        adaptRho();
    return result;
}

void Admm::factorise() {
    if (m_factoredRho == m_state.rho) return;
    MatrixXd shifted = m_gram;
    shifted.diagonal().array() += m_state.rho;
    m_factor.compute(shifted);
    m_factoredRho = m_state.rho;
}

void Admm::updateSmooth() {
    factorise();
    State& s = m_state;
    m_rightSide = m_responseCorrelation + s.rho * (s.iterate.beta - s.dual);
    const double order = static_cast<double>(m_gram.rows());
    s.iterate.flops += 3.0 * static_cast<double>(s.smooth.size()) + 2.0 * order * order;
    if (!m_wide) {
        m_factor.solveInPlace(m_rightSide);
        s.smooth.swap(m_rightSide);
        return;
    }
    // (XᵀX/n + ρI)⁻¹ q = (q − Xᵀ(XXᵀ/n + ρI)⁻¹ X q/n) / ρ
    s.iterate.flops += applyDesign(m_walk.problem(), m_rightSide, m_rows);
    m_factor.solveInPlace(m_rows);
    s.iterate.flops += correlate(m_walk.problem(), m_rows, s.smooth);
    s.smooth = (m_rightSide - s.smooth) / s.rho;
}

void Admm::updateSparse() {
    State& s = m_state;
    VectorXd& z = s.iterate.beta;
    const double threshold = m_walk.threshold(s.iterate) / s.rho;
    const double shrink = 1.0 + m_walk.ridge(s.iterate) / s.rho;
    double primal = 0.0, moved = 0.0;
    for (Index j = 0; j < z.size(); ++j) {
        const double before = z[j];
        z[j] = softThreshold(s.smooth[j] + s.dual[j], threshold) / shrink;
        const double apart = s.smooth[j] - z[j];
        s.dual[j] += apart;
        primal += apart * apart;
        moved += (z[j] - before) * (z[j] - before);
    }
    s.primalResidual = std::sqrt(primal);
    s.dualResidual = s.rho * std::sqrt(moved);
    s.iterate.flops += 11.0 * static_cast<double>(z.size());
}

void Admm::adaptRho() {
    State& s = m_state;
    double factor = 1.0;
    if (s.primalResidual > kImbalance * s.dualResidual) factor = kRhoFactor;
    if (s.dualResidual > kImbalance * s.primalResidual) factor = 1.0 / kRhoFactor;
    if (factor == 1.0) return;
    s.rho *= factor;
    s.dual /= factor; // u is the price over ρ
    s.iterate.flops += m_factorFlops + static_cast<double>(s.dual.size());
}

} // namespace orrery::linear
