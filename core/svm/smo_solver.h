// Sequential minimal optimisation: the programme of svm_problem.h, two variables at a time.
//
// With G = Qα + p the gradient, a variable is in I_up if s α can rise and in I_low if it can fall; the KKT
// conditions hold to within ε where
//
//   m(α) − M(α) ≤ ε,   m = max {−s_t G_t : t ∈ I_up},   M = min {−s_t G_t : t ∈ I_low}.
//
// A run ends at half of ε: at ε itself the objective is left some 1e-6 of itself above its minimum, by how
// much depends on how rounding has led the last pairs; a few more of them, and it is nearer than a run of
// LIBSVM.
//
// The pair: i attains m; j ∈ I_low minimises the second-order estimate −b²/a of what the objective gains,
// with b = m + s_j G_j and a = k_ii + k_jj − 2 k_ij (the curvature η; at least 1e-12, so that an indefinite
// kernel works too). Fan, Chen & Lin, "Working set selection using second order information for training
// SVM", JMLR 6 (2005). The pair moves to the minimum along the line s_i α_i + s_j α_j = const, clipped to its
// box.
//
// Shrinking: every min(N, 1000) pairs, variables that sit at a bound by more than the gap leave the active
// set; their gradient is made anew when the active rest has converged, or comes near it for the first time.
// Joachims (1999); Chang & Lin (2011), §5.1.
//
// One step is one pair: O(active) and two rows of the kernel matrix, O(n d) each where they are not in the
// cache. A round is N pairs, or a shrinking. A phase is an unshrinking, or the end.
#pragma once

#include "core/solver/step.h"
#include "core/svm/svm_problem.h"

#include <memory>
#include <vector>

namespace orrery::svm {

class KernelCache;

struct SmoOptions {
    double tolerance = 1e-3; ///< ε of m − M ≤ ε
    bool shrinking = true;
    std::int64_t maxSteps = 0;                       ///< 0: max(10⁷, 100 N), as LIBSVM's
    std::size_t cacheBytes = std::size_t{200} << 20; ///< of kernel rows; never changes an answer
};

/// The last pair: where it was, where it went.
struct PairMove {
    std::int32_t first = -1;  ///< i: attained m; −1 before the first step
    std::int32_t second = -1; ///< j: chosen to second order
    double firstBefore = 0.0;
    double secondBefore = 0.0; ///< α before …
    double firstAfter = 0.0;
    double secondAfter = 0.0; ///< … and after
    double curvature = 0.0;   ///< η = k_ii + k_jj − 2 k_ij, before the floor of 1e-12
    double violation = 0.0;   ///< b = −s_i G_i + s_j G_j before the move
    double freeFirst = 0.0;   ///< where α_i would have gone without its box
    bool clipped = false;     ///< the box ended the move
    double gain = 0.0;        ///< by how much the objective fell, ≥ 0 but for rounding

    friend bool operator==(const PairMove&, const PairMove&) = default;
};

class SmoSolver {
  public:
    struct State {
        std::vector<double> alpha;        ///< N
        std::vector<double> gradient;     ///< N: Qα + p; out of date outside the active set
        std::vector<std::int32_t> active; ///< variables of the active set, ascending
        PairMove move;                    ///< of the last step
        std::int32_t nextFirst = -1;      ///< the pair that the next step moves; −1: none violates
        std::int32_t nextSecond = -1;
        double highest = 0.0;       ///< m over the active set
        double lowest = 0.0;        ///< M over the active set
        double gap = 0.0;           ///< m − M; where one of them is empty, 0
        double objective = 0.0;     ///< ½ αᵀQα + pᵀα
        std::int64_t iteration = 0; ///< pairs taken
        std::int64_t pairsInRound = 0;
        std::int32_t untilShrinking = 0; ///< pairs to the next look
        bool hasUnshrunk = false;        ///< the early unshrinking at a gap of 10 ε has been made
        std::int32_t supportVectors =
            0; ///< variables with α > 0 (a point of regression has at most one of its two)
        std::int32_t bounded = 0;                 ///< variables with α = U
        StepStatus status = StepStatus::Advanced; ///< Failed: the gradient is no longer finite

        [[nodiscard]] std::size_t stateBytes() const;
        friend bool operator==(const State&, const State&) = default;
    };

    /// From α = 0 (one class: α spread as LIBSVM does), or from `start` (N or empty), which is made feasible
    /// by feasible().
    explicit SmoSolver(ProblemPtr problem, const SmoOptions& options = {},
                       std::span<const double> start = {});
    SmoSolver(const SmoSolver& other); ///< with a cache of its own
    SmoSolver(SmoSolver&&) noexcept;
    SmoSolver& operator=(const SmoSolver& other);
    SmoSolver& operator=(SmoSolver&&) noexcept;
    ~SmoSolver();

    [[nodiscard]] StepResult step();
    [[nodiscard]] const State& state() const { return m_state; }
    void restore(const State& state) { m_state = state; }

    /// KKT gap, dual objective, support vectors, bounded.
    [[nodiscard]] static std::vector<TraceColumn> traceColumns();
    void traceRow(std::span<double> row) const;

    [[nodiscard]] const ProblemPtr& problem() const { return m_problem; }
    [[nodiscard]] const SmoOptions& options() const { return m_options; }
    /// Row i of the kernel matrix k(x_i, x_·), n; valid until the next call.
    [[nodiscard]] std::span<const double> kernelRow(Eigen::Index point);

  private:
    [[nodiscard]] bool canRise(std::int32_t variable) const; ///< s α: whether it is in I_up
    [[nodiscard]] bool canFall(std::int32_t variable) const; ///< … in I_low
    void activateAll();
    void countBounds();
    void findViolators();
    void selectPair();
    void movePair();
    void updateGradient(const double* rowI, const double* rowJ, double byI, double byJ);
    void recount();
    [[nodiscard]] bool shrink();
    [[nodiscard]] StepResult chooseNext();
    [[nodiscard]] StepResult finish(StepStatus status);

    ProblemPtr m_problem;
    SmoOptions m_options;
    std::unique_ptr<KernelCache> m_cache; ///< not part of the state: only saves time
    std::vector<double> m_diagonal;       ///< n: k(x_i, x_i)
    std::vector<double> m_sign;           ///< N
    std::vector<double> m_upper;          ///< N
    std::vector<char> m_isActive;         ///< N, scratch of activateAll()
    std::int64_t m_roundLength = 1;
    std::int64_t m_maxSteps = 0;
    State m_state;
};

inline bool SmoSolver::canRise(std::int32_t variable) const {
    const auto t = static_cast<std::size_t>(variable);
    return m_sign[t] > 0.0 ? m_state.alpha[t] < m_upper[t] : m_state.alpha[t] > 0.0;
}

inline bool SmoSolver::canFall(std::int32_t variable) const {
    const auto t = static_cast<std::size_t>(variable);
    return m_sign[t] > 0.0 ? m_state.alpha[t] > 0.0 : m_state.alpha[t] < m_upper[t];
}

static_assert(SteppableSolver<SmoSolver> && TracedSolver<SmoSolver>);

/// The bias b of a state: the mean of −s_t G_t over free variables, or the middle of what the bounds allow.
[[nodiscard]] double biasOf(const SvmProblem& problem, std::span<const double> alpha,
                            std::span<const double> gradient);

/// α for another problem of the same kind: `oldRow[i]` is the point of `from` that is now point i of `to`, or
/// −1 for a new one. A point that changed its class begins at 0. Feasible for `to`; size N of `to`.
[[nodiscard]] std::vector<double> carriedOver(const SvmProblem& from, std::span<const double> alpha,
                                              const SvmProblem& to, std::span<const std::int32_t> oldRow);
/// α clipped to its box and moved, free variables first, until Σ s_t α_t = Δ. One that is not finite counts
/// 0.
[[nodiscard]] std::vector<double> feasible(const SvmProblem& problem, std::vector<double> alpha);
/// Where SMO begins without a start.
[[nodiscard]] std::vector<double> startingAlphas(const SvmProblem& problem);

} // namespace orrery::svm
