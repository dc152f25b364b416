// Logistic regression with an ℓ₂ penalty:
//
//   min over β₀, β of  Σ_i ln(1 + e^−(2y_i − 1)(β₀ + x̃_iᵀβ))  +  (1/2C) ‖β‖²
//
// over standardised columns x̃ (mean 0, variance 1); the intercept is not penalised. The penalty keeps the
// minimum finite where a plane separates the classes. Newton's method (iteratively reweighted least squares)
// with step halving: the system is factored for up to kDirectColumns columns and solved by conjugate
// gradients beyond. Hastie, Tibshirani & Friedman, "The elements of statistical learning" (2009), §4.4.1.
//
// One iteration costs n p² flops when factored, and two products with the design a gradient step otherwise.
#pragma once

#include "core/calibration/scoring_method.h"

namespace orrery::calibration {

inline constexpr Eigen::Index kDirectColumns = 512;

struct LogisticOptions {
    double inverseStrength = 1.0; ///< C > 0: large is little penalty
    int maxIterations = 100;
    double tolerance = 1e-8; ///< on the largest entry of the gradient over n
};

struct LogisticModel {
    double intercept = 0.0;
    Eigen::VectorXd coefficients;       ///< p, in the scale of the data
    double standardizedIntercept = 0.0; ///< of the standardised columns
    Eigen::VectorXd standardized;       ///< p, of the standardised columns
    double objective = 0.0;
    double gradientNorm = 0.0; ///< largest entry of the gradient over n
    int iterations = 0;
    bool converged = false;
};

/// Fails on values that are not finite, fewer than two rows, or one class only.
[[nodiscard]] Expected<LogisticModel>
fitLogisticRegression(const BinaryDesign& design, const LogisticOptions& options, const Progress& progress);

/// β₀ + Xβ, n.
[[nodiscard]] Eigen::VectorXd logOdds(const LogisticModel& model, const BinaryDesign& design);

/// Its scores are probabilities. A fit that does not converge is refused with a sentence.
class LogisticScoring final : public ScoringMethod {
  public:
    explicit LogisticScoring(LogisticOptions options = {}) : m_options(options) {}
    [[nodiscard]] std::string name() const override { return "Logistic regression"; }
    [[nodiscard]] Expected<Eigen::VectorXd> scores(const BinaryDesign& training, const BinaryDesign& scored,
                                                   const Progress& progress) const override;

  private:
    LogisticOptions m_options;
};

} // namespace orrery::calibration
