#include "core/svm/svm_problem.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace orrery::svm {

using Eigen::Index;
using Eigen::VectorXd;

namespace {

/// Products of kernel values, α and C are added up: far from the largest double.
constexpr double kLargestKernel = 1e100;
constexpr Index kMostPoints = Index{1} << 30; ///< indices are 32 bits, and regression has two a point

Expected<void> checkShape(Index points, Index features, const VectorXd& y, const ProblemOptions& options) {
    if (points < 1) return fail("a support vector machine needs at least one point");
    if (points > kMostPoints) return fail(fmt::format("at most {} points can be taken", kMostPoints));
    if (features < 1) return fail("a support vector machine needs at least one feature");
    if (options.kind != ProblemKind::OneClass && y.size() != points)
        return fail(fmt::format("there are {} points but {} targets", points, y.size()));
    const auto weights = static_cast<Index>(options.sampleWeights.size());
    if (weights != 0 && weights != points)
        return fail(fmt::format("there are {} points but {} weights", points, weights));
    return {};
}

Expected<void> notFinite(Index point, Index feature) {
    return fail(fmt::format("feature {} of point {} is not a finite number", feature + 1, point + 1));
}

Expected<void> checkFeatures(const PointMatrix& x) {
    for (Index i = 0; i < x.rows(); ++i)
        if (!x.row(i).allFinite())
            for (Index j = 0; j < x.cols(); ++j)
                if (!std::isfinite(x(i, j))) return notFinite(i, j);
    return {};
}

Expected<void> checkFeatures(const SparseRows& x) {
    for (Index i = 0; i < x.rows(); ++i)
        for (SparseRows::InnerIterator at(x, i); at; ++at)
            if (!std::isfinite(at.value())) return notFinite(i, at.col());
    return {};
}

Expected<void> checkTargets(const VectorXd& y) {
    for (Index i = 0; i < y.size(); ++i)
        if (!std::isfinite(y[i]))
            return fail(fmt::format("the target of point {} is not a finite number", i + 1));
    return {};
}

Expected<void> checkLabels(const VectorXd& y) {
    for (Index i = 0; i < y.size(); ++i)
        if (y[i] != 1.0 && y[i] != -1.0)
            return fail(fmt::format("the label of point {} is {}; labels are +1 and −1", i + 1, y[i]));
    if (y.minCoeff() == y.maxCoeff())
        return fail(fmt::format("every point is of class {}: a boundary needs points of both classes",
                                y[0] > 0.0 ? "+1" : "−1"));
    return {};
}

bool isPositive(double value) {
    return std::isfinite(value) && value > 0.0;
}

Expected<void> checkParameters(const ProblemOptions& options) {
    if (auto kernel = checkKernel(options.kernel); !kernel) return kernel;
    if (options.kind == ProblemKind::OneClass) {
        if (!(options.nu > 0.0 && options.nu <= 1.0))
            return fail(fmt::format("ν must be above 0 and at most 1, not {}", options.nu));
        return {};
    }
    if (!isPositive(options.c)) return fail(fmt::format("C must be a number above 0, not {}", options.c));
    for (const double weight : options.sampleWeights)
        if (!isPositive(weight)) return fail(fmt::format("weights must be numbers above 0, not {}", weight));
    if (!isPositive(options.positiveWeight) || !isPositive(options.negativeWeight))
        return fail("the weight of a class must be a number above 0");
    if (options.kind == ProblemKind::Regression &&
        !(std::isfinite(options.epsilon) && options.epsilon >= 0.0))
        return fail(fmt::format("ε must be a number from 0 on, not {}", options.epsilon));
    return {};
}

/// |⟨x, z⟩| and ‖x − z‖² are bounded by the largest norm, so no value of the kernel is beyond this.
Expected<void> checkSize(double largest, const Kernel& kernel) {
    double bound = 4.0 * largest;
    if (kernel.kind == KernelKind::Polynomial)
        bound = std::pow(std::abs(kernel.gamma) * largest + std::abs(kernel.coef0), kernel.degree);
    if (bound <= kLargestKernel) return {};
    return fail("the features are too large for this kernel; scale them to a few units");
}

VectorXd upperBounds(const VectorXd& y, const ProblemOptions& options) {
    VectorXd upper = VectorXd::Constant(y.size(), options.kind == ProblemKind::OneClass ? 1.0 : options.c);
    if (options.kind == ProblemKind::OneClass) return upper;
    for (Index i = 0; i < y.size(); ++i) {
        if (!options.sampleWeights.empty()) upper[i] *= options.sampleWeights[static_cast<std::size_t>(i)];
        if (options.kind == ProblemKind::Classification)
            upper[i] *= y[i] > 0.0 ? options.positiveWeight : options.negativeWeight;
    }
    return upper;
}

} // namespace

std::string_view idOf(ProblemKind kind) {
    constexpr std::array<std::string_view, 3> ids = {"c-svc", "eps-svr", "one-class"};
    return ids[static_cast<std::size_t>(kind)];
}

std::string_view labelOf(ProblemKind kind) {
    constexpr std::array<std::string_view, 3> labels = {"Classification", "Regression", "One class"};
    return labels[static_cast<std::size_t>(kind)];
}

std::optional<ProblemKind> problemKindFromId(std::string_view id) {
    for (const ProblemKind kind : kProblemKinds)
        if (idOf(kind) == id) return kind;
    return std::nullopt;
}

double SvmProblem::kernelValue(Index i, Index j) const {
    if (!isSparse()) return kernel.value(point(i), point(j));
    const double xz = product(sparse, i, sparse, j);
    if (!kernel.isRadial()) return kernel.ofProduct(xz);
    const double distance = product(sparse, i, sparse, i) - 2.0 * xz + product(sparse, j, sparse, j);
    return kernel.ofSquaredDistance(std::max(distance, 0.0));
}

double SvmProblem::largestSquaredNorm() const {
    return isSparse() ? squaredNorms(sparse).maxCoeff() : x.rowwise().squaredNorm().maxCoeff();
}

namespace {

template <class Points>
Expected<ProblemPtr> makeProblemOf(Points x, VectorXd y, const ProblemOptions& options) {
    if (auto sound = checkShape(x.rows(), x.cols(), y, options); !sound) return tl::unexpected(sound.error());
    if (auto sound = checkParameters(options); !sound) return tl::unexpected(sound.error());
    if (auto sound = checkFeatures(x); !sound) return tl::unexpected(sound.error());
    if (options.kind != ProblemKind::OneClass)
        if (auto sound = checkTargets(y); !sound) return tl::unexpected(sound.error());
    if (options.kind == ProblemKind::Classification)
        if (auto sound = checkLabels(y); !sound) return tl::unexpected(sound.error());
    auto problem = std::make_shared<SvmProblem>();
    problem->kind = options.kind;
    problem->kernel = options.kernel;
    problem->epsilon = options.epsilon;
    problem->nu = options.nu;
    problem->y = options.kind == ProblemKind::OneClass ? VectorXd::Ones(x.rows()).eval() : std::move(y);
    problem->upper = upperBounds(problem->y, options);
    if constexpr (std::is_same_v<Points, SparseRows>)
        problem->sparse = std::move(x);
    else
        problem->x = std::move(x);
    if (auto sound = checkSize(problem->largestSquaredNorm(), options.kernel); !sound)
        return tl::unexpected(sound.error());
    return problem;
}

} // namespace

Expected<ProblemPtr> makeProblem(PointMatrix x, VectorXd y, const ProblemOptions& options) {
    return makeProblemOf(std::move(x), std::move(y), options);
}

Expected<ProblemPtr> makeProblem(SparseRows x, VectorXd y, const ProblemOptions& options) {
    x.makeCompressed();
    return makeProblemOf(std::move(x), std::move(y), options);
}

SvmProblem subProblem(const SvmProblem& problem, const std::vector<Index>& rows) {
    SvmProblem part;
    part.kind = problem.kind;
    part.kernel = problem.kernel;
    part.epsilon = problem.epsilon;
    part.nu = problem.nu;
    if (problem.isSparse())
        part.sparse = selectedRows(problem.sparse, rows);
    else
        part.x = problem.x(rows, Eigen::all);
    part.y = problem.y(rows);
    part.upper = problem.upper(rows);
    return part;
}

ObjectiveAndGradient objectiveAndGradient(const SvmProblem& problem, std::span<const double> alpha) {
    const Index n = problem.points();
    VectorXd coefficient = VectorXd::Zero(n);
    for (Index t = 0; t < problem.variables(); ++t)
        coefficient[problem.pointOf(t)] += problem.signOf(t) * alpha[static_cast<std::size_t>(t)];
    VectorXd decision = VectorXd::Zero(n);
    for (Index j = 0; j < n; ++j)
        if (coefficient[j] != 0.0)
            for (Index i = 0; i < n; ++i)
                decision[i] += coefficient[j] * problem.kernelValue(i, j);
    ObjectiveAndGradient result;
    for (Index t = 0; t < problem.variables(); ++t) {
        const double p = problem.linearOf(t);
        const double g = problem.signOf(t) * decision[problem.pointOf(t)] + p;
        result.gradient.push_back(g);
        result.objective += 0.5 * alpha[static_cast<std::size_t>(t)] * (g + p);
    }
    return result;
}

} // namespace orrery::svm
