// Problems that the LASSO tests share, and a plain coordinate descent to check the solvers against.
#pragma once

#include "core/linear/regression_problem.h"
#include "core/support/rng.h"

#include <QFile>
#include <cmath>

namespace orrery::linear::fixtures {

using ProblemPointer = std::shared_ptr<const RegressionProblem>;

/// y = Xβ + noise with columns correlated by ρ and every third coefficient non-zero.
inline ProblemPointer randomProblem(std::uint64_t seed, Eigen::Index n, Eigen::Index p, double rho = 0.4,
                                    bool standardize = true) {
    Rng rng(seed);
    Eigen::MatrixXd x(n, p);
    Eigen::VectorXd y(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        const double common = rng.normal();
        y[i] = rng.normal();
        for (Eigen::Index j = 0; j < p; ++j) {
            x(i, j) = std::sqrt(rho) * common + std::sqrt(1.0 - rho) * rng.normal();
            if (j % 3 == 0)
                y[i] += (j % 2 == 0 ? 2.0 : -1.0) * x(i, j) / (1.0 + 0.5 * static_cast<double>(j));
        }
    }
    return *makeProblem(x, y, standardize);
}

/// About a third of the entries stored; the same numbers dense and sparse.
inline std::pair<ProblemPointer, ProblemPointer> sparseTwins(std::uint64_t seed, Eigen::Index n,
                                                             Eigen::Index p) {
    Rng rng(seed);
    Eigen::MatrixXd x = Eigen::MatrixXd::Zero(n, p);
    Eigen::VectorXd y(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        for (Eigen::Index j = 0; j < p; ++j)
            if (rng.uniform() < 0.33) x(i, j) = 1.0 + rng.normal();
        y[i] = x(i, 0) - 2.0 * x(i, p - 1) + rng.normal();
    }
    return {*makeProblem(x, y, true), *makeProblem(SparseDesign(x.sparseView()), y, true)};
}

/// Rows of numbers from a CSV file; lines that begin with '#' and the header are skipped.
inline std::vector<std::vector<double>> readNumbers(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Text)) return {};
    std::vector<std::vector<double>> rows;
    bool headerSeen = false;
    while (!file.atEnd()) {
        const QByteArray line = file.readLine().trimmed();
        if (line.isEmpty() || line.startsWith('#')) continue;
        if (!std::exchange(headerSeen, true)) continue;
        std::vector<double> row;
        for (const QByteArray& cell : line.split(','))
            row.push_back(cell.toDouble());
        rows.push_back(std::move(row));
    }
    return rows;
}

inline ProblemPointer diabetes(bool standardize = true) {
    const auto rows = readNumbers(QStringLiteral(ORRERY_SOURCE_DIR "/resources/data/diabetes.csv"));
    if (rows.empty()) return nullptr;
    const auto n = static_cast<Eigen::Index>(rows.size()), p = static_cast<Eigen::Index>(rows[0].size()) - 1;
    Eigen::MatrixXd x(n, p);
    Eigen::VectorXd y(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        for (Eigen::Index j = 0; j < p; ++j)
            x(i, j) = rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
        y[i] = rows[static_cast<std::size_t>(i)].back();
    }
    return *makeProblem(x, y, standardize);
}

/// Textbook cyclic coordinate descent from zero until no coordinate moves by more than 1e-13.
inline Eigen::VectorXd plainCoordinateDescent(const RegressionProblem& problem, double lambda, double alpha) {
    const double n = static_cast<double>(problem.rows());
    Eigen::VectorXd beta = Eigen::VectorXd::Zero(problem.columns()), residual = problem.response;
    for (int sweep = 0; sweep < 200'000; ++sweep) {
        double largest = 0.0;
        for (Eigen::Index j = 0; j < beta.size(); ++j) {
            const double norm2 = problem.columnNorm2[j];
            if (norm2 == 0.0) continue;
            const Eigen::VectorXd column = times(problem, Eigen::VectorXd::Unit(beta.size(), j));
            const double rho = column.dot(residual) / n + norm2 * beta[j];
            const double after = softThreshold(rho, lambda * alpha) / (norm2 + lambda * (1.0 - alpha));
            residual += (beta[j] - after) * column;
            largest = std::max(largest, std::abs(after - beta[j]));
            beta[j] = after;
        }
        if (largest < 1e-13) break;
    }
    return beta;
}

inline Eigen::VectorXd denseBeta(const std::vector<int>& support, const std::vector<double>& values,
                                 Eigen::Index p) {
    Eigen::VectorXd beta = Eigen::VectorXd::Zero(p);
    for (std::size_t i = 0; i < support.size(); ++i)
        beta[support[i]] = values[i];
    return beta;
}

} // namespace orrery::linear::fixtures
