#include "core/linear/design_products.h"

namespace orrery::linear {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

bool isEmptyColumn(const RegressionProblem& problem, Index j) {
    return problem.columnNorm2[j] == 0.0;
}

} // namespace

double productFlops(const RegressionProblem& problem) {
    if (const auto* sparse = std::get_if<SparseDesign>(&problem.design))
        return 2.0 * static_cast<double>(sparse->nonZeros() + problem.rows() + problem.columns());
    return 2.0 * static_cast<double>(problem.rows()) * static_cast<double>(problem.columns());
}

double correlate(const RegressionProblem& problem, const VectorXd& v, VectorXd& out) {
    const double n = static_cast<double>(problem.rows());
    if (const auto* dense = std::get_if<MatrixXd>(&problem.design)) {
        out.noalias() = dense->transpose() * v;
        out /= n;
        return productFlops(problem);
    }
    const auto& sparse = std::get<SparseDesign>(problem.design);
    const double total = v.sum();
    for (Index j = 0; j < out.size(); ++j) {
        double sum = 0.0;
        for (SparseDesign::InnerIterator it(sparse, j); it; ++it)
            sum += it.value() * v[it.row()];
        out[j] = isEmptyColumn(problem, j)
                     ? 0.0
                     : (sum - problem.columnMean[j] * total) / (n * problem.columnScale[j]);
    }
    return productFlops(problem);
}

double applyDesign(const RegressionProblem& problem, const VectorXd& beta, VectorXd& out) {
    out.setZero();
    double flops = 0.0;
    for (Index j = 0; j < beta.size(); ++j)
        if (beta[j] != 0.0) flops += addColumn(problem, j, beta[j], out);
    return flops;
}

double addColumn(const RegressionProblem& problem, Index j, double factor, VectorXd& out) {
    if (const auto* dense = std::get_if<MatrixXd>(&problem.design)) {
        out.noalias() += factor * dense->col(j);
        return 2.0 * static_cast<double>(problem.rows());
    }
    if (isEmptyColumn(problem, j)) return 0.0;
    const auto& sparse = std::get<SparseDesign>(problem.design);
    const double scaled = factor / problem.columnScale[j];
    for (SparseDesign::InnerIterator it(sparse, j); it; ++it)
        out[it.row()] += scaled * it.value();
    out.array() -= scaled * problem.columnMean[j];
    return 2.0 * static_cast<double>(problem.rows());
}

double columnProduct(const RegressionProblem& problem, Index i, Index j) {
    const double n = static_cast<double>(problem.rows());
    if (const auto* dense = std::get_if<MatrixXd>(&problem.design))
        return dense->col(i).dot(dense->col(j)) / n;
    if (isEmptyColumn(problem, i) || isEmptyColumn(problem, j)) return 0.0;
    const auto& sparse = std::get<SparseDesign>(problem.design);
    const double inner = sparse.col(i).dot(sparse.col(j));
    return (inner / n - problem.columnMean[i] * problem.columnMean[j]) /
           (problem.columnScale[i] * problem.columnScale[j]);
}

MatrixXd denseDesign(const RegressionProblem& problem) {
    if (const auto* dense = std::get_if<MatrixXd>(&problem.design)) return *dense;
    MatrixXd x(problem.rows(), problem.columns());
    VectorXd column(problem.rows());
    for (Index j = 0; j < x.cols(); ++j) {
        column.setZero();
        addColumn(problem, j, 1.0, column);
        x.col(j) = column;
    }
    return x;
}

} // namespace orrery::linear
