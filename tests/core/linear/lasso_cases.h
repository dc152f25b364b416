// Seeded regression problems for the tests of the LASSO solvers.
#pragma once

#include "core/linear/lasso_solver.h"
#include "core/support/rng.h"

#include <Eigen/Core>
#include <cmath>
#include <memory>

namespace orrery::linear::testing {

struct LassoCase {
    Eigen::MatrixXd x;
    Eigen::VectorXd y;
};

/// Equicorrelated columns (ρ = ½), coefficients that alternate in sign and fade, some noise.
inline LassoCase correlatedCase(int rows, int columns, std::uint64_t seed) {
    Rng rng(seed);
    LassoCase data{Eigen::MatrixXd(rows, columns), Eigen::VectorXd::Zero(rows)};
    for (int i = 0; i < rows; ++i) {
        const double common = rng.normal();
        for (int j = 0; j < columns; ++j)
            data.x(i, j) = std::sqrt(0.5) * (rng.normal() + common);
    }
    for (int j = 0; j < columns; ++j)
        data.y += (j % 2 ? -1.0 : 1.0) * std::exp(-0.1 * j) * data.x.col(j);
    for (int i = 0; i < rows; ++i)
        data.y[i] += 3.0 + 0.5 * rng.normal();
    return data;
}

/// The same, with all but about one entry in `oneIn` set to zero.
inline LassoCase sparseCase(int rows, int columns, std::uint64_t seed, std::uint64_t oneIn = 5) {
    LassoCase data = correlatedCase(rows, columns, seed);
    Rng rng(seed, 1);
    for (int j = 0; j < columns; ++j)
        for (int i = 0; i < rows; ++i)
            if (rng.below(oneIn) != 0) data.x(i, j) = 0.0;
    return data;
}

inline std::shared_ptr<const RegressionProblem> denseProblem(const LassoCase& data, bool standardize = true) {
    return makeProblem(data.x, data.y, standardize).value();
}

inline std::shared_ptr<const RegressionProblem> sparseProblem(const LassoCase& data,
                                                              bool standardize = true) {
    return makeProblem(SparseDesign(data.x.sparseView()), data.y, standardize).value();
}

inline Eigen::VectorXd betaOf(const PathPoint& point, Eigen::Index columns) {
    Eigen::VectorXd beta = Eigen::VectorXd::Zero(columns);
    for (std::size_t k = 0; k < point.support.size(); ++k)
        beta[point.support[k]] = point.values[k];
    return beta;
}

/// Coordinate descent as one would write it on a board: all columns, the residual, until nothing moves.
inline Eigen::VectorXd plainDescent(const RegressionProblem& problem, double lambda, double alpha) {
    Eigen::MatrixXd x(problem.rows(), problem.columns());
    for (Eigen::Index j = 0; j < x.cols(); ++j)
        x.col(j) = times(problem, Eigen::VectorXd::Unit(x.cols(), j));
    const double n = static_cast<double>(x.rows());
    Eigen::VectorXd beta = Eigen::VectorXd::Zero(x.cols());
    Eigen::VectorXd r = problem.response;
    for (int sweep = 0; sweep < 200'000; ++sweep) {
        double moved = 0.0;
        for (Eigen::Index j = 0; j < x.cols(); ++j) {
            const double norm = x.col(j).squaredNorm() / n;
            if (norm == 0.0) continue;
            const double after = softThreshold(x.col(j).dot(r) / n + norm * beta[j], lambda * alpha) /
                                 (norm + lambda * (1.0 - alpha));
            r -= (after - beta[j]) * x.col(j);
            moved = std::max(moved, std::abs(after - beta[j]));
            beta[j] = after;
        }
        if (moved < 1e-14) break;
    }
    return beta;
}

} // namespace orrery::linear::testing
