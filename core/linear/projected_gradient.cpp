#include "core/linear/projected_gradient.h"

#include "core/linear/design_products.h"
#include "core/linear/proximal_gradient.h"

#include <algorithm>

namespace orrery::linear {

using Eigen::Index;
using Eigen::VectorXd;

namespace {

/// Bounds of a Barzilai-Borwein length, as multiples of the fixed one.
constexpr double kShortest = 1e-3;
constexpr double kLongest = 1e6;

} // namespace

bool operator==(const ProjectedGradient::State& a, const ProjectedGradient::State& b) {
    return a.iterate == b.iterate && sameVector(a.positive, b.positive) &&
           sameVector(a.negative, b.negative) && a.length == b.length && a.fraction == b.fraction;
}

ProjectedGradient::ProjectedGradient(std::shared_ptr<const RegressionProblem> problem, LassoOptions options,
                                     ProjectedGradientOptions own)
    : m_walk(std::move(problem), std::move(options)), m_own(own) {
    const RegressionProblem& data = m_walk.problem();
    const LargestEigenvalue eigenvalue = largestEigenvalue(data);
    // u and v share every direction, so the split doubles the curvature.
    if (eigenvalue.value > 0.0) m_fixedLength = 0.5 / eigenvalue.value;
    m_state.iterate = m_walk.start();
    m_state.iterate.flops += eigenvalue.flops;
    m_state.positive = m_state.negative = VectorXd::Zero(data.columns());
    m_state.length = m_fixedLength;
    m_positive = m_negative = m_delta = m_state.positive;
    m_rows = VectorXd::Zero(data.rows());
}

StepResult ProjectedGradient::step() {
    LassoIterate& it = m_state.iterate;
    if (m_walk.isOver(it)) return {it.status, StepBoundary::None};
    (void)m_walk.openLambda(it);
    const Segment segment = project();
    move(segment);
    chooseLength(segment);
    m_walk.refresh(it);
    return m_walk.finish(it);
}

ProjectedGradient::Segment ProjectedGradient::project() {
    State& s = m_state;
    const LassoIterate& it = s.iterate;
    const double threshold = m_walk.threshold(it), ridge = m_walk.ridge(it);
    Segment segment;
    double betaSquare = 0.0;
    for (Index j = 0; j < it.beta.size(); ++j) {
        const double slope = it.correlation[j] - ridge * it.beta[j];
        const double upU = slope - threshold, upV = -slope - threshold; // −∇F
        m_positive[j] = std::max(s.positive[j] + s.length * upU, 0.0);
        m_negative[j] = std::max(s.negative[j] + s.length * upV, 0.0);
        const double du = m_positive[j] - s.positive[j], dv = m_negative[j] - s.negative[j];
        m_delta[j] = du - dv;
        segment.slope += du * upU + dv * upV;
        segment.square += du * du + dv * dv;
        betaSquare += m_delta[j] * m_delta[j];
    }
    s.iterate.flops += applyDesign(m_walk.problem(), m_delta, m_rows) +
                       2.0 * static_cast<double>(m_rows.size()) + 21.0 * static_cast<double>(m_delta.size());
    segment.curvature = m_rows.squaredNorm() / static_cast<double>(m_rows.size()) + ridge * betaSquare;
    return segment;
}

void ProjectedGradient::move(const Segment& segment) {
    State& s = m_state;
    s.fraction = segment.curvature > 0.0 ? std::clamp(segment.slope / segment.curvature, 0.0, 1.0) : 1.0;
    if (s.fraction == 1.0) {
        s.positive.swap(m_positive);
        s.negative.swap(m_negative);
    } else {
        s.positive += s.fraction * (m_positive - s.positive);
        s.negative += s.fraction * (m_negative - s.negative);
    }
    for (Index j = 0; j < s.positive.size(); ++j) {
        // What u and v have in common changes no prediction and only costs penalty.
        const double common = std::min(s.positive[j], s.negative[j]);
        s.positive[j] -= common;
        s.negative[j] -= common;
        s.iterate.beta[j] = s.positive[j] - s.negative[j];
    }
    s.iterate.flops += 10.0 * static_cast<double>(s.positive.size());
}

void ProjectedGradient::chooseLength(const Segment& segment) {
    if (!m_own.barzilaiBorwein) return;
    const double longest = kLongest * m_fixedLength;
    const double length = segment.curvature > 0.0 ? segment.square / segment.curvature : longest;
    m_state.length = std::clamp(length, kShortest * m_fixedLength, longest);
}

} // namespace orrery::linear
