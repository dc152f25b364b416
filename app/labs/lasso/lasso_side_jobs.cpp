#include "app/labs/lasso/lasso_side_jobs.h"

#include "core/linear/regression_problem.h"
#include "core/support/thread_priority.h"

#include <oneapi/tbb/info.h>

namespace orrery {

namespace {

std::shared_ptr<const LassoResiduals> residualsOf(const LassoRun& run, const Eigen::VectorXd& beta) {
    const linear::RegressionProblem& problem = run.problem();
    const Eigen::VectorXd fit = linear::times(problem, beta);
    auto result = std::make_shared<LassoResiduals>();
    result->fitted.resize(static_cast<std::size_t>(fit.size()));
    result->residuals.resize(result->fitted.size());
    double squares = 0.0;
    for (Eigen::Index i = 0; i < fit.size(); ++i) {
        const double residual = problem.response[i] - fit[i];
        result->fitted[static_cast<std::size_t>(i)] = fit[i] + problem.responseMean;
        result->residuals[static_cast<std::size_t>(i)] = residual;
        squares += residual * residual;
    }
    const double total = 2.0 * problem.nullDeviance * static_cast<double>(problem.rows());
    result->r2 = total > 0.0 ? 1.0 - squares / total : 0.0;
    return result;
}

// Every step of a small problem; only finished λs of one with many columns.
std::shared_ptr<const LassoWalk2d> walkOf(const LassoRun& run, std::array<int, 2> columns,
                                          Progress& progress) {
    constexpr std::int64_t kMostSteps = 20'000;
    constexpr Eigen::Index kSmall = 64;
    auto walk = std::make_shared<LassoWalk2d>();
    walk->columns = columns;
    auto solver = linear::makeLassoSolver(run.context.method, run.context.problem, run.context.options);
    if (!solver) return walk;
    const bool everyStep = run.problem().columns() <= kSmall;
    for (std::int64_t index = 0; index <= kMostSteps && !progress.isCancelled(); ++index) {
        const StepResult last = index == 0 ? StepResult{} : solver->step();
        if (index == 0 || everyStep || last.boundary == StepBoundary::Phase) {
            const Eigen::VectorXd beta = solver->frame().beta;
            walk->index.push_back(index);
            walk->points.emplace_back(beta[columns[0]], beta[columns[1]]);
        }
        if (last.status != StepStatus::Advanced) break;
    }
    return walk;
}

} // namespace

LassoSideJobs::LassoSideJobs(QObject* parent) : SideJobGroup(parent) {
    watch({&m_validation, &m_residuals, &m_race, &m_slice, &m_walk});
}

void LassoSideJobs::validate(const RunPointer& run, int folds, quint64 seed) {
    linear::CrossValidationOptions options;
    options.folds = static_cast<int>(std::min<Eigen::Index>(folds, run->problem().rows()));
    options.seed = seed;
    options.lasso = run->context.options;
    options.threads = std::max(1, oneapi::tbb::info::default_concurrency());
    m_validation.submit([this, run, options](Progress& progress, const SideJob::Deliver& deliver) {
        yieldToOthers(); // it takes all processors for as long as it takes
        const auto share = [this, &deliver](const linear::CrossValidation& result) {
            auto copy = std::make_shared<const linear::CrossValidation>(result);
            deliver([this, copy] { Q_EMIT validated(copy); });
        };
        const auto result = linear::crossValidate(run->problem(), options, progress, share);
        if (!result && result.error().code != ErrorCode::Cancelled) {
            const QString sentence = QString::fromStdString(result.error().message);
            deliver([this, sentence] { Q_EMIT failed(sentence); });
        }
    });
}

void LassoSideJobs::computeResiduals(const RunPointer& run, Eigen::VectorXd beta) {
    m_residuals.submit([this, run, beta = std::move(beta)](Progress&, const SideJob::Deliver& deliver) {
        auto result = residualsOf(*run, beta);
        deliver([this, result] { Q_EMIT residualsComputed(result); });
    });
}

void LassoSideJobs::race(const RunPointer& run, double lambda) {
    linear::RaceOptions options;
    options.lambda = lambda;
    options.alpha = run->context.options.alpha;
    m_race.submit([this, run, options](Progress& progress, const SideJob::Deliver& deliver) {
        const auto share = [this, &deliver](const std::vector<linear::RaceEntry>& entries) {
            auto copy = std::make_shared<const std::vector<linear::RaceEntry>>(entries);
            deliver([this, copy] { Q_EMIT raced(copy); });
        };
        (void)linear::runRace(run->context.problem, options, progress,
                              share); // each solver's own failure is in its entry
    });
}

void LassoSideJobs::slice(const RunPointer& run, std::array<int, 2> columns, Eigen::VectorXd beta) {
    m_slice.submit([this, run, columns, beta = std::move(beta)](Progress&, const SideJob::Deliver& deliver) {
        const linear::LossQuadratic loss =
            linear::lossQuadratic(run->problem(), columns[0], columns[1], beta);
        deliver([this, loss] { Q_EMIT sliced(loss); });
    });
}

void LassoSideJobs::walk(const RunPointer& run, std::array<int, 2> columns) {
    m_walk.submit([this, run, columns](Progress& progress, const SideJob::Deliver& deliver) {
        auto result = walkOf(*run, columns, progress);
        deliver([this, result] { Q_EMIT walked(result); });
    });
}

} // namespace orrery
