#include "core/linear/lasso_iterate.h"

#include "core/linear/design_products.h"
#include "core/linear/duality_gap.h"

#include <algorithm>
#include <cmath>

namespace orrery::linear {

using Eigen::Index;
using Eigen::VectorXd;

namespace {

/// One pass over the coefficients; fills what it can of the terms.
void gather(const VectorXd& correlation, const VectorXd& beta, double threshold, double ridge,
            GapTerms& terms, double& oneNorm, Certificate& certificate) {
    for (Index j = 0; j < beta.size(); ++j) {
        const double b = beta[j], slope = correlation[j] - ridge * b;
        const double over = std::max(std::abs(correlation[j]) - threshold, 0.0);
        oneNorm += std::abs(b);
        terms.betaSquare += b * b;
        terms.largestSlope = std::max(terms.largestSlope, std::abs(slope));
        terms.excessSquare += over * over;
        const double distance = b == 0.0 ? over : std::abs(slope - std::copysign(threshold, b));
        certificate.kkt = std::max(certificate.kkt, distance);
        certificate.nonZeros += b != 0.0;
    }
}

} // namespace

Certificate certify(const RegressionProblem& problem, const VectorXd& residual, const VectorXd& correlation,
                    const VectorXd& beta, double threshold, double ridge) {
    const double n = static_cast<double>(problem.rows());
    Certificate certificate;
    GapTerms terms;
    double oneNorm = 0.0;
    gather(correlation, beta, threshold, ridge, terms, oneNorm, certificate);
    terms.residualSquare = residual.squaredNorm() / n;
    terms.responseProduct = problem.response.dot(residual) / n;
    terms.objective = 0.5 * terms.residualSquare + threshold * oneNorm + 0.5 * ridge * terms.betaSquare;
    certificate.objective = terms.objective;
    certificate.gap = dualityGap(terms, threshold, ridge);
    return certificate;
}

bool sameVector(const VectorXd& a, const VectorXd& b) {
    return a.size() == b.size() && std::equal(a.data(), a.data() + a.size(), b.data());
}

bool samePath(const Path& a, const Path& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& left, const auto& right) { return left == right || *left == *right; });
}

bool operator==(const LassoIterate& a, const LassoIterate& b) {
    return a.lambdaIndex == b.lambdaIndex && a.iteration == b.iteration &&
           a.totalIterations == b.totalIterations && a.lambdaClosed == b.lambdaClosed &&
           a.status == b.status && a.failure == b.failure && a.certificate == b.certificate &&
           a.flops == b.flops && sameVector(a.beta, b.beta) && sameVector(a.residual, b.residual) &&
           sameVector(a.correlation, b.correlation) && samePath(a.path, b.path);
}

LassoOptions withDefaultGrid(const RegressionProblem& problem, LassoOptions options) {
    if (options.lambdas.empty())
        options.lambdas = lambdaGrid(problem, options.alpha, 100, defaultLambdaRatio(problem));
    return options;
}

std::shared_ptr<const PathPoint> makePathPoint(const RegressionProblem& problem, const VectorXd& residual,
                                               const VectorXd& beta, double lambda,
                                               const Certificate& certificate) {
    auto point = std::make_shared<PathPoint>();
    point->lambda = lambda;
    point->gap = certificate.gap;
    point->objective = certificate.objective;
    const double deviance = residual.squaredNorm() / (2.0 * static_cast<double>(problem.rows()));
    point->devianceRatio = problem.nullDeviance > 0.0 ? 1.0 - deviance / problem.nullDeviance : 0.0;
    for (Index j = 0; j < beta.size(); ++j) {
        if (beta[j] == 0.0) continue;
        point->support.push_back(static_cast<int>(j));
        point->values.push_back(beta[j]);
    }
    return point;
}

LassoWalk::LassoWalk(std::shared_ptr<const RegressionProblem> problem, LassoOptions options)
    : m_problem(std::move(problem))
    , m_options(withDefaultGrid(*m_problem, std::move(options)))
    , m_largestCorrelation(transposeTimes(*m_problem, m_problem->response).cwiseAbs().maxCoeff() /
                           static_cast<double>(m_problem->rows())) {}

LassoIterate LassoWalk::start() const {
    LassoIterate it;
    it.beta = VectorXd::Zero(m_problem->columns());
    it.residual = m_problem->response;
    it.correlation.resize(m_problem->columns());
    it.flops = correlate(*m_problem, it.residual, it.correlation);
    it.path.reserve(m_options.lambdas.size());
    it.certificate = certify(*m_problem, it.residual, it.correlation, it.beta, threshold(it), ridge(it));
    return it;
}

bool LassoWalk::openLambda(LassoIterate& it) const {
    if (!it.lambdaClosed) return it.totalIterations == 0;
    ++it.lambdaIndex;
    it.iteration = 0;
    it.lambdaClosed = false;
    return true;
}

void LassoWalk::refresh(LassoIterate& it) const {
    // r is built from y each time, not updated, so that rounding does not pile up along a path.
    it.flops += applyDesign(*m_problem, it.beta, it.residual);
    it.residual = m_problem->response - it.residual;
    it.flops += correlate(*m_problem, it.residual, it.correlation);
}

StepResult LassoWalk::finish(LassoIterate& it) const {
    ++it.iteration;
    ++it.totalIterations;
    it.certificate = certify(*m_problem, it.residual, it.correlation, it.beta, threshold(it), ridge(it));
    it.flops +=
        5.0 * static_cast<double>(m_problem->rows()) + 8.0 * static_cast<double>(m_problem->columns());
    if (!std::isfinite(it.certificate.objective)) {
        it.status = StepStatus::Failed;
        it.failure = "The iterates diverged: the objective is no longer finite.";
        return {it.status, StepBoundary::Round};
    }
    if (isSolved(it)) {
        it.lambdaClosed = true;
        it.path.push_back(makePathPoint(*m_problem, it.residual, it.beta, lambda(it), it.certificate));
        if (it.path.size() == m_options.lambdas.size()) it.status = StepStatus::Converged;
        return {it.status, StepBoundary::Phase};
    }
    if (it.iteration >= m_options.maxSweeps) it.status = StepStatus::Exhausted;
    return {it.status, StepBoundary::Round};
}

/// At λ = 0 no scaling of the residual is dual feasible, so there the KKT conditions decide.
bool LassoWalk::isSolved(const LassoIterate& it) const {
    if (lambda(it) > 0.0) return it.certificate.gap <= m_options.relativeGap * m_problem->nullDeviance;
    return it.certificate.kkt <= m_options.relativeGap * m_largestCorrelation;
}

} // namespace orrery::linear
