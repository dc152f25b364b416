// The fast elastic-net path: cyclic coordinate descent over decreasing λ, warm-started, on a working set.
//
//   β_j ← S(ρ_j, λα) / (‖x_j‖²/n + λ(1 − α)),   ρ_j = x_jᵀr/n + ‖x_j‖²/n · β_j
//
// Friedman, Hastie & Tibshirani, J. Stat. Softw. 33 (2010); candidates for the working set by the sequential
// strong rule of Tibshirani et al., JRSS B 74 (2012); every λ ends with a duality gap over all columns.
//
// Two engines compute ρ_j. Gram: the gradient Xᵀr/n of the working set is kept and a move costs 2·|working|
// flops. Residual: r is kept and a coordinate costs 2n to look and 2n to move (2·nnz of the column for a
// sparse design). Dense designs use the Gram matrix until the working set outgrows it.
//
// Cyclic descent is slow on correlated columns (equal correlations are its worst case: Sun & Ye, Math.
// Program. 185 (2021)). So with the Gram engine sweeps alternate with Newton steps on the active columns,
// where the problem is quadratic: G_AA d = Xᵀr/n − λα sign(β) − λ(1 − α)β; coefficients that would change
// sign stop at zero; the step is taken only if the objective falls. With many active columns a λ begins with
// one: between two knots of the path β is linear in λ, so that it lands near the end, and the sweeps after it
// disturb few coefficients.
//
// One step: one coordinate. Round: a sweep over the working set, after which the gap over the working set is
// known and, once that is small, the gap over all columns. Phase: a λ. A step that closes a sweep may extend
// the working set; a Newton step, or one that certifies an empty working set, is
// a round of its own and moves no single coordinate (column −1).
#pragma once

#include "core/linear/active_factor.h"
#include "core/linear/gram_cache.h"
#include "core/linear/lasso_solver.h"
#include "core/linear/look_history.h"
#include "core/linear/parallel_ranges.h"
#include "core/linear/screening_copy.h"
#include "core/linear/sparse_sweep.h"

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace orrery::linear {

enum class SweepEngine : std::uint8_t { Automatic, Gram, Residual };

/// All of a state but its finished λs.
struct CoordinateDescentPosition {
    std::size_t lambdaIndex = 0;
    std::int64_t sweep = 0; ///< sweeps finished at this λ
    std::int64_t totalSweeps = 0;
    std::size_t cursor = 0; ///< slot of the working set that the next step updates
    SweepEngine engine = SweepEngine::Gram;
    std::vector<int> working;  ///< columns in the order in which they entered; a column never leaves
    std::vector<double> value; ///< β of each working column, standardised units
    std::vector<double>
        gradient; ///< x_jᵀr/n of each working column; residual engine: as of the last certificate
    std::vector<double> residual;    ///< residual engine only: r, n
    double residualShift = 0.0;      ///< sparse design: r = residual + residualShift · 1
    std::vector<double> correlation; ///< x_jᵀr/n, p, as last looked at; screened columns to 16 bits
    LookHistory looks;               ///< with which r that was
    std::vector<int> candidates;     ///< columns that the strong rule keeps at this λ; looked at first
    bool newtonNext = false;         ///< the next step is a Newton step
    double sweepFlops = 0.0;         ///< since the last Newton step
    FactorRecipe factor;             ///< how the Cholesky factor of the active columns came about
    double innerGap = 0.0;           ///< relative gap over the working set that calls for a certificate
    std::int64_t nextCheck = 0;      ///< residual engine: no certificate before this sweep
    double largestMove = 0.0;        ///< of this sweep so far, max ‖x_j‖²/n · |Δβ_j|
    CoordinateMove move;             ///< the last step
    double objective = 0.0;          ///< at the end of the last sweep
    double residualSquare = 0.0;     ///< ‖r‖²/n at the end of the last sweep
    double gap = 0.0;                ///< absolute, at the end of the last sweep
    bool gapIsCertified =
        false;                 ///< true: over all columns; false: over the working set (and candidates) only
    double kktViolation = 0.0; ///< over the columns that `gap` covers
    std::size_t active = 0;    ///< β ≠ 0, at the end of the last sweep
    double flops = 0.0;
    StepStatus status = StepStatus::Advanced;

    friend bool operator==(const CoordinateDescentPosition&, const CoordinateDescentPosition&) = default;
};

struct CoordinateDescentState : CoordinateDescentPosition {
    Path path;

    friend bool operator==(const CoordinateDescentState& a, const CoordinateDescentState& b);
};

class CoordinateDescentPath {
  public:
    using State = CoordinateDescentState;

    CoordinateDescentPath(std::shared_ptr<const RegressionProblem> problem, LassoOptions options,
                          SweepEngine engine = SweepEngine::Automatic);

    StepResult step();
    AdvanceResult advance(std::int64_t limit);
    [[nodiscard]] const State& state() const { return m_state; }
    void restore(const State& state);

    [[nodiscard]] const RegressionProblem& problem() const { return *m_problem; }
    [[nodiscard]] const LassoOptions& options() const { return m_options; }
    [[nodiscard]] double lambda() const { return m_options.lambdas[m_state.lambdaIndex]; }
    /// β of all columns, p, standardised units.
    [[nodiscard]] Eigen::VectorXd currentBeta() const;
    /// y − Xβ, n.
    [[nodiscard]] Eigen::VectorXd currentResidual() const;
    /// Gap as a fraction of the null deviance.
    [[nodiscard]] double relativeGap() const;

    [[nodiscard]] static std::vector<TraceColumn> traceColumns();
    void traceRow(std::span<double> row) const;

  private:
    struct Measure;
    /// What a look at columns outside the working set found.
    struct Outside {
        double largest = 0.0;      ///< upper bound of |x_jᵀr/n|
        double excessSquare = 0.0; ///< Σ (|x_jᵀr/n| − λα)₊²
        std::vector<int> violators;
    };

    // The course of a λ
    void beginLambda();
    StepResult endSweep();
    StepResult certify();
    StepResult takeNewtonStep();
    StepResult finishLambda();
    void appendPoint();
    void sweepSlots(std::size_t from, std::size_t to);
    [[nodiscard]] bool isQuiet() const;
    [[nodiscard]] bool isSolved() const;
    // Working set
    void enter(std::vector<int> columns);
    void addTheRestIfNearlyAll(std::vector<int>& entering) const;
    void chooseEngine();
    void prepareSlots();
    void refreshGradient(std::size_t firstSlot);
    // Newton on the active columns
    [[nodiscard]] bool newtonPays() const;
    void planFactor();
    void newtonDirection();
    [[nodiscard]] bool moveAlong(const std::vector<double>& change);
    // Certificates
    [[nodiscard]] Measure measured() const;
    void measureWorkingSet();
    void measureAll(const Outside& outside);
    void computeResidual();
    // Looks at columns outside the working set
    [[nodiscard]] Outside lookAt(const std::vector<int>& columns);
    void screen(Outside& outside);
    void correlate(const std::vector<int>& columns, double* out);
    const std::vector<double>& plainResidual();
    void measureReach();
    void forgetLooks();
    [[nodiscard]] double boundOf(std::size_t column) const;
    [[nodiscard]] double guessOf(std::size_t column) const;

    [[nodiscard]] double threshold() const { return lambda() * m_options.alpha; }
    [[nodiscard]] double ridge() const { return lambda() * (1.0 - m_options.alpha); }
    [[nodiscard]] std::size_t rows() const { return static_cast<std::size_t>(m_problem->rows()); }
    [[nodiscard]] std::size_t columns() const { return static_cast<std::size_t>(m_problem->columns()); }
    [[nodiscard]] const double* dense() const { return std::get<Eigen::MatrixXd>(m_problem->design).data(); }

    std::shared_ptr<const RegressionProblem> m_problem;
    LassoOptions m_options;
    SweepEngine m_requestedEngine;
    State m_state;
    ParallelRanges m_threads;
    // Derived from problem and state; a restore rebuilds what it must.
    std::optional<GramCache> m_gram;          ///< dense designs
    std::optional<ScreeningCopy> m_screening; ///< dense designs with many columns
    ActiveFactor m_factor;
    double m_inverseRows;
    double m_largestCorrelation = 0.0;       ///< max |x_jᵀy/n|
    std::vector<double> m_length;            ///< ‖x_j‖/n, p
    std::vector<double> m_absoluteSum;       ///< sparse designs: of the stored entries, Σ|x_ij|/n, p
    std::vector<LookHistory::Reach> m_reach; ///< of each look, for the residual of the last certificate
    int m_look = -1;                         ///< number of that residual; −1: nothing looked at with it yet
    std::vector<char> m_isWorking;           ///< p
    std::vector<int> m_slotColumns;          ///< the working set that the next five describe
    std::vector<double> m_slotResponse;      ///< x_jᵀy/n
    std::vector<double> m_norm, m_inverse;   ///< ‖x_j‖²/n; 1 / (‖x_j‖²/n + μ) at this λ
    std::vector<const double*> m_columnData; ///< dense designs
    std::vector<SparseColumn> m_sparseColumns; ///< sparse designs
    // Scratch
    std::vector<double> m_residual;                       ///< r of the certificate, n
    std::vector<double> m_direction, m_change, m_product; ///< of a Newton step
    std::vector<double> m_estimates, m_factors;
    std::vector<int> m_outside, m_doubtful, m_active;
};

static_assert(SteppableSolver<CoordinateDescentPath> && HasAdvance<CoordinateDescentPath> &&
              TracedSolver<CoordinateDescentPath>);

} // namespace orrery::linear
