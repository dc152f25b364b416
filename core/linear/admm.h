// ADMM for the LASSO and the elastic net: the loss keeps β, the penalty keeps z, and u prices β = z,
//
//   β ← (XᵀX/n + ρI)⁻¹ (Xᵀy/n + ρ(z − u)),   z ← S(β + u, λα/ρ) / (1 + λ(1 − α)/ρ),   u ← u + β − z.
//
// The matrix is factored once for a ρ (Cholesky, p × p; for n < p its Woodbury twin nρI + XXᵀ, n × n). With
// `adaptive`, ρ is doubled or halved where the primal residual ‖β − z‖ and the dual residual ρ‖z −
// z_previous‖ drift apart by more than a factor of ten. Boyd, Parikh, Chu, Peleato & Eckstein, Found. Trends
// Mach. Learn. 3 (2011), §3.4.1 and §6.4.
//
// One step is one iteration. Cost: two triangular solves, min(n, p)² each; for n < p one Xv and one Xᵀv more;
// and the certificate at z. The iterate that is reported is z, because it is sparse.
#pragma once

#include "core/linear/lasso_frame.h"
#include "core/linear/lasso_iterate.h"

#include <Eigen/Cholesky>

namespace orrery::linear {

struct AdmmOptions {
    double rho = 0.0;     ///< > 0; 0 takes the mean of ‖x_j‖²/n, 1 for a standardised design
    bool adaptive = true; ///< ρ follows the residuals
};

class Admm {
  public:
    /// Order of the largest matrix that is factored, min(n, p).
    static constexpr Eigen::Index kLargestOrder = 10'000;

    struct State {
        LassoIterate iterate;   ///< its β is z
        Eigen::VectorXd smooth; ///< β of the loss, p
        Eigen::VectorXd dual;   ///< u, scaled by 1/ρ, p
        double rho = 1.0;
        double primalResidual = 0.0; ///< ‖β − z‖
        double dualResidual = 0.0;   ///< ρ‖z − z_previous‖

        friend bool operator==(const State& a, const State& b);
    };

    Admm(std::shared_ptr<const RegressionProblem> problem, LassoOptions options, AdmmOptions own = {});

    [[nodiscard]] StepResult step();
    [[nodiscard]] const State& state() const { return m_state; }
    void restore(const State& state) { m_state = state; }

    [[nodiscard]] static std::vector<TraceColumn> traceColumns() { return lassoTraceColumns(); }
    void traceRow(std::span<double> row) const { writeTraceRow(m_walk.problem(), m_state.iterate, row); }

    [[nodiscard]] const LassoWalk& walk() const { return m_walk; }
    [[nodiscard]] LassoMethod method() const { return LassoMethod::Admm; }

  private:
    /// The factor is a function of ρ alone, so keeping it between steps changes no result.
    void factorise();
    void updateSmooth();
    void updateSparse();
    void adaptRho();

    LassoWalk m_walk;
    AdmmOptions m_own;
    bool m_wide = false;                   ///< n < p: the Woodbury twin
    Eigen::MatrixXd m_gram;                ///< XᵀX/n (p × p), or XXᵀ/n (n × n) when wide
    Eigen::VectorXd m_responseCorrelation; ///< Xᵀy/n, p
    Eigen::LLT<Eigen::MatrixXd> m_factor;
    double m_factoredRho = 0.0; ///< 0: nothing factored yet
    double m_factorFlops = 0.0;
    Eigen::VectorXd m_rightSide; ///< p, scratch
    Eigen::VectorXd m_rows;      ///< n, scratch
    State m_state;
};

} // namespace orrery::linear
