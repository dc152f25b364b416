// K-fold cross-validation of an elastic-net path.
//
// Rows are shuffled under a seed and dealt to K folds. The path is fitted on the rest of each fold on the
// full data's λ grid, centred (and standardised) on that training part alone, and its mean squared error is
// taken on the fold:
//
//   e(λ) = Σ_k w_k e_k(λ),  w_k = n_k/n,   se(λ) = √( Σ_k w_k (e_k − e)² / (K − 1) ).
//
// The one-standard-error λ is the largest with e(λ) ≤ e(λ_min) + se(λ_min): Breiman, Friedman, Olshen &
// Stone, "Classification and Regression Trees" (1984), §3.4.3. Weights as in Friedman, Hastie & Tibshirani,
// J. Stat. Softw. 33 (2010). Folds run in parallel; the result does not depend on the number of threads.
#pragma once

#include "core/linear/lasso_solver.h"
#include "core/support/progress.h"

#include <functional>

namespace orrery::linear {

struct CrossValidationOptions {
    int folds = 10;         ///< K, from 2 to n
    std::uint64_t seed = 0; ///< of the shuffle
    int threads = 1;        ///< folds at a time
    LassoOptions lasso;     ///< its λs are the grid; without any, the usual 100 of the full data
};

struct CrossValidation {
    std::vector<double> lambdas;
    std::vector<std::vector<double>>
        foldErrors;                    ///< K × λs, mean squared error; empty: that fold is not done yet
    std::vector<int> foldSizes;        ///< n_k
    std::vector<double> meanError;     ///< over the folds that are done, one a λ
    std::vector<double> standardError; ///< 0 while fewer than two folds are done
    std::size_t minimumIndex = 0;      ///< of the least mean error
    std::size_t oneStandardErrorIndex = 0;
    int foldsDone = 0;

    friend bool operator==(const CrossValidation&, const CrossValidation&) = default;
};

/// Called after each fold with what is known by then, from whichever thread did the fold, one call at a time.
using CrossValidationUpdate = std::function<void(const CrossValidation&)>;

/// Fails on a number of folds that the rows do not allow, and with Cancelled when asked to stop.
[[nodiscard]] Expected<CrossValidation> crossValidate(const RegressionProblem& problem,
                                                      CrossValidationOptions options, Progress& progress,
                                                      const CrossValidationUpdate& onFold = {});

/// Fold of each row; sizes differ by at most one.
[[nodiscard]] std::vector<int> dealFolds(Eigen::Index rows, int folds, std::uint64_t seed);

} // namespace orrery::linear
