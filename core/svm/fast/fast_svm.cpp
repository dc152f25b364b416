#include "core/svm/fast/fast_svm.h"

#include "core/svm/fast/dual_solver.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

namespace orrery::svm {

namespace {

using namespace fast;

constexpr std::size_t kPanelsPerTask = 4;
constexpr double kLargestValue = 1e30; ///< of a kernel; curvatures and sums stay below the largest float
/// Rounding of kernel values to single precision, relative to the largest.
constexpr double kValueRounding = 3e-8;
constexpr double kObjectiveRounding = 1e-7; ///< relative, above which the objective is summed again in double

std::int64_t mostPairsOf(const SvmProblem& problem, const FastOptions& options) {
    if (options.maxPairs > 0) return options.maxPairs;
    return std::max<std::int64_t>(10'000'000, 100 * static_cast<std::int64_t>(problem.variables()));
}

/// Above every |k(x, z)| of points like these.
double largestValueOf(const SvmProblem& problem) {
    const Kernel& kernel = problem.kernel;
    if (kernel.isRadial() || kernel.kind == KernelKind::Sigmoid) return 1.0;
    const double product = problem.largestSquaredNorm();
    if (kernel.kind == KernelKind::Linear) return product;
    return std::pow(std::abs(kernel.gamma) * product + std::abs(kernel.coef0), kernel.degree);
}

/// Σ_ij w_i w_j k(x_i, x_j) over some points, in double; each pair once.
double quadraticForm(const SvmProblem& problem, const std::vector<std::int32_t>& points,
                     const std::vector<double>& weights, int threads) {
    const KernelBlocks blocks = KernelBlocks(problem, Precision::Double).subset(points);
    const std::size_t panels = blocks.padded() / kPanel;
    std::vector<double> parts(panels, 0.0);
    linear::ParallelRanges(threads).run(panels, 1, [&](std::size_t from, std::size_t to) {
        std::vector<double> sums(blocks.padded());
        for (std::size_t panel = from; panel < to;
             ++panel) { // its points with those of itself and later ones
            const std::size_t first = panel * kPanel, after = std::min(first + kPanel, points.size());
            std::vector<std::int32_t> rows(after - first);
            std::iota(rows.begin(), rows.end(), static_cast<std::int32_t>(first));
            std::fill(sums.begin(), sums.end(), 0.0);
            blocks.sums(blocks.rows(rows), std::span(weights).subspan(first, rows.size()), sums.data(), first,
                        blocks.padded());
            for (std::size_t i = first; i < weights.size(); ++i)
                parts[panel] += (i < after ? 1.0 : 2.0) * weights[i] * sums[i];
        }
    });
    return std::accumulate(parts.begin(), parts.end(), 0.0);
}

/// The objective. Errors of kernel values are independent, so they make about Σ β² of one of them.
double objectiveOf(const SvmProblem& problem, const DualSolver& solver, int threads) {
    const BoxDual& dual = solver.dual();
    std::vector<double> beta(static_cast<std::size_t>(problem.points()), 0.0);
    double linear = 0.0;
    for (std::size_t t = 0; t < dual.size(); ++t) {
        beta[static_cast<std::size_t>(dual.point[t])] += dual.beta[t];
        linear -= dual.offset[t] * dual.beta[t];
    }
    std::vector<std::int32_t> points;
    std::vector<double> weights;
    double squares = 0.0;
    for (std::size_t i = 0; i < beta.size(); ++i) {
        if (beta[i] == 0.0) continue;
        points.push_back(static_cast<std::int32_t>(i));
        weights.push_back(beta[i]);
        squares += beta[i] * beta[i];
    }
    const double objective = solver.objective();
    if (squares * largestValueOf(problem) * kValueRounding <= kObjectiveRounding * std::abs(objective))
        return objective;
    return 0.5 * quadraticForm(problem, points, weights, threads) + linear;
}

} // namespace

Expected<FastFit> solveFast(const SvmProblem& problem, const FastOptions& options,
                            std::span<const double> start) {
    if (!(options.tolerance > 0.0)) return fail("The tolerance must be above 0.");
    if (!(largestValueOf(problem) <= kLargestValue))
        return fail("The kernel takes values that are too large for single precision; scale the features.");
    const auto begin = std::chrono::steady_clock::now();
    const std::vector<double> alpha =
        start.empty() ? startingAlphas(problem) : feasible(problem, {start.begin(), start.end()});
    const KernelBlocks blocks(problem);
    DualOptions dual;
    dual.tolerance = options.tolerance;
    dual.cacheBytes = options.cacheBytes;
    dual.threads = options.threads;
    dual.mostPairs = mostPairsOf(problem, options);
    dual.progress = options.progress;
    DualSolver solver(boxDualOf(problem, alpha), blocks, dual);
    const DualSolver::Ending ending = solver.solve();
    if (ending == DualSolver::Ending::Cancelled) return fail("Stopped.", ErrorCode::Cancelled);
    if (ending == DualSolver::Ending::NotFinite)
        return fail("The sums of kernel values are no longer finite; scale the features.");
    FastFit fit;
    fit.alpha = alphasOf(problem, solver.dual());
    fit.objective = objectiveOf(problem, solver, options.threads);
    fit.bias = solver.bias();
    fit.gap = solver.gap();
    fit.iterations = solver.pairs();
    fit.rounds = solver.rounds();
    fit.converged = ending == DualSolver::Ending::Converged;
    fit.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return fit;
}

Eigen::VectorXd decisionValues(const SvmModel& model, const Eigen::Ref<const PointMatrix>& x, int threads) {
    Eigen::VectorXd values = Eigen::VectorXd::Constant(x.rows(), model.bias);
    if (x.rows() == 0 || model.size() == 0) return values;
    const KernelMap map = mapOf(model.kernel, model.vectors);
    std::vector<std::int32_t> all(static_cast<std::size_t>(model.size()));
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = static_cast<std::int32_t>(i);
    const KernelBlocks::Rows vectors = KernelBlocks(model.vectors, map).rows(all);
    const std::span<const double> factors(model.coefficients.data(), all.size());
    const auto queries = static_cast<std::size_t>(x.rows());
    const auto panels = (queries + kPanel - 1) / kPanel;
    linear::ParallelRanges(threads).run(panels, kPanelsPerTask, [&](std::size_t first, std::size_t last) {
        const auto from = static_cast<Eigen::Index>(first * kPanel);
        const auto count = static_cast<Eigen::Index>(std::min(last * kPanel, queries)) - from;
        const KernelBlocks points(x.middleRows(from, count), map);
        std::vector<double> sums(points.padded(), 0.0);
        points.sums(vectors, factors, sums.data(), 0, points.padded());
        for (Eigen::Index i = 0; i < count; ++i)
            values[from + i] += sums[static_cast<std::size_t>(i)];
    });
    return values;
}

PairTrainer fastTrainer(const FastOptions& options) {
    return [options](const ProblemPtr& problem) -> Expected<TrainedPair> {
        const Expected<FastFit> fit = solveFast(*problem, options);
        if (!fit) return tl::unexpected(fit.error());
        return TrainedPair{fit->alpha, fit->bias, fit->objective, fit->iterations, fit->converged};
    };
}

} // namespace orrery::svm
