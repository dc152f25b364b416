// What training leaves behind: f(x) = Σ_i c_i k(x_i, x) + b over the support vectors.
//
// Classification: the class is the sign of f, the margins are f = ±1. Regression: f is the prediction, the
// tube is f ± ε. One class: f < 0 is outside. Cost of a prediction: O(support vectors · d).
#pragma once

#include "core/svm/svm_problem.h"

#include <vector>

namespace orrery::svm {

/// Which bias a model gets.
enum class BiasRule : std::uint8_t {
    Kkt,         ///< from the free support vectors, as it should be
    AsPublished, ///< see as_published.h
};

struct SvmModel {
    ProblemKind kind = ProblemKind::Classification;
    Kernel kernel;
    PointMatrix vectors;            ///< m × d
    SparseRows sparseVectors;       ///< m × d in the place of `vectors`, which is empty then
    Eigen::VectorXd coefficients;   ///< m: s_t α_t summed over the variables of a point; never 0
    double bias = 0.0;              ///< b; LIBSVM's rho is −b
    std::vector<std::int32_t> rows; ///< m: index of each among the points trained on; empty: read from a file
    double epsilon = 0.1;           ///< regression's tube

    [[nodiscard]] Eigen::Index size() const { return coefficients.size(); } ///< m
    [[nodiscard]] bool isSparse() const { return sparseVectors.rows() > 0; }
    [[nodiscard]] Eigen::Index dimensions() const {
        return isSparse() ? sparseVectors.cols() : vectors.cols();
    }
    /// f(x); x has d values. Of dense vectors alone.
    [[nodiscard]] double decision(std::span<const double> x) const;
    /// f at each row of x, q × d. `threads` changes no answer.
    [[nodiscard]] Eigen::VectorXd decisions(const Eigen::Ref<const PointMatrix>& x, int threads = 1) const;
    /// The same of sparse points by sparse vectors, whose numbers of features may differ: what is missing is
    /// 0.
    [[nodiscard]] Eigen::VectorXd decisions(const SparseRows& x, int threads = 1) const;
};

/// From the variables of a finished run, or of one that is under way. `gradient`: as in SmoSolver::State.
[[nodiscard]] SvmModel modelOf(const SvmProblem& problem, std::span<const double> alpha,
                               std::span<const double> gradient, BiasRule rule = BiasRule::Kkt);
/// The same with a bias that is known.
[[nodiscard]] SvmModel modelWithBias(const SvmProblem& problem, std::span<const double> alpha, double bias);

} // namespace orrery::svm
