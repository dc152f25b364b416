// One solver's state at one moment, as every view of the LASSO lab reads it, whichever solver made it.
#pragma once

#include "core/linear/lasso_iterate.h"
#include "core/linear/lasso_method.h"

#include <span>
#include <string>

namespace orrery::linear {

/// What a step of LARS came to.
enum class LarsEvent : std::uint8_t { None, Join, PassOver, Drop, GridLambda };

struct LassoFrame {
    LassoMethod method = LassoMethod::CoordinateDescent;
    StepStatus status = StepStatus::Advanced;
    std::string failure;       ///< why status is Failed
    int lambdaIndex = 0;       ///< the λ of the grid that is being solved
    double lambda = 0.0;       ///< where the solver stands; between two of the grid for LARS
    Eigen::VectorXd beta;      ///< p, in standardised units
    Eigen::VectorXd companion; ///< p or empty: FISTA's extrapolated point, ADMM's β before the threshold
    double objective = 0.0;
    double relativeGap = 0.0; ///< gap / nullDeviance
    double kkt = 0.0;
    int nonZeros = 0;
    std::int64_t iteration = 0; ///< sweeps, iterations or knots within this λ
    std::int64_t totalIterations = 0;
    double flops = 0.0; ///< counted, so far
    Path path;          ///< finished λs of the grid
    Path knots;         ///< LARS on the lasso: the exact knots so far
    CoordinateMove
        move; ///< coordinate descent: the last update; LARS: `column` alone, that joined or dropped
    LarsEvent larsEvent = LarsEvent::None; ///< LARS: what the last step came to
};

/// The gap in units of nullDeviance; a constant response has none.
[[nodiscard]] double relativeGap(const RegressionProblem& problem, double gap);

/// Objective, relative duality gap, KKT violation, non-zero coefficients, operations: the same for every
/// solver.
[[nodiscard]] std::vector<TraceColumn> lassoTraceColumns();
void writeTraceRow(const RegressionProblem& problem, const LassoIterate& iterate, std::span<double> row);

/// What a first-order state holds; the caller adds what is its own.
[[nodiscard]] LassoFrame frameOfIterate(const RegressionProblem& problem, const LassoIterate& iterate,
                                        double lambda, LassoMethod method);

} // namespace orrery::linear
