// The lasso with two coefficients as a picture: contours of the loss, the ball of the penalty, the soft
// threshold.
//
// The loss is a quadratic, (1/2n)‖y − Xβ‖² = minimum + ½ (β − centre)ᵀ H (β − centre) with H = XᵀX/n, so its
// contours are ellipses; the solution is where the smallest of them touches the ball of its own penalty.
#pragma once

#include "core/linear/regression_problem.h"

#include <array>

namespace orrery::linear {

using Polyline = std::vector<Eigen::Vector2d>;

struct LossQuadratic {
    Eigen::Matrix2d curvature = Eigen::Matrix2d::Identity(); ///< H
    Eigen::Vector2d centre = Eigen::Vector2d::Zero(); ///< least squares; of least norm where H is singular
    double minimum = 0.0;

    [[nodiscard]] double at(const Eigen::Vector2d& beta) const {
        const Eigen::Vector2d apart = beta - centre;
        return minimum + 0.5 * apart.dot(curvature * apart);
    }
};

/// The loss as a function of coefficients `first` and `second`, the others held at `beta` (p).
[[nodiscard]] LossQuadratic lossQuadratic(const RegressionProblem& problem, Eigen::Index first,
                                          Eigen::Index second, const Eigen::Ref<const Eigen::VectorXd>& beta);

/// Closed ellipse where the loss equals `level`; empty at or below the minimum. A direction without curvature
/// is drawn as a very long axis.
[[nodiscard]] Polyline lossContour(const LossQuadratic& loss, double level, int points = 128);

/// Boundary of { |β₁|^q + |β₂|^q ≤ radius^q } for q > 0 (infinity: the square), closed. Not convex for q < 1.
[[nodiscard]] Polyline normBall(double q, double radius, int points = 128);

/// { ‖β‖₀ ≤ 1 } within the extent: the two axes, each as a line of two points.
[[nodiscard]] std::array<Polyline, 2> axesBall(double extent);

/// Boundary of { α‖β‖₁ + (1 − α)/2 ‖β‖² ≤ level }, closed.
[[nodiscard]] Polyline elasticNetBall(double alpha, double level, int points = 128);

/// ‖β‖_q of two coefficients, the radius of the ball that β lies on; the number of non-zeros for q = 0.
[[nodiscard]] double normOf(double q, const Eigen::Vector2d& beta);

/// Graph of S(ρ, threshold)/denominator over [−extent, extent], at its corners.
[[nodiscard]] Polyline softThresholdCurve(double threshold, double denominator, double extent);

} // namespace orrery::linear
