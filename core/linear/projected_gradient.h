// Projected gradient for the LASSO and the elastic net (GPSR-BB, monotone): split β = u − v with u, v ≥ 0, so
// that
//
//   F(u, v) = (1/2n)‖y − X(u − v)‖² + λα 1ᵀ(u + v) + λ(1 − α)/2 ‖u − v‖²
//
// is smooth on the orthant; step to (·)₊ of the gradient step of length a, then as far along that segment as
// F, a quadratic, keeps falling. a is the Barzilai-Borwein length ‖δ‖²/δᵀBδ of the last move, or 1/(2L) when
// fixed. Figueiredo, Nowak & Wright, IEEE J. Sel. Top. Signal Process. 1 (2007).
//
// One step is one iteration. Cost: one Xδ on the columns that move, one Xβ, one Xᵀr.
#pragma once

#include "core/linear/lasso_frame.h"
#include "core/linear/lasso_iterate.h"

namespace orrery::linear {

struct ProjectedGradientOptions {
    bool barzilaiBorwein = true; ///< off: the fixed length 1/(2L)
};

class ProjectedGradient {
  public:
    struct State {
        LassoIterate iterate;     ///< β = u − v
        Eigen::VectorXd positive; ///< u ≥ 0, p
        Eigen::VectorXd negative; ///< v ≥ 0, p
        double length = 1.0;      ///< a, of the next gradient step
        double fraction = 0.0;    ///< of the projected segment that the last step went, in [0, 1]

        friend bool operator==(const State& a, const State& b);
    };

    ProjectedGradient(std::shared_ptr<const RegressionProblem> problem, LassoOptions options,
                      ProjectedGradientOptions own = {});

    [[nodiscard]] StepResult step();
    [[nodiscard]] const State& state() const { return m_state; }
    void restore(const State& state) { m_state = state; }

    [[nodiscard]] static std::vector<TraceColumn> traceColumns() { return lassoTraceColumns(); }
    void traceRow(std::span<double> row) const { writeTraceRow(m_walk.problem(), m_state.iterate, row); }

    [[nodiscard]] const LassoWalk& walk() const { return m_walk; }
    [[nodiscard]] LassoMethod method() const { return LassoMethod::ProjectedGradient; }

  private:
    struct Segment {
        double slope = 0.0;     ///< −δᵀ∇F ≥ 0
        double curvature = 0.0; ///< δᵀBδ
        double square = 0.0;    ///< ‖δ‖²
    };
    /// Fills m_positive and m_negative with the projected point.
    [[nodiscard]] Segment project();
    void move(const Segment& segment);
    void chooseLength(const Segment& segment);

    LassoWalk m_walk;
    ProjectedGradientOptions m_own;
    double m_fixedLength = 1.0;
    Eigen::VectorXd m_positive; ///< p, scratch
    Eigen::VectorXd m_negative; ///< p, scratch
    Eigen::VectorXd m_delta;    ///< p, scratch: move of β
    Eigen::VectorXd m_rows;     ///< n, scratch
    State m_state;
};

} // namespace orrery::linear
