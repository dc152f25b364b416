// ISTA and FISTA: proximal gradient for the LASSO and the elastic net,
//
//   β⁺ = prox_{t·g}( z + t·Xᵀ(y − Xz)/n ),   prox_{t·g}(v) = S(v, tλα) / (1 + tλ(1 − α)),   t = 1/L,
//
// with L the largest eigenvalue of XᵀX/n, found by power iteration. ISTA takes z = β. FISTA extrapolates,
// z = β + ((t_k − 1)/t_{k+1})(β − β_previous), and with `restart` drops its momentum whenever that points
// uphill. Beck & Teboulle, SIAM J. Imaging Sci. 2 (2009); O'Donoghue & Candès, Found. Comput. Math. 15
// (2015).
//
// One step is one iteration. Cost: one Xᵀr and one Xβ on the non-zero columns; the gradient at z costs
// nothing more, because Xᵀ(y − Xz) is the same extrapolation of two that are known.
#pragma once

#include "core/linear/lasso_frame.h"
#include "core/linear/lasso_iterate.h"

namespace orrery::linear {

struct ProximalGradientOptions {
    bool momentum = true; ///< FISTA; off: ISTA
    bool restart = true;  ///< of the momentum, where it points uphill
};

class ProximalGradient {
  public:
    struct State {
        LassoIterate iterate;
        Eigen::VectorXd previousBeta;        ///< p
        Eigen::VectorXd previousCorrelation; ///< Xᵀr/n at previousBeta, p
        Eigen::VectorXd extrapolated;        ///< z of the last iteration, p
        double momentum = 1.0;               ///< t_k
        std::int64_t restarts = 0;

        friend bool operator==(const State& a, const State& b);
    };

    ProximalGradient(std::shared_ptr<const RegressionProblem> problem, LassoOptions options,
                     ProximalGradientOptions own = {});

    [[nodiscard]] StepResult step();
    [[nodiscard]] const State& state() const { return m_state; }
    void restore(const State& state) { m_state = state; }

    [[nodiscard]] static std::vector<TraceColumn> traceColumns() { return lassoTraceColumns(); }
    void traceRow(std::span<double> row) const { writeTraceRow(m_walk.problem(), m_state.iterate, row); }

    [[nodiscard]] const LassoWalk& walk() const { return m_walk; }
    /// t = 1/L.
    [[nodiscard]] double stepSize() const { return m_stepSize; }
    [[nodiscard]] LassoMethod method() const {
        return m_own.momentum ? LassoMethod::Fista : LassoMethod::Ista;
    }

  private:
    /// Writes the extrapolated point, and the gradient step from it, into the state.
    void extrapolate();
    void proximalStep();
    void restartIfUphill();

    LassoWalk m_walk;
    ProximalGradientOptions m_own;
    double m_stepSize = 1.0;
    State m_state;
};

struct LargestEigenvalue {
    double value = 0.0;
    double flops = 0.0;
};
/// Of XᵀX/n, by power iteration from a fixed start; never more than the truth, and within about 1 % of it.
[[nodiscard]] LargestEigenvalue largestEigenvalue(const RegressionProblem& problem);

} // namespace orrery::linear
