// The quadratic programme that a support vector machine is trained by, in one form for three kinds of it:
//
//   min over α ∈ ℝ^N   ½ αᵀQα + pᵀα     subject to   Σ s_t α_t = Δ,   0 ≤ α_t ≤ U_t,
//   Q_tu = s_t s_u k(x_t, x_u).
//
//   kind                        N    s_t        p_t                 U_t    Δ     decision f(x)
//   classification (C-SVC)      n    y_t = ±1   −1                  C_t    0     Σ y_t α_t k(x_t, x) + b
//   regression (ε-SVR)          2n   +1 | −1    ε − y_t | ε + y_t   C_t    0     Σ (α_t − α_{n+t}) k(x_t, x)
//   + b one class (ν)               n    +1         0                   1      νn    Σ α_t k(x_t, x) + b
//
// The objective is the one that LIBSVM prints. For classification it is minus the dual of
// ½‖w‖² + Σ C_i ξ_i, so it falls from 0. Cortes & Vapnik, Machine Learning 20 (1995); Schölkopf et al.,
// Neural Computation 13 (2001); Chang & Lin, ACM TIST 2 (2011).
#pragma once

#include "core/svm/sparse_rows.h"

#include <Eigen/Core>
#include <memory>
#include <vector>

namespace orrery::svm {

enum class ProblemKind : std::uint8_t { Classification, Regression, OneClass };
inline constexpr std::array kProblemKinds = {ProblemKind::Classification, ProblemKind::Regression,
                                             ProblemKind::OneClass};
[[nodiscard]] std::string_view idOf(ProblemKind kind);    ///< "c-svc", "eps-svr", "one-class"
[[nodiscard]] std::string_view labelOf(ProblemKind kind); ///< "Classification", "Regression", "One class"
[[nodiscard]] std::optional<ProblemKind> problemKindFromId(std::string_view id);

/// Points as rows: point i is d doubles from data() + i·d.
using PointMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Immutable and shared between solvers, threads and views; made by makeProblem(). n points, N variables.
struct SvmProblem {
    ProblemKind kind = ProblemKind::Classification;
    PointMatrix x;         ///< n × d, in the scale in which the kernel is taken
    SparseRows sparse;     ///< n × d in the place of x, which is empty then; else empty itself
    Eigen::VectorXd y;     ///< n: ±1 (classification), any finite number (regression), 1 (one class)
    Eigen::VectorXd upper; ///< n: C of each point, > 0; 1 for one class
    Kernel kernel;
    double epsilon = 0.1; ///< half the width of regression's tube
    double nu =
        0.5; ///< one class: bounds the part of outliers from above, that of support vectors from below

    [[nodiscard]] bool isSparse() const { return sparse.rows() > 0; }
    [[nodiscard]] Eigen::Index points() const { return isSparse() ? sparse.rows() : x.rows(); }     ///< n
    [[nodiscard]] Eigen::Index dimensions() const { return isSparse() ? sparse.cols() : x.cols(); } ///< d
    [[nodiscard]] Eigen::Index variables() const {                                                  ///< N
        return kind == ProblemKind::Regression ? 2 * points() : points();
    }
    /// The point of a variable.
    [[nodiscard]] Eigen::Index pointOf(Eigen::Index variable) const {
        return variable < points() ? variable : variable - points();
    }
    /// s_t.
    [[nodiscard]] double signOf(Eigen::Index variable) const {
        if (kind == ProblemKind::Classification) return y[variable];
        return variable < points() ? 1.0 : -1.0;
    }
    /// p_t.
    [[nodiscard]] double linearOf(Eigen::Index variable) const {
        if (kind == ProblemKind::Classification) return -1.0;
        if (kind == ProblemKind::OneClass) return 0.0;
        return variable < points() ? epsilon - y[variable] : epsilon + y[variable - points()];
    }
    /// U_t.
    [[nodiscard]] double upperOf(Eigen::Index variable) const { return upper[pointOf(variable)]; }
    /// Δ.
    [[nodiscard]] double equality() const {
        return kind == ProblemKind::OneClass ? nu * static_cast<double>(points()) : 0.0;
    }
    /// Of dense points alone.
    [[nodiscard]] std::span<const double> point(Eigen::Index i) const {
        return {x.data() + i * dimensions(), static_cast<std::size_t>(dimensions())};
    }
    /// k(x_i, x_j).
    [[nodiscard]] double kernelValue(Eigen::Index i, Eigen::Index j) const;
    /// max ‖x_i‖².
    [[nodiscard]] double largestSquaredNorm() const;
};

using ProblemPtr = std::shared_ptr<const SvmProblem>;

struct ProblemOptions {
    ProblemKind kind = ProblemKind::Classification;
    Kernel kernel;
    double c = 1.0;
    double positiveWeight = 1.0;       ///< of C for y = +1, classification
    double negativeWeight = 1.0;       ///< of C for y = −1
    std::vector<double> sampleWeights; ///< n, of C for each point; empty: all 1
    double epsilon = 0.1;
    double nu = 0.5;
};

/// γ where none is given: 1/d, as LIBSVM's.
[[nodiscard]] inline double defaultGamma(Eigen::Index dimensions) {
    return dimensions > 0 ? 1.0 / static_cast<double>(dimensions) : 1.0;
}

/// x: n × d; y: n, ignored and may be empty for one class. Fails in one sentence on no point, no feature,
/// lengths that differ, a value that is not finite, labels other than ±1, only one class present, weights or
/// parameters out of range, and features so large that the kernel overflows.
[[nodiscard]] Expected<ProblemPtr> makeProblem(PointMatrix x, Eigen::VectorXd y,
                                               const ProblemOptions& options);
/// The same of sparse points.
[[nodiscard]] Expected<ProblemPtr> makeProblem(SparseRows x, Eigen::VectorXd y,
                                               const ProblemOptions& options);

/// The problem of some of the points, in the order given; not checked again (a part may be of one class).
[[nodiscard]] SvmProblem subProblem(const SvmProblem& problem, const std::vector<Eigen::Index>& rows);

/// ½ αᵀQα + pᵀα and ∂/∂α = Qα + p, from nothing: O(support vectors · n · d). The oracle of solvers.
struct ObjectiveAndGradient {
    double objective = 0.0;
    std::vector<double> gradient; ///< N
};
[[nodiscard]] ObjectiveAndGradient objectiveAndGradient(const SvmProblem& problem,
                                                        std::span<const double> alpha);

} // namespace orrery::svm
