// The kernel matrix as a picture: K_ij = k(x_i, x_j) and its eigenvalues, n × n.
//
// Cost: O(n² d) and O(n³); meant for n ≤ kMostPictured.
#pragma once

#include "core/support/progress.h"
#include "core/svm/svm_problem.h"

namespace orrery::svm {

inline constexpr Eigen::Index kMostPictured = 500;

struct KernelMatrix {
    Eigen::MatrixXd values;         ///< m × m
    std::vector<std::int32_t> rows; ///< m: the points, ordered by class and within a class as they came
    Eigen::VectorXd eigenvalues;    ///< m, descending; empty: not asked for
    bool indefinite = false;        ///< the least eigenvalue is below −10⁻¹⁰ times the largest in size

    [[nodiscard]] double leastEigenvalue() const {
        return eigenvalues.size() > 0 ? eigenvalues[eigenvalues.size() - 1] : 0.0;
    }
};

/// The first `most` points evenly taken where there are more. Fails with Cancelled when asked to stop.
[[nodiscard]] Expected<KernelMatrix> kernelMatrix(const SvmProblem& problem, bool withEigenvalues,
                                                  Progress& progress, Eigen::Index most = kMostPictured);

} // namespace orrery::svm
