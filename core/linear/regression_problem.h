// The regression problem that every linear solver here solves:
//
//   min over β₀, β of  (1/2n) ‖y − β₀1 − Xβ‖²  +  λ ( α‖β‖₁ + (1 − α)/2 ‖β‖² )
//
// the elastic net in the scaling of Friedman, Hastie & Tibshirani, "Regularization paths for generalized
// linear models via coordinate descent", J. Stat. Softw. 33 (2010); α = 1 is the lasso. The intercept is not
// penalised: X and y are centred, so it drops out of the work. With standardisation every column also has
// (1/n)‖x_j‖² = 1, and β is solved in those units; coefficientsInDataScale() takes it back.
//
// The article's scale, (1/n)‖y − Xθ‖² + λ'‖θ‖₁, is the same problem with λ' = 2λ.
#pragma once

#include "core/support/expected.h"

#include <Eigen/Core>
#include <Eigen/SparseCore>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace orrery::linear {

using SparseDesign = Eigen::SparseMatrix<double, Eigen::ColMajor, int>; ///< n × p

/// Immutable and shared between solvers, threads and views.
struct RegressionProblem {
    // Dense: centred (and scaled) columns, n × p. Sparse: the columns as given, centring and scaling applied
    // on the fly (centred column j = (x_j − mean_j 1) / scale_j), so that it stays sparse.
    std::variant<Eigen::MatrixXd, SparseDesign> design;
    Eigen::VectorXd response;    ///< y − ȳ, n
    Eigen::VectorXd columnMean;  ///< p, in data units
    Eigen::VectorXd columnScale; ///< p, in data units; 1 without standardisation and for constant columns
    Eigen::VectorXd columnNorm2; ///< ‖x_j‖²/n of the centred (and scaled) columns, p; 0 for a constant column
    double responseMean = 0.0;
    double nullDeviance = 0.0; ///< ‖y − ȳ‖²/2n: the objective at β = 0, and the unit of the relative gap
    bool standardized = false;
    std::vector<std::string> names; ///< p column names; may be empty
    std::string responseName;

    [[nodiscard]] Eigen::Index rows() const { return response.size(); }
    [[nodiscard]] Eigen::Index columns() const { return columnNorm2.size(); }
    [[nodiscard]] bool isSparse() const { return std::holds_alternative<SparseDesign>(design); }
};

/// X: n × p in data units, y: n. Fails on n < 2, p < 1, lengths that differ, or values that are not finite.
[[nodiscard]] Expected<std::shared_ptr<const RegressionProblem>>
makeProblem(Eigen::MatrixXd x, Eigen::VectorXd y, bool standardize, std::vector<std::string> names = {},
            std::string responseName = {});
[[nodiscard]] Expected<std::shared_ptr<const RegressionProblem>>
makeProblem(SparseDesign x, Eigen::VectorXd y, bool standardize, std::vector<std::string> names = {},
            std::string responseName = {});

/// Smallest λ at which every coefficient is zero: max_j |x_jᵀy| / (nα). α is floored at 1e-3, as glmnet does.
[[nodiscard]] double lambdaMax(const RegressionProblem& problem, double alpha);
/// `count` values from λ_max down to ratio·λ_max, evenly spaced in log λ.
[[nodiscard]] std::vector<double> lambdaGrid(const RegressionProblem& problem, double alpha, int count,
                                             double ratio);
/// glmnet's default ratio: 1e-4 when n > p, 1e-2 otherwise.
[[nodiscard]] double defaultLambdaRatio(const RegressionProblem& problem);

struct DataScaleModel {
    double intercept = 0.0;
    Eigen::VectorXd coefficients; ///< p, in data units
};
[[nodiscard]] DataScaleModel coefficientsInDataScale(const RegressionProblem& problem,
                                                     const Eigen::Ref<const Eigen::VectorXd>& beta);

/// Xᵀv (p) and Xβ (n) for the centred, scaled design, dense or sparse.
[[nodiscard]] Eigen::VectorXd transposeTimes(const RegressionProblem& problem,
                                             const Eigen::Ref<const Eigen::VectorXd>& v);
[[nodiscard]] Eigen::VectorXd times(const RegressionProblem& problem,
                                    const Eigen::Ref<const Eigen::VectorXd>& beta);

/// Objective at β, given r = y − Xβ.
[[nodiscard]] double objective(const RegressionProblem& problem,
                               const Eigen::Ref<const Eigen::VectorXd>& residual,
                               const Eigen::Ref<const Eigen::VectorXd>& beta, double lambda, double alpha);
/// Objective minus the dual value at the residual scaled to be feasible: an upper bound on what is still to
/// be gained. Divide by nullDeviance for the relative gap.
[[nodiscard]] double dualityGap(const RegressionProblem& problem,
                                const Eigen::Ref<const Eigen::VectorXd>& residual,
                                const Eigen::Ref<const Eigen::VectorXd>& beta, double lambda, double alpha);
/// max_j of the distance of 0 from the subdifferential: 0 at the optimum (the KKT conditions).
[[nodiscard]] double kktViolation(const RegressionProblem& problem,
                                  const Eigen::Ref<const Eigen::VectorXd>& residual,
                                  const Eigen::Ref<const Eigen::VectorXd>& beta, double lambda, double alpha);

/// S(z, t) = sign(z) max(|z| − t, 0).
[[nodiscard]] inline double softThreshold(double z, double threshold) {
    if (z > threshold) return z - threshold;
    if (z < -threshold) return z + threshold;
    return 0.0;
}

} // namespace orrery::linear
