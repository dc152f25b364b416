// LARS in its LASSO form, the homotopy: the exact solution as the threshold τ = λα falls from max_j
// |x_jᵀy|/n.
//
// Between two knots the active set A and its signs s are fixed and β_A(τ) = G⁻¹(X_Aᵀy/n − τs), G = X_AᵀX_A/n
// + μI, is linear in τ. A knot is where a correlation |c_j| reaches τ (j joins) or a coefficient reaches 0 (j
// drops). Osborne, Presnell & Turlach, IMA J. Numer. Anal. 20 (2000); Efron, Hastie, Johnstone & Tibshirani,
// Ann. Stat. 32 (2004). With a ridge part μ = λ(1 − α) the path at fixed α is not piecewise linear, so every
// λ of the grid is its own homotopy on the augmented problem (√(nμ)I under X), from β = 0 down to τ = λα: Zou
// & Hastie, J. R. Stat. Soc. B 67 (2005).
//
// One step is one event: a knot (a round), or a λ of the grid (a phase). Cost of a knot: one Xᵀv (p columns),
// X_A d (k columns) and O(k²) for the Cholesky factor, kept by up- and downdating; a λ of the grid costs O(kn
// + p).
//
// Ties join one at a time, lowest column first, and only if their correlation would outgrow τ. A column that
// depends on the active ones is passed over until one of them drops. If ties keep τ in place for more events
// than there are columns to move twice over, the step is Failed.
#pragma once

#include "core/linear/lasso_frame.h"
#include "core/linear/lasso_iterate.h"
#include "core/linear/packed_cholesky.h"

namespace orrery::linear {

class Lars {
  public:
    struct State {
        LassoIterate iterate;      ///< β, r and Xᵀr/n at τ
        double threshold = 0.0;    ///< τ
        std::vector<int> active;   ///< A, in the order of joining
        std::vector<double> signs; ///< s, k
        PackedCholesky factor;     ///< of G, k × k
        bool hasDirection = false;
        std::vector<double> direction;     ///< d = −dβ_A/dτ = G⁻¹s, k
        Eigen::VectorXd slope;             ///< −dc/dτ = XᵀX_A d/n, p
        std::vector<int> dependent;        ///< columns passed over until the next drop
        std::int64_t eventsInPlace = 0;    ///< in a row, with τ not moving
        LarsEvent event = LarsEvent::None; ///< what the last step did
        int column = -1;                   ///< to which column
        Path knots;                        ///< exact knots so far; kept for α = 1 only

        friend bool operator==(const State& a, const State& b);
    };

    Lars(std::shared_ptr<const RegressionProblem> problem, LassoOptions options);

    [[nodiscard]] StepResult step();
    [[nodiscard]] const State& state() const { return m_state; }
    void restore(const State& state) { m_state = state; }

    [[nodiscard]] static std::vector<TraceColumn> traceColumns() { return lassoTraceColumns(); }
    void traceRow(std::span<double> row) const { writeTraceRow(m_walk.problem(), m_state.iterate, row); }

    [[nodiscard]] const LassoWalk& walk() const { return m_walk; }
    [[nodiscard]] LassoMethod method() const { return LassoMethod::Lars; }
    /// Where the homotopy stands, in units of λ.
    [[nodiscard]] double currentLambda() const;

  private:
    struct NextEvent {
        LarsEvent kind = LarsEvent::GridLambda;
        double distance = 0.0;    ///< how far τ falls until then, ≥ 0
        std::size_t position = 0; ///< in A, for a drop
        int column = -1;
        double sign = 0.0; ///< of a join
    };

    void restart();
    [[nodiscard]] double ridge() const { return m_walk.ridge(m_state.iterate); }
    void findDirection();
    [[nodiscard]] NextEvent nextEvent();
    void considerJoins(NextEvent& next);
    void considerDrops(NextEvent& next) const;
    void moveBy(double distance);
    void join(const NextEvent& next);
    void drop(const NextEvent& next);
    [[nodiscard]] StepResult closeKnot();
    [[nodiscard]] StepResult closeLambda();
    [[nodiscard]] StepResult failed(std::string reason);
    void certifyHere();

    LassoWalk m_walk;
    Eigen::VectorXd m_responseCorrelation; ///< Xᵀy/n, p
    double m_firstThreshold = 0.0;         ///< max_j |x_jᵀy|/n
    std::vector<char> m_isOut;             ///< p, scratch: active, dependent or empty
    std::vector<double> m_products;        ///< k, scratch
    Eigen::VectorXd m_rows;                ///< n, scratch
    State m_state;
};

} // namespace orrery::linear
