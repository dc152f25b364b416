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
// One step: one coordinate. Round: a sweep over the working set, after which the gap over the working set is
// known and, once that is small, the gap over all columns. Phase: a λ. A step that closes a sweep may extend
// the working set; a step that certifies without a working set moves no coordinate (column −1).
#pragma once

#include "core/linear/gram_cache.h"
#include "core/linear/lasso_solver.h"
#include "core/linear/parallel_ranges.h"
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
        gradient; ///< x_jᵀr/n of each working column; with the residual engine as of the last check
    std::vector<double> residual;    ///< r, n; with the Gram engine as of the last certificate
    double residualShift = 0.0;      ///< sparse design: r = residual + residualShift · 1
    std::vector<double> correlation; ///< x_jᵀr/n, p, as of the last certificate
    double innerGap = 0.0;           ///< relative gap over the working set that calls for a certificate
    std::int64_t nextCheck = 0;      ///< residual engine: no certificate before this sweep
    double largestMove = 0.0;        ///< of this sweep so far, max ‖x_j‖²/n · |Δβ_j|
    CoordinateMove move;             ///< the last step
    double objective = 0.0;          ///< at the end of the last sweep
    double gap = 0.0;                ///< absolute, at the end of the last sweep
    bool gapIsCertified = false;     ///< true: over all columns; false: over the working set only
    double kktViolation = 0.0;       ///< over the columns that `gap` covers
    std::size_t active = 0;          ///< β ≠ 0, at the end of the last sweep
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
    /// Gap as a fraction of the null deviance.
    [[nodiscard]] double relativeGap() const;

    [[nodiscard]] static std::vector<TraceColumn> traceColumns();
    void traceRow(std::span<double> row) const;

  private:
    // The course of a λ
    void beginLambda();
    StepResult endSweep();
    StepResult certify();
    StepResult finishLambda();
    void appendPoint();
    [[nodiscard]] bool isSolved() const;
    void sweepSlots(std::size_t from, std::size_t to);
    // Working set
    void enter(const std::vector<int>& columns);
    void chooseEngine();
    void prepareSlots();
    // Certificates
    void measureWorkingSet();
    void measureAll();
    void recomputeResidual();
    void recomputeCorrelations();
    void correlate(const std::vector<int>& columns, double* out);

    [[nodiscard]] double threshold() const { return lambda() * m_options.alpha; }
    [[nodiscard]] double ridge() const { return lambda() * (1.0 - m_options.alpha); }
    [[nodiscard]] std::size_t rows() const { return static_cast<std::size_t>(m_problem->rows()); }
    [[nodiscard]] std::size_t columns() const { return static_cast<std::size_t>(m_problem->columns()); }

    std::shared_ptr<const RegressionProblem> m_problem;
    LassoOptions m_options;
    SweepEngine m_requestedEngine;
    State m_state;
    ParallelRanges m_threads;
    // Derived from problem and state; a restore rebuilds what it must.
    std::optional<GramCache> m_gram;           ///< dense designs
    std::vector<double> m_responseCorrelation; ///< x_jᵀy/n, p
    std::vector<char> m_isWorking;             ///< p
    std::vector<int> m_allColumns;             ///< 0 … p − 1
    std::vector<double> m_norm, m_inverse;     ///< of each slot at this λ
    std::vector<const double*> m_columnData;   ///< of each slot, dense designs
    std::vector<SparseColumn> m_sparseColumns; ///< of each slot, sparse designs
};

static_assert(SteppableSolver<CoordinateDescentPath> && HasAdvance<CoordinateDescentPath> &&
              TracedSolver<CoordinateDescentPath>);

} // namespace orrery::linear
