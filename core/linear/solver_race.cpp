#include "core/linear/solver_race.h"

#include "core/linear/any_lasso_solver.h"

#include <chrono>
#include <optional>

namespace orrery::linear {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kSampledAll = 100;
constexpr double kSpacing = 1.05;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

class Runner {
  public:
    Runner(std::shared_ptr<const RegressionProblem> problem, const RaceOptions& options, LassoMethod method)
        : m_problem(std::move(problem)), m_options(options) {
        m_entry.method = method;
        const LassoOptions lasso{.alpha = options.alpha,
                                 .lambdas = {options.lambda},
                                 .relativeGap = options.relativeGap,
                                 .maxSweeps = options.maxIterations};
        const auto start = Clock::now();
        auto made = makeLassoSolver(method, m_problem, lasso);
        m_seconds = secondsSince(start);
        if (made)
            m_solver.emplace(*std::move(made));
        else
            m_entry.failure = made.error().message;
    }

    /// False when it was cancelled.
    bool run(const Progress& progress) {
        if (!m_solver) {
            m_entry.status = StepStatus::Failed;
            return true;
        }
        takeSample();
        while (m_entry.status == StepStatus::Advanced && m_seconds < m_options.maxSeconds) {
            if (progress.isCancelled()) return false;
            const auto start = Clock::now();
            const AdvanceResult part = m_solver->advance(kStepsAtOnce);
            m_seconds += secondsSince(start);
            m_entry.status = part.last.status;
            if (part.last.boundary == StepBoundary::None && part.last.status == StepStatus::Advanced)
                continue;
            ++m_iteration;
            if (isSampled() || m_entry.status != StepStatus::Advanced) takeSample();
        }
        if (m_entry.samples.back().iteration != m_iteration) takeSample();
        m_entry.failure = m_solver->frame().failure;
        return true;
    }

    [[nodiscard]] RaceEntry entry() && { return std::move(m_entry); }

  private:
    /// A sweep over very many columns still looks at the clock now and then.
    static constexpr std::int64_t kStepsAtOnce = 1 << 20;

    [[nodiscard]] bool isSampled() const {
        return m_iteration <= kSampledAll ||
               static_cast<double>(m_iteration) >=
                   kSpacing * static_cast<double>(m_entry.samples.back().iteration);
    }

    void takeSample() {
        const LassoFrame frame = m_solver->frame();
        const Eigen::VectorXd residual = m_problem->response - times(*m_problem, frame.beta);
        const double gap = dualityGap(*m_problem, residual, frame.beta, m_options.lambda, m_options.alpha);
        m_entry.samples.push_back({m_iteration, m_seconds, frame.flops, relativeGap(*m_problem, gap)});
    }

    std::shared_ptr<const RegressionProblem> m_problem;
    const RaceOptions& m_options;
    std::optional<AnyLassoSolver> m_solver;
    double m_seconds = 0.0;
    std::int64_t m_iteration = 0;
    RaceEntry m_entry;
};

} // namespace

Expected<std::vector<RaceEntry>> runRace(const std::shared_ptr<const RegressionProblem>& problem,
                                         const RaceOptions& options, Progress& progress,
                                         const RaceUpdate& onFinish) {
    std::vector<RaceEntry> entries;
    for (const LassoMethod method : options.methods) {
        Runner runner(problem, options, method);
        if (!runner.run(progress)) return fail("the race was cancelled", ErrorCode::Cancelled);
        entries.push_back(std::move(runner).entry());
        progress.setFraction(static_cast<double>(entries.size()) /
                             static_cast<double>(options.methods.size()));
        if (onFinish) onFinish(entries);
    }
    return entries;
}

} // namespace orrery::linear
