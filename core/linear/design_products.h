// Products with the centred, scaled design that write into vectors which are already there, so that a step
// allocates nothing. Each returns the floating-point operations it took: 2np dense, 2·stored values sparse.
#pragma once

#include "core/linear/regression_problem.h"

namespace orrery::linear {

/// out (p) = Xᵀv / n.
double correlate(const RegressionProblem& problem, const Eigen::VectorXd& v, Eigen::VectorXd& out);

/// out (n) = Xβ; columns with β_j = 0 cost nothing.
double applyDesign(const RegressionProblem& problem, const Eigen::VectorXd& beta, Eigen::VectorXd& out);

/// out (n) += factor · x_j.
double addColumn(const RegressionProblem& problem, Eigen::Index j, double factor, Eigen::VectorXd& out);

/// x_iᵀx_j / n.
[[nodiscard]] double columnProduct(const RegressionProblem& problem, Eigen::Index i, Eigen::Index j);

/// X as a dense matrix, n × p, centred and scaled.
[[nodiscard]] Eigen::MatrixXd denseDesign(const RegressionProblem& problem);

/// Operations of one Xᵀv.
[[nodiscard]] double productFlops(const RegressionProblem& problem);

} // namespace orrery::linear
