#include "core/linear/geometry.h"

#include "core/linear/design_products.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace orrery::linear {

using Eigen::Index;
using Eigen::Matrix2d;
using Eigen::Vector2d;
using Eigen::VectorXd;

namespace {

/// Least curvature, as a part of the largest, that counts as one.
constexpr double kFlat = 1e-10;
/// The curvature that a flat direction is drawn with, as a part of the largest.
constexpr double kDrawnFlat = 1e-6;

/// A closed curve from its radius in each direction.
template <class Radius>
Polyline closedCurve(int points, Radius radiusAt) {
    Polyline curve;
    for (int k = 0; k <= points; ++k) {
        const double angle = 2.0 * std::numbers::pi * (k == points ? 0 : k) / points;
        const Vector2d direction(std::cos(angle), std::sin(angle));
        curve.push_back(radiusAt(direction) * direction);
    }
    return curve;
}

} // namespace

LossQuadratic lossQuadratic(const RegressionProblem& problem, Index first, Index second,
                            const Eigen::Ref<const VectorXd>& beta) {
    const double n = static_cast<double>(problem.rows());
    VectorXd others = beta;
    others[first] = others[second] = 0.0;
    const VectorXd residual = problem.response - times(problem, others);
    const VectorXd correlation = transposeTimes(problem, residual) / n;
    LossQuadratic loss;
    const double cross = columnProduct(problem, first, second);
    loss.curvature << problem.columnNorm2[first], cross, cross, problem.columnNorm2[second];

    const Vector2d slope(correlation[first], correlation[second]);
    const Eigen::SelfAdjointEigenSolver<Matrix2d> eigen(loss.curvature);
    for (int k = 0; k < 2; ++k) {
        const Vector2d axis = eigen.eigenvectors().col(k);
        if (eigen.eigenvalues()[k] > kFlat * eigen.eigenvalues()[1])
            loss.centre += axis.dot(slope) / eigen.eigenvalues()[k] * axis;
    }
    loss.minimum = std::max(0.5 * residual.squaredNorm() / n - 0.5 * slope.dot(loss.centre), 0.0);
    return loss;
}

Polyline lossContour(const LossQuadratic& loss, double level, int points) {
    if (!(level > loss.minimum)) return {};
    const Eigen::SelfAdjointEigenSolver<Matrix2d> eigen(loss.curvature);
    const double largest = eigen.eigenvalues()[1];
    if (!(largest > 0.0)) return {};
    const Vector2d floored = eigen.eigenvalues().cwiseMax(kDrawnFlat * largest);
    const Vector2d radii = (2.0 * (level - loss.minimum) * floored.cwiseInverse()).cwiseSqrt();
    Polyline curve = closedCurve(points, [](const Vector2d&) { return 1.0; });
    for (Vector2d& point : curve)
        point = loss.centre + eigen.eigenvectors() * radii.cwiseProduct(point);
    return curve;
}

Polyline normBall(double q, double radius, int points) {
    // Points are spread by angle; a multiple of 8 puts some on the corners.
    const int count = std::max(8, (points + 7) / 8 * 8);
    return closedCurve(count, [q, radius](const Vector2d& direction) {
        const double norm = std::isinf(q) ? direction.cwiseAbs().maxCoeff() : normOf(q, direction);
        return radius / norm;
    });
}

std::array<Polyline, 2> axesBall(double extent) {
    return {Polyline{{-extent, 0.0}, {extent, 0.0}}, Polyline{{0.0, -extent}, {0.0, extent}}};
}

Polyline elasticNetBall(double alpha, double level, int points) {
    const int count = std::max(8, (points + 7) / 8 * 8);
    return closedCurve(count, [alpha, level](const Vector2d& direction) {
        // α‖d‖₁ t + (1 − α)/2 t² = level
        const double linear = alpha * direction.lpNorm<1>(), ridge = 1.0 - alpha;
        return 2.0 * level / (linear + std::sqrt(linear * linear + 2.0 * ridge * level));
    });
}

double normOf(double q, const Vector2d& beta) {
    if (q == 0.0) return static_cast<double>((beta.array() != 0.0).count());
    if (std::isinf(q)) return beta.cwiseAbs().maxCoeff();
    // Scaled by the larger one, so that small powers neither vanish nor overflow.
    const double large = beta.cwiseAbs().maxCoeff(), small = beta.cwiseAbs().minCoeff();
    return large == 0.0 ? 0.0 : large * std::pow(1.0 + std::pow(small / large, q), 1.0 / q);
}

Polyline softThresholdCurve(double threshold, double denominator, double extent) {
    const auto at = [&](double rho) { return Vector2d(rho, softThreshold(rho, threshold) / denominator); };
    if (threshold >= extent) return {at(-extent), at(extent)};
    return {at(-extent), at(-threshold), at(threshold), at(extent)};
}

} // namespace orrery::linear
