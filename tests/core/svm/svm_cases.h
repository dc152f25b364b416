// Random support vector problems and what a right answer to them looks like.
#pragma once

#include "core/support/rng.h"
#include "core/svm/smo_solver.h"
#include "core/svm/svm_model.h"

#include <Eigen/QR>
#include <QString>
#include <cmath>
#include <limits>

namespace orrery::svm::testing {

inline const std::vector<Kernel>& someKernels() {
    static const std::vector<Kernel> kernels = {
        {KernelKind::Linear, 1.0, 0.0, 1},     {KernelKind::Polynomial, 0.5, 1.0, 2},
        {KernelKind::Polynomial, 1.0, 0.0, 3}, {KernelKind::Rbf, 0.7, 0.0, 1},
        {KernelKind::Laplacian, 0.5, 0.0, 1},  {KernelKind::Sigmoid, 0.3, -0.4, 1}};
    return kernels;
}

/// Seeded: two overlapping classes, or a wave with noise; the first two points are of different classes. Some
/// points are there twice, some with the other label.
inline ProblemPtr randomProblem(ProblemKind kind, std::uint64_t seed, Eigen::Index points,
                                const Kernel& kernel, double c, Eigen::Index dimensions = 2) {
    Rng rng(seed, 5);
    PointMatrix x(points, dimensions);
    Eigen::VectorXd y(points);
    ProblemOptions options;
    for (Eigen::Index i = 0; i < points; ++i) {
        const double side = i == 0 ? 1.0 : i == 1 ? -1.0 : rng.below(2) == 0 ? 1.0 : -1.0;
        for (Eigen::Index k = 0; k < dimensions; ++k)
            x(i, k) = rng.normal(k == 0 ? 0.6 * side : 0.0, 1.0);
        if (i > 4 && rng.below(12) == 0) x.row(i) = x.row(static_cast<Eigen::Index>(rng.below(4)));
        y[i] = kind == ProblemKind::Regression ? std::sin(2.0 * x(i, 0)) + rng.normal(0.0, 0.3) : side;
        options.sampleWeights.push_back(rng.below(3) == 0 ? rng.uniform(0.5, 2.0) : 1.0);
    }
    options.kind = kind;
    options.kernel = kernel;
    options.c = c;
    options.epsilon = 0.2;
    options.nu = rng.uniform(0.05, 0.9);
    const auto problem = makeProblem(std::move(x), std::move(y), options);
    return problem ? *problem : nullptr;
}

inline SmoSolver solved(const ProblemPtr& problem, double tolerance = 1e-3, bool shrinking = true,
                        std::span<const double> start = {}) {
    SmoOptions options;
    options.tolerance = tolerance;
    options.shrinking = shrinking;
    SmoSolver solver(problem, options, start);
    (void)solve(solver);
    return solver;
}

/// By how much a bias would have to violate the optimality conditions: m(α) − M(α), from nothing but α.
/// Infinite where α is not feasible.
inline double kktResidual(const SvmProblem& problem, std::span<const double> alpha) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const auto [objective, gradient] = objectiveAndGradient(problem, alpha);
    double highest = -infinity, lowest = infinity, sum = 0.0, size = 0.0;
    for (std::size_t t = 0; t < alpha.size(); ++t) {
        const auto variable = static_cast<Eigen::Index>(t);
        const double sign = problem.signOf(variable), upper = problem.upperOf(variable);
        if (alpha[t] < 0.0 || alpha[t] > upper) return infinity;
        sum += sign * alpha[t];
        size += alpha[t];
        const double value = -sign * gradient[t];
        if (sign > 0.0 ? alpha[t] < upper : alpha[t] > 0.0) highest = std::max(highest, value);
        if (sign > 0.0 ? alpha[t] > 0.0 : alpha[t] < upper) lowest = std::min(lowest, value);
    }
    if (std::abs(sum - problem.equality()) > 1e-9 * (1.0 + size)) return infinity;
    return highest - lowest;
}

/// The least objective of all: every way to hold each variable at 0, at U or free is tried, the free ones
/// from the linear system of their conditions. 3^N systems, so N ≤ 8. Convex problems alone.
class BruteForce {
  public:
    explicit BruteForce(const SvmProblem& problem) : m_problem(problem), m_count(problem.variables()) {
        m_q.resize(m_count, m_count);
        for (Eigen::Index t = 0; t < m_count; ++t)
            for (Eigen::Index u = 0; u < m_count; ++u)
                m_q(t, u) = problem.signOf(t) * problem.signOf(u) *
                            problem.kernel.value(problem.point(problem.pointOf(t)),
                                                 problem.point(problem.pointOf(u)));
        m_alpha = Eigen::VectorXd::Zero(m_count);
        tryFrom(0, {});
    }
    [[nodiscard]] double objective() const { return m_best; }

  private:
    void tryFrom(Eigen::Index t, std::vector<Eigen::Index> free) {
        if (t == m_count) {
            tryFree(free);
            return;
        }
        for (const double value : {0.0, m_problem.upperOf(t)}) {
            m_alpha[t] = value;
            tryFrom(t + 1, free);
        }
        m_alpha[t] = 0.0;
        free.push_back(t);
        tryFrom(t + 1, free);
    }

    // [Q_FF s_F; s_Fᵀ 0] [α_F; b] = [−p_F − Q_FB α_B; Δ − s_Bᵀ α_B]
    void tryFree(const std::vector<Eigen::Index>& free) {
        const auto f = static_cast<Eigen::Index>(free.size());
        Eigen::MatrixXd system = Eigen::MatrixXd::Zero(f + 1, f + 1);
        Eigen::VectorXd right(f + 1);
        const Eigen::VectorXd heldGradient = m_q * m_alpha;
        right[f] = m_problem.equality();
        for (Eigen::Index t = 0; t < m_count; ++t)
            right[f] -= m_problem.signOf(t) * m_alpha[t];
        for (Eigen::Index i = 0; i < f; ++i) {
            const Eigen::Index t = free[static_cast<std::size_t>(i)];
            right[i] = -m_problem.linearOf(t) - heldGradient[t];
            system(i, f) = system(f, i) = m_problem.signOf(t);
            for (Eigen::Index j = 0; j < f; ++j)
                system(i, j) = m_q(t, free[static_cast<std::size_t>(j)]);
        }
        const Eigen::VectorXd solution = system.fullPivHouseholderQr().solve(right);
        if ((system * solution - right).norm() > 1e-8 * (1.0 + right.norm())) return;
        Eigen::VectorXd alpha = m_alpha;
        for (Eigen::Index i = 0; i < f; ++i) {
            const Eigen::Index t = free[static_cast<std::size_t>(i)];
            if (solution[i] < -1e-9 || solution[i] > m_problem.upperOf(t) + 1e-9) return;
            alpha[t] = solution[i];
        }
        double value = 0.5 * alpha.dot(m_q * alpha);
        for (Eigen::Index t = 0; t < m_count; ++t)
            value += m_problem.linearOf(t) * alpha[t];
        m_best = std::min(m_best, value);
    }

    const SvmProblem& m_problem;
    Eigen::Index m_count;
    Eigen::MatrixXd m_q;
    Eigen::VectorXd m_alpha;
    double m_best = std::numeric_limits<double>::infinity();
};

} // namespace orrery::svm::testing
