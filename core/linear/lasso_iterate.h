// What the states of the first-order LASSO solvers share, and the bookkeeping around an iteration: products
// with the design, the optimality certificate (objective, duality gap, KKT violation), and the walk along the
// λ path with warm starts. One step of such a solver is one iteration (a round); a λ that has met the gap
// closes a phase; a λ that has not within maxSweeps iterations ends the run (Exhausted).
//
// Cost of the bookkeeping: one Xβ on the non-zero columns and one Xᵀr an iteration, then O(n + p): the
// certificate reuses Xᵀr, which the next gradient needs anyway.
#pragma once

#include "core/linear/lasso_solver.h"

namespace orrery::linear {

struct Certificate {
    double objective = 0.0;
    double gap = 0.0; ///< absolute
    double kkt = 0.0; ///< worst distance of 0 from the subdifferential
    int nonZeros = 0;

    friend bool operator==(const Certificate&, const Certificate&) = default;
};

/// Certificate at β from r = y − Xβ (n) and c = Xᵀr/n (p) for the penalty threshold·‖β‖₁ + ridge/2 ‖β‖², that
/// is threshold = λα and ridge = λ(1 − α), in O(n + p).
[[nodiscard]] Certificate certify(const RegressionProblem& problem, const Eigen::VectorXd& residual,
                                  const Eigen::VectorXd& correlation, const Eigen::VectorXd& beta,
                                  double threshold, double ridge);

struct LassoIterate {
    int lambdaIndex = 0;
    std::int64_t iteration = 0; ///< within this λ
    std::int64_t totalIterations = 0;
    bool lambdaClosed = false; ///< this λ is done; the next step opens the next one
    StepStatus status = StepStatus::Advanced;
    std::string failure;         ///< why status is Failed
    Eigen::VectorXd beta;        ///< p
    Eigen::VectorXd residual;    ///< y − Xβ, n
    Eigen::VectorXd correlation; ///< Xᵀ(y − Xβ)/n, p: minus the gradient of the loss at β
    Certificate certificate;     ///< at β and this λ
    double flops = 0.0;          ///< floating-point operations so far, counted, set-up included
    Path path;                   ///< finished λs

    friend bool operator==(const LassoIterate& a, const LassoIterate& b);
};

/// Equal sizes and equal values.
[[nodiscard]] bool sameVector(const Eigen::VectorXd& a, const Eigen::VectorXd& b);
/// Equal points, wherever they are kept.
[[nodiscard]] bool samePath(const Path& a, const Path& b);

/// Fills in the usual grid of 100 λs where none was given.
[[nodiscard]] LassoOptions withDefaultGrid(const RegressionProblem& problem, LassoOptions options);

[[nodiscard]] std::shared_ptr<const PathPoint> makePathPoint(const RegressionProblem& problem,
                                                             const Eigen::VectorXd& residual,
                                                             const Eigen::VectorXd& beta, double lambda,
                                                             const Certificate& certificate);

/// The walk along the path that the first-order solvers share. Holds no state of its own.
class LassoWalk {
  public:
    LassoWalk(std::shared_ptr<const RegressionProblem> problem, LassoOptions options);

    /// β = 0 at the first λ.
    [[nodiscard]] LassoIterate start() const;
    [[nodiscard]] bool isOver(const LassoIterate& it) const { return it.status != StepStatus::Advanced; }
    /// Moves on to the next λ if the last one is closed; true when it did, or on the very first iteration.
    bool openLambda(LassoIterate& it) const;
    /// Residual and correlation of the new β.
    void refresh(LassoIterate& it) const;
    /// Certifies the iterate, closes λ where the gap is met, and says what the step did.
    [[nodiscard]] StepResult finish(LassoIterate& it) const;
    [[nodiscard]] bool isSolved(const LassoIterate& it) const;

    [[nodiscard]] double lambda(const LassoIterate& it) const {
        return m_options.lambdas[static_cast<std::size_t>(it.lambdaIndex)];
    }
    /// λα.
    [[nodiscard]] double threshold(const LassoIterate& it) const { return lambda(it) * m_options.alpha; }
    /// λ(1 − α).
    [[nodiscard]] double ridge(const LassoIterate& it) const { return lambda(it) * (1.0 - m_options.alpha); }
    [[nodiscard]] const RegressionProblem& problem() const { return *m_problem; }
    [[nodiscard]] const std::shared_ptr<const RegressionProblem>& sharedProblem() const { return m_problem; }
    [[nodiscard]] const LassoOptions& options() const { return m_options; }

  private:
    std::shared_ptr<const RegressionProblem> m_problem;
    LassoOptions m_options;
    double m_largestCorrelation = 0.0; ///< max_j |x_jᵀy|/n
};

} // namespace orrery::linear
