#include "core/svm/kernel_matrix.h"

#include "core/svm/kernel_rows.h"

#include <Eigen/Eigenvalues>
#include <algorithm>

namespace orrery::svm {

using Eigen::Index;

namespace {

constexpr double kNegligible = 1e-10; ///< of the largest eigenvalue: rounding of zero

std::vector<std::int32_t> picturedRows(const SvmProblem& problem, Index most) {
    const Index count = std::min(problem.points(), most);
    std::vector<std::int32_t> rows;
    for (Index k = 0; k < count; ++k)
        rows.push_back(static_cast<std::int32_t>(k * problem.points() / count));
    std::stable_sort(rows.begin(), rows.end(),
                     [&](std::int32_t a, std::int32_t b) { return problem.y[a] > problem.y[b]; });
    return rows;
}

} // namespace

Expected<KernelMatrix> kernelMatrix(const SvmProblem& problem, bool withEigenvalues, Progress& progress,
                                    Index most) {
    KernelMatrix matrix;
    matrix.rows = picturedRows(problem, most);
    const auto count = static_cast<Index>(matrix.rows.size());
    PointMatrix points(count, problem.dimensions());
    for (Index i = 0; i < count; ++i)
        points.row(i) = problem.x.row(matrix.rows[static_cast<std::size_t>(i)]);
    const KernelRows rows(problem.kernel, points);
    Eigen::VectorXd row(rows.stride());
    matrix.values.resize(count, count);
    for (Index i = 0; i < count; ++i) {
        rows.evaluate(points.data() + i * points.cols(), row.data());
        matrix.values.col(i) = row.head(count);
    }
    progress.setFraction(withEigenvalues ? 0.1 : 1.0);
    if (progress.isCancelled()) return fail("the kernel matrix was cancelled", ErrorCode::Cancelled);
    if (!withEigenvalues) return matrix;
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(matrix.values, Eigen::EigenvaluesOnly);
    if (solver.info() != Eigen::Success) return fail("the eigenvalues of the kernel matrix did not converge");
    matrix.eigenvalues = solver.eigenvalues().reverse();
    matrix.indefinite = matrix.leastEigenvalue() < -kNegligible * matrix.eigenvalues.cwiseAbs().maxCoeff();
    progress.setFraction(1.0);
    return matrix;
}

} // namespace orrery::svm
