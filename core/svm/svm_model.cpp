#include "core/svm/svm_model.h"

#include "core/linear/parallel_ranges.h"
#include "core/svm/as_published.h"
#include "core/svm/kernel_rows.h"
#include "core/svm/smo_solver.h"

#include <cassert>

namespace orrery::svm {

using Eigen::Index;
using Eigen::VectorXd;

namespace {

constexpr std::size_t kGrain = 64; ///< predictions that are worth a thread

/// Σ s_t α_t of each point.
VectorXd pointCoefficients(const SvmProblem& problem, std::span<const double> alpha) {
    VectorXd sum = VectorXd::Zero(problem.points());
    for (Index t = 0; t < problem.variables(); ++t)
        sum[problem.pointOf(t)] += problem.signOf(t) * alpha[static_cast<std::size_t>(t)];
    return sum;
}

SvmModel modelFrom(const SvmProblem& problem, std::span<const double> alpha, double bias, double threshold) {
    const VectorXd all = pointCoefficients(problem, alpha);
    SvmModel model;
    for (Index i = 0; i < all.size(); ++i)
        if (std::abs(all[i]) > threshold) model.rows.push_back(static_cast<std::int32_t>(i));
    const auto count = static_cast<Index>(model.rows.size());
    model.kind = problem.kind;
    model.kernel = problem.kernel;
    model.epsilon = problem.epsilon;
    model.bias = bias;
    const std::vector<Index> rows(model.rows.begin(), model.rows.end());
    model.coefficients = all(rows);
    if (problem.isSparse() && count > 0)
        model.sparseVectors = selectedRows(problem.sparse, rows);
    else if (problem.isSparse())
        model.vectors.resize(0, problem.dimensions());
    else
        model.vectors = problem.x(rows, Eigen::all);
    return model;
}

} // namespace

double SvmModel::decision(std::span<const double> x) const {
    assert(static_cast<Index>(x.size()) == vectors.cols());
    double sum = bias;
    for (Index i = 0; i < size(); ++i)
        sum += coefficients[i] * kernel.value({vectors.data() + i * vectors.cols(), x.size()}, x);
    return sum;
}

VectorXd SvmModel::decisions(const Eigen::Ref<const PointMatrix>& x, int threads) const {
    assert(x.cols() == vectors.cols());
    if (kernel.kind == KernelKind::Linear) {
        const VectorXd w = vectors.transpose() * coefficients;
        return ((x * w).array() + bias).matrix();
    }
    const KernelRows kernelRows(kernel, vectors);
    VectorXd out(x.rows());
    linear::ParallelRanges pool(threads);
    pool.run(static_cast<std::size_t>(x.rows()), kGrain, [&](std::size_t begin, std::size_t end) {
        VectorXd row(kernelRows.stride());
        VectorXd point(x.cols());
        for (auto i = static_cast<Index>(begin); i < static_cast<Index>(end); ++i) {
            point = x.row(i);
            kernelRows.evaluate(point.data(), row.data());
            out[i] = row.head(size()).dot(coefficients) + bias;
        }
    });
    return out;
}

VectorXd SvmModel::decisions(const SparseRows& x, int threads) const {
    VectorXd out = VectorXd::Constant(x.rows(), bias);
    if (!isSparse() || size() == 0) return out;
    if (kernel.kind == KernelKind::Linear) {
        VectorXd w = VectorXd::Zero(std::max(sparseVectors.cols(), x.cols()));
        w.head(sparseVectors.cols()) = sparseVectors.transpose() * coefficients;
        return out + x * w.head(x.cols());
    }
    const SparseColumns columns(sparseVectors);
    linear::ParallelRanges pool(threads);
    pool.run(static_cast<std::size_t>(x.rows()), kGrain, [&](std::size_t begin, std::size_t end) {
        VectorXd values(size());
        for (auto i = static_cast<Index>(begin); i < static_cast<Index>(end); ++i) {
            columns.kernelValues(kernel, x, i, 0, size(), values.data());
            out[i] += values.dot(coefficients);
        }
    });
    return out;
}

SvmModel modelWithBias(const SvmProblem& problem, std::span<const double> alpha, double bias) {
    return modelFrom(problem, alpha, bias, 0.0);
}

SvmModel modelOf(const SvmProblem& problem, std::span<const double> alpha, std::span<const double> gradient,
                 BiasRule rule) {
    if (rule == BiasRule::AsPublished && problem.kind == ProblemKind::Classification)
        return modelFrom(problem, alpha, publishedBias(problem, alpha), kPublishedThreshold);
    return modelFrom(problem, alpha, biasOf(problem, alpha, gradient), 0.0);
}

} // namespace orrery::svm
