#include "core/linear/any_lasso_solver.h"

#include <cassert>
#include <cmath>
#include <fmt/format.h>

namespace orrery::linear {

namespace {

LassoFrame baseFrame(const LassoContext& context, const LassoIterate& iterate) {
    const double lambda = context.options.lambdas[static_cast<std::size_t>(iterate.lambdaIndex)];
    return frameOfIterate(*context.problem, iterate, lambda, context.method);
}

std::optional<Error> findFault(const LassoOptions& options) {
    const auto fault = [](std::string message) { return Error{ErrorCode::BadInput, std::move(message)}; };
    if (!(options.alpha >= 0.0 && options.alpha <= 1.0))
        return fault(fmt::format("the elastic mix α must lie between 0 and 1, not {}", options.alpha));
    if (!(options.relativeGap > 0.0)) return fault("the relative duality gap to stop at must be above 0");
    if (options.maxSweeps < 1) return fault("at least one iteration a λ is needed");
    for (std::size_t k = 0; k < options.lambdas.size(); ++k) {
        const double lambda = options.lambdas[k];
        if (!(std::isfinite(lambda) && lambda >= 0.0))
            return fault(fmt::format("λ must be a number from 0 up, not {}", lambda));
        if (k > 0 && !(lambda < options.lambdas[k - 1])) return fault("the λs must decrease");
    }
    return std::nullopt;
}

std::unique_ptr<AnyLassoSolver::Solver> solverFor(const LassoContext& context) {
    const auto& [method, problem, options] = context;
    using Solver = AnyLassoSolver::Solver;
    const ProximalGradientOptions plain{.momentum = false};
    switch (method) {
    case LassoMethod::CoordinateDescent:
        return std::make_unique<Solver>(std::in_place_type<CoordinateDescentPath>, problem, options);
    case LassoMethod::Ista:
        return std::make_unique<Solver>(std::in_place_type<ProximalGradient>, problem, options, plain);
    case LassoMethod::Fista:
        return std::make_unique<Solver>(std::in_place_type<ProximalGradient>, problem, options);
    case LassoMethod::Admm:
        return std::make_unique<Solver>(std::in_place_type<Admm>, problem, options);
    case LassoMethod::ProjectedGradient:
        return std::make_unique<Solver>(std::in_place_type<ProjectedGradient>, problem, options);
    case LassoMethod::Lars:
        break;
    }
    return std::make_unique<Solver>(std::in_place_type<Lars>, problem, options);
}

} // namespace

LassoFrame frameOf(const LassoContext& context, const CoordinateDescentPath::State& state) {
    LassoFrame frame;
    frame.method = context.method;
    frame.status = state.status;
    frame.lambdaIndex = static_cast<int>(state.lambdaIndex);
    frame.lambda = context.options.lambdas[state.lambdaIndex];
    frame.beta = Eigen::VectorXd::Zero(context.problem->columns());
    for (std::size_t k = 0; k < state.working.size(); ++k)
        frame.beta[state.working[k]] = state.value[k];
    frame.objective = state.objective;
    frame.relativeGap = relativeGap(*context.problem, state.gap);
    frame.kkt = state.kktViolation;
    frame.nonZeros = static_cast<int>(state.active);
    frame.iteration = state.sweep;
    frame.totalIterations = state.totalSweeps;
    frame.flops = state.flops;
    frame.path = state.path;
    frame.move = state.move;
    return frame;
}

LassoFrame frameOf(const LassoContext& context, const ProximalGradient::State& state) {
    LassoFrame frame = baseFrame(context, state.iterate);
    if (context.method == LassoMethod::Fista) frame.companion = state.extrapolated;
    return frame;
}

LassoFrame frameOf(const LassoContext& context, const Admm::State& state) {
    LassoFrame frame = baseFrame(context, state.iterate);
    frame.companion = state.smooth;
    return frame;
}

LassoFrame frameOf(const LassoContext& context, const ProjectedGradient::State& state) {
    return baseFrame(context, state.iterate);
}

LassoFrame frameOf(const LassoContext& context, const Lars::State& state) {
    LassoFrame frame = baseFrame(context, state.iterate);
    if (context.options.alpha == 1.0) frame.lambda = state.threshold;
    frame.knots = state.knots;
    frame.move.column = state.column;
    frame.larsEvent = state.event;
    return frame;
}

LassoFrame frameOf(const LassoContext& context, const AnyLassoSolver::State& state) {
    return std::visit([&](const auto& held) { return frameOf(context, held); }, state);
}

AnyLassoSolver::AnyLassoSolver(LassoContext context, std::unique_ptr<Solver> solver)
    : m_context(std::move(context)), m_solver(std::move(solver)) {}

StepResult AnyLassoSolver::step() {
    return std::visit([](auto& solver) { return solver.step(); }, *m_solver);
}

AdvanceResult AnyLassoSolver::advance(std::int64_t limit) {
    return std::visit([limit](auto& solver) { return orrery::advance(solver, limit); }, *m_solver);
}

AnyLassoSolver::State AnyLassoSolver::state() const {
    return std::visit([](const auto& solver) { return State(solver.state()); }, *m_solver);
}

void AnyLassoSolver::restore(const State& state) {
    std::visit(
        [&state](auto& solver) {
            using Held = typename std::decay_t<decltype(solver)>::State;
            assert(std::holds_alternative<Held>(state));
            solver.restore(std::get<Held>(state));
        },
        *m_solver);
}

void AnyLassoSolver::traceRow(std::span<double> row) const {
    const auto* descent = std::get_if<CoordinateDescentPath>(m_solver.get());
    if (!descent) {
        std::visit([row](const auto& solver) { solver.traceRow(row); }, *m_solver);
        return;
    }
    const CoordinateDescentPath::State& state = descent->state();
    assert(row.size() == 5);
    row[0] = state.objective;
    row[1] = relativeGap(*m_context.problem, state.gap);
    row[2] = state.kktViolation;
    row[3] = static_cast<double>(state.active);
    row[4] = state.flops;
}

LassoFrame AnyLassoSolver::frame() const {
    return std::visit([this](const auto& solver) { return frameOf(m_context, solver.state()); }, *m_solver);
}

Expected<AnyLassoSolver> makeLassoSolver(LassoMethod method, std::shared_ptr<const RegressionProblem> problem,
                                         LassoOptions options) {
    if (auto fault = findFault(options)) return tl::unexpected(*std::move(fault));
    const Eigen::Index order = std::min(problem->rows(), problem->columns());
    if (method == LassoMethod::Admm && order > Admm::kLargestOrder)
        return fail(fmt::format("ADMM factors a matrix of order min(n, p) = {}; it takes at most {}", order,
                                Admm::kLargestOrder),
                    ErrorCode::Unsupported);
    options = withDefaultGrid(*problem, std::move(options));
    LassoContext context{method, std::move(problem), std::move(options)};
    auto solver = solverFor(context);
    return AnyLassoSolver(std::move(context), std::move(solver));
}

} // namespace orrery::linear
