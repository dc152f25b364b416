#include "core/linear/regression_problem.h"

#include "core/linear/duality_gap.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <optional>

namespace orrery::linear {

using Eigen::Index;
using Eigen::VectorXd;
using VectorRef = Eigen::Ref<const VectorXd>;

namespace {

constexpr double kSmallestAlpha = 1e-3; ///< floor of α in lambdaMax
/// A column whose spread is below this fraction of its mean holds rounding noise only.
constexpr double kConstantColumn = 1e-13;
/// A λ_max below this fraction of what the norms allow is rounding of zero.
constexpr double kUncorrelated = 1e-13;

template <class Design>
std::optional<Error> findFault(const Design& x, const VectorXd& y, const std::vector<std::string>& names) {
    const auto fault = [](std::string message) { return Error{ErrorCode::BadInput, std::move(message)}; };
    if (y.size() < 2) return fault(fmt::format("a regression needs at least 2 rows, not {}", y.size()));
    if (x.cols() < 1) return fault("a regression needs at least one column");
    if (x.rows() != y.size())
        return fault(fmt::format("the design has {} rows but the response has {}", x.rows(), y.size()));
    if (!names.empty() && static_cast<Index>(names.size()) != x.cols())
        return fault(fmt::format("{} names were given for {} columns", names.size(), x.cols()));
    for (Index i = 0; i < y.size(); ++i)
        if (!std::isfinite(y[i])) return fault(fmt::format("the response in row {} is not finite", i + 1));
    return std::nullopt;
}

Error notFinite(Index row, Index column, const std::vector<std::string>& names) {
    const std::string name = names.empty() ? fmt::format("{}", column + 1)
                                           : fmt::format("“{}”", names[static_cast<std::size_t>(column)]);
    return {ErrorCode::BadInput,
            fmt::format("the value in row {} of column {} is not finite", row + 1, name)};
}

/// Centres y; a constant response becomes exactly zero, so that its null deviance does too.
void setResponse(RegressionProblem& problem, VectorXd y) {
    const double n = static_cast<double>(y.size());
    problem.responseMean = y.minCoeff() == y.maxCoeff() ? y[0] : y.sum() / n;
    y.array() -= problem.responseMean;
    problem.nullDeviance = y.squaredNorm() / (2.0 * n);
    problem.response = std::move(y);
}

bool isConstant(double mean, double variance) {
    return std::sqrt(variance) <= kConstantColumn * std::abs(mean);
}

/// Scale and norm of column j from its mean and the variance about it.
void setColumn(RegressionProblem& problem, Index j, double mean, double variance) {
    const bool constant = isConstant(mean, variance);
    problem.columnMean[j] = mean;
    problem.columnScale[j] = problem.standardized && !constant ? std::sqrt(variance) : 1.0;
    problem.columnNorm2[j] = constant ? 0.0 : problem.standardized ? 1.0 : variance;
}

std::shared_ptr<RegressionProblem> emptyProblem(Index columns, bool standardize,
                                                std::vector<std::string> names, std::string responseName) {
    auto problem = std::make_shared<RegressionProblem>();
    problem->standardized = standardize;
    problem->names = std::move(names);
    problem->responseName = std::move(responseName);
    problem->columnMean.resize(columns);
    problem->columnScale.resize(columns);
    problem->columnNorm2.resize(columns);
    return problem;
}

/// Squares beyond the largest double: there is no loss to compute then.
std::optional<Error> findOverflow(const RegressionProblem& problem) {
    const auto tooLarge = [](const std::string& which) {
        return Error{ErrorCode::BadInput,
                     fmt::format("the numbers of {} are too large to be squared; use a larger unit", which)};
    };
    if (!std::isfinite(problem.nullDeviance)) return tooLarge("the target");
    for (Index j = 0; j < problem.columnNorm2.size(); ++j)
        if (!std::isfinite(problem.columnMean[j]) || !std::isfinite(problem.columnScale[j]) ||
            !std::isfinite(problem.columnNorm2[j]))
            return tooLarge(problem.names.empty()
                                ? fmt::format("column {}", j + 1)
                                : fmt::format("column “{}”", problem.names[static_cast<std::size_t>(j)]));
    return std::nullopt;
}

} // namespace

Expected<std::shared_ptr<const RegressionProblem>> makeProblem(Eigen::MatrixXd x, VectorXd y,
                                                               bool standardize,
                                                               std::vector<std::string> names,
                                                               std::string responseName) {
    if (auto fault = findFault(x, y, names)) return tl::unexpected(*std::move(fault));
    for (Index j = 0; j < x.cols(); ++j)
        if (!x.col(j).allFinite())
            for (Index i = 0; i < x.rows(); ++i)
                if (!std::isfinite(x(i, j))) return tl::unexpected(notFinite(i, j, names));
    auto problem = emptyProblem(x.cols(), standardize, std::move(names), std::move(responseName));
    setResponse(*problem, std::move(y));
    const double n = static_cast<double>(x.rows());
    for (Index j = 0; j < x.cols(); ++j) {
        const double mean = x.col(j).sum() / n;
        x.col(j).array() -= mean;
        setColumn(*problem, j, mean, x.col(j).squaredNorm() / n);
        if (problem->columnNorm2[j] == 0.0)
            x.col(j).setZero();
        else
            x.col(j) /= problem->columnScale[j];
    }
    if (auto overflow = findOverflow(*problem)) return tl::unexpected(*std::move(overflow));
    problem->design = std::move(x);
    return problem;
}

Expected<std::shared_ptr<const RegressionProblem>> makeProblem(SparseDesign x, VectorXd y, bool standardize,
                                                               std::vector<std::string> names,
                                                               std::string responseName) {
    if (auto fault = findFault(x, y, names)) return tl::unexpected(*std::move(fault));
    x.makeCompressed();
    for (Index j = 0; j < x.cols(); ++j)
        for (SparseDesign::InnerIterator it(x, j); it; ++it)
            if (!std::isfinite(it.value())) return tl::unexpected(notFinite(it.row(), j, names));
    auto problem = emptyProblem(x.cols(), standardize, std::move(names), std::move(responseName));
    setResponse(*problem, std::move(y));
    const double n = static_cast<double>(x.rows());
    for (Index j = 0; j < x.cols(); ++j) {
        double sum = 0.0, square = 0.0, stored = 0.0;
        for (SparseDesign::InnerIterator it(x, j); it; ++it)
            sum += it.value();
        const double mean = sum / n;
        for (SparseDesign::InnerIterator it(x, j); it; ++it, stored += 1.0)
            square += (it.value() - mean) * (it.value() - mean);
        setColumn(*problem, j, mean, (square + (n - stored) * mean * mean) / n);
    }
    if (auto overflow = findOverflow(*problem)) return tl::unexpected(*std::move(overflow));
    problem->design = std::move(x);
    return problem;
}

double lambdaMax(const RegressionProblem& problem, double alpha) {
    const double largest = transposeTimes(problem, problem.response).cwiseAbs().maxCoeff();
    return largest / (static_cast<double>(problem.rows()) * std::max(alpha, kSmallestAlpha));
}

std::vector<double> lambdaGrid(const RegressionProblem& problem, double alpha, int count, double ratio) {
    double top = lambdaMax(problem, alpha);
    // |x_jᵀy|/n ≤ √(‖x_j‖²/n · ‖y‖²/n). A λ_max far below that bound is rounding: nothing to fit, β = 0
    // solves any grid.
    const double bound = std::sqrt(problem.columnNorm2.maxCoeff() * 2.0 * problem.nullDeviance);
    if (!(top > kUncorrelated * bound)) top = 1.0;
    std::vector<double> lambdas(static_cast<std::size_t>(std::max(count, 1)), top);
    const double step = count > 1 ? std::log(ratio) / (count - 1) : 0.0;
    for (std::size_t k = 1; k < lambdas.size(); ++k)
        lambdas[k] = top * std::exp(step * static_cast<double>(k));
    return lambdas;
}

double defaultLambdaRatio(const RegressionProblem& problem) {
    return problem.rows() > problem.columns() ? 1e-4 : 1e-2;
}

DataScaleModel coefficientsInDataScale(const RegressionProblem& problem, const VectorRef& beta) {
    DataScaleModel model;
    model.coefficients = beta.cwiseQuotient(problem.columnScale);
    model.intercept = problem.responseMean - model.coefficients.dot(problem.columnMean);
    return model;
}

VectorXd transposeTimes(const RegressionProblem& problem, const VectorRef& v) {
    if (const auto* dense = std::get_if<Eigen::MatrixXd>(&problem.design)) return dense->transpose() * v;
    const auto& sparse = std::get<SparseDesign>(problem.design);
    VectorXd product = sparse.transpose() * v;
    product -= v.sum() * problem.columnMean;
    for (Index j = 0; j < product.size(); ++j)
        product[j] = problem.columnNorm2[j] == 0.0 ? 0.0 : product[j] / problem.columnScale[j];
    return product;
}

VectorXd times(const RegressionProblem& problem, const VectorRef& beta) {
    if (const auto* dense = std::get_if<Eigen::MatrixXd>(&problem.design)) return *dense * beta;
    const auto& sparse = std::get<SparseDesign>(problem.design);
    VectorXd scaled(beta.size());
    for (Index j = 0; j < beta.size(); ++j)
        scaled[j] = problem.columnNorm2[j] == 0.0 ? 0.0 : beta[j] / problem.columnScale[j];
    VectorXd product = sparse * scaled;
    product.array() -= scaled.dot(problem.columnMean);
    return product;
}

double objective(const RegressionProblem& problem, const VectorRef& residual, const VectorRef& beta,
                 double lambda, double alpha) {
    const double loss = residual.squaredNorm() / (2.0 * static_cast<double>(problem.rows()));
    return loss + lambda * (alpha * beta.lpNorm<1>() + 0.5 * (1.0 - alpha) * beta.squaredNorm());
}

double dualityGap(const RegressionProblem& problem, const VectorRef& residual, const VectorRef& beta,
                  double lambda, double alpha) {
    const double n = static_cast<double>(problem.rows());
    const double ridge = lambda * (1.0 - alpha);
    const VectorXd correlation = transposeTimes(problem, residual) / n;
    GapTerms terms;
    terms.objective = objective(problem, residual, beta, lambda, alpha);
    terms.responseProduct = problem.response.dot(residual) / n;
    terms.residualSquare = residual.squaredNorm() / n;
    terms.betaSquare = beta.squaredNorm();
    terms.largestSlope = (correlation - ridge * beta).cwiseAbs().maxCoeff();
    terms.excessSquare = (correlation.cwiseAbs().array() - lambda * alpha).cwiseMax(0.0).square().sum();
    return dualityGap(terms, lambda * alpha, ridge);
}

double kktViolation(const RegressionProblem& problem, const VectorRef& residual, const VectorRef& beta,
                    double lambda, double alpha) {
    const VectorXd correlation = transposeTimes(problem, residual) / static_cast<double>(problem.rows());
    const double threshold = lambda * alpha;
    double worst = 0.0;
    for (Index j = 0; j < beta.size(); ++j) {
        const double slope = correlation[j] - lambda * (1.0 - alpha) * beta[j];
        const double distance = beta[j] > 0.0   ? std::abs(slope - threshold)
                                : beta[j] < 0.0 ? std::abs(slope + threshold)
                                                : std::max(std::abs(slope) - threshold, 0.0);
        worst = std::max(worst, distance);
    }
    return worst;
}

} // namespace orrery::linear
