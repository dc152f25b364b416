#include "core/linear/lasso_frame.h"

#include <cassert>

namespace orrery::linear {

double relativeGap(const RegressionProblem& problem, double gap) {
    return problem.nullDeviance > 0.0 ? gap / problem.nullDeviance : gap;
}

std::vector<TraceColumn> lassoTraceColumns() {
    return {{"objective", "", false},
            {"relative duality gap", "", true},
            {"KKT violation", "", true},
            {"non-zero coefficients", "", false},
            {"operations", "flop", false}};
}

void writeTraceRow(const RegressionProblem& problem, const LassoIterate& iterate, std::span<double> row) {
    assert(row.size() == 5);
    row[0] = iterate.certificate.objective;
    row[1] = relativeGap(problem, iterate.certificate.gap);
    row[2] = iterate.certificate.kkt;
    row[3] = iterate.certificate.nonZeros;
    row[4] = iterate.flops;
}

LassoFrame frameOfIterate(const RegressionProblem& problem, const LassoIterate& iterate, double lambda,
                          LassoMethod method) {
    LassoFrame frame;
    frame.method = method;
    frame.status = iterate.status;
    frame.failure = iterate.failure;
    frame.lambdaIndex = iterate.lambdaIndex;
    frame.lambda = lambda;
    frame.beta = iterate.beta;
    frame.objective = iterate.certificate.objective;
    frame.relativeGap = relativeGap(problem, iterate.certificate.gap);
    frame.kkt = iterate.certificate.kkt;
    frame.nonZeros = iterate.certificate.nonZeros;
    frame.iteration = iterate.iteration;
    frame.totalIterations = iterate.totalIterations;
    frame.flops = iterate.flops;
    frame.path = iterate.path;
    return frame;
}

} // namespace orrery::linear
