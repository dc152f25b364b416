#include "core/linear/cross_validation.h"

#include "core/linear/any_lasso_solver.h"
#include "core/support/rng.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <mutex>
#include <numeric>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

namespace orrery::linear {

using Eigen::Index;
using Eigen::VectorXd;

namespace {

/// Some rows of a problem: their design in the problem's own units (a sparse one as given) and their
/// response.
struct RowSubset {
    std::variant<Eigen::MatrixXd, SparseDesign> design;
    VectorXd response;
};

SparseDesign selectRows(const SparseDesign& from, const std::vector<Index>& rows) {
    std::vector<int> newRow(static_cast<std::size_t>(from.rows()), -1);
    for (std::size_t i = 0; i < rows.size(); ++i)
        newRow[static_cast<std::size_t>(rows[i])] = static_cast<int>(i);
    std::vector<Eigen::Triplet<double>> entries;
    for (Index j = 0; j < from.cols(); ++j)
        for (SparseDesign::InnerIterator it(from, j); it; ++it)
            if (const int row = newRow[static_cast<std::size_t>(it.row())]; row >= 0)
                entries.emplace_back(row, static_cast<int>(j), it.value());
    SparseDesign selected(static_cast<Index>(rows.size()), from.cols());
    selected.setFromTriplets(entries.begin(), entries.end());
    return selected;
}

RowSubset selectRows(const RegressionProblem& problem, const std::vector<Index>& rows) {
    RowSubset subset;
    subset.response = problem.response(rows);
    if (const auto* dense = std::get_if<Eigen::MatrixXd>(&problem.design))
        subset.design = Eigen::MatrixXd((*dense)(rows, Eigen::all));
    else
        subset.design = selectRows(std::get<SparseDesign>(problem.design), rows);
    return subset;
}

double meanSquaredError(const RowSubset& test, const RegressionProblem& training, const PathPoint& point) {
    VectorXd beta = VectorXd::Zero(training.columns());
    for (std::size_t i = 0; i < point.support.size(); ++i)
        beta[point.support[i]] = point.values[i];
    const DataScaleModel model = coefficientsInDataScale(training, beta);
    VectorXd error = test.response.array() - model.intercept;
    std::visit([&](const auto& x) { error -= x * model.coefficients; }, test.design);
    return error.squaredNorm() / static_cast<double>(error.size());
}

Error cancelled() {
    return {ErrorCode::Cancelled, "cross-validation was cancelled"};
}

/// Mean squared error at every λ on the fold's rows, from the path fitted on the others.
Expected<std::vector<double>> foldErrors(const RegressionProblem& problem, const LassoOptions& options,
                                         const std::vector<int>& foldOf, int fold, const Progress& progress) {
    std::vector<Index> inside, outside;
    for (std::size_t i = 0; i < foldOf.size(); ++i)
        (foldOf[i] == fold ? inside : outside).push_back(static_cast<Index>(i));
    // A standardised design is standardised anew: that undoes the full data's scaling.
    RowSubset training = selectRows(problem, outside);
    const auto trained = std::visit(
        [&](auto& x) {
            return makeProblem(std::move(x), std::move(training.response), problem.standardized);
        },
        training.design);
    if (!trained) return tl::unexpected(trained.error());
    auto solver = makeLassoSolver(LassoMethod::CoordinateDescent, *trained, options);
    if (!solver) return tl::unexpected(solver.error());
    AdvanceResult part;
    do {
        if (progress.isCancelled()) return tl::unexpected(cancelled());
        part = solver->advance(std::numeric_limits<std::int64_t>::max());
    } while (part.last.status == StepStatus::Advanced);
    const LassoFrame frame = solver->frame();
    if (frame.status == StepStatus::Failed) return fail(fmt::format("fold {}: {}", fold + 1, frame.failure));
    if (frame.status != StepStatus::Converged)
        return fail(
            fmt::format("fold {} did not reach the duality gap at λ = {:.6g}", fold + 1, frame.lambda));
    const RowSubset test = selectRows(problem, inside);
    std::vector<double> errors;
    for (const auto& point : frame.path)
        errors.push_back(meanSquaredError(test, **trained, *point));
    return errors;
}

void summariseLambda(CrossValidation& result, std::size_t k) {
    double weight = 0.0, mean = 0.0, spread = 0.0;
    for (std::size_t f = 0; f < result.foldErrors.size(); ++f) {
        if (result.foldErrors[f].empty()) continue;
        weight += result.foldSizes[f];
        mean += result.foldSizes[f] * result.foldErrors[f][k];
    }
    mean /= weight;
    for (std::size_t f = 0; f < result.foldErrors.size(); ++f) {
        if (result.foldErrors[f].empty()) continue;
        const double apart = result.foldErrors[f][k] - mean;
        spread += result.foldSizes[f] / weight * apart * apart;
    }
    result.meanError[k] = mean;
    result.standardError[k] = result.foldsDone > 1 ? std::sqrt(spread / (result.foldsDone - 1)) : 0.0;
}

void summarise(CrossValidation& result) {
    for (std::size_t k = 0; k < result.lambdas.size(); ++k)
        summariseLambda(result, k);
    const auto least = std::min_element(result.meanError.begin(), result.meanError.end());
    result.minimumIndex = static_cast<std::size_t>(least - result.meanError.begin());
    const double bound = *least + result.standardError[result.minimumIndex];
    const auto first =
        std::find_if(result.meanError.begin(), least, [bound](double e) { return e <= bound; });
    result.oneStandardErrorIndex = static_cast<std::size_t>(first - result.meanError.begin());
}

CrossValidation emptyResult(const LassoOptions& options, const std::vector<int>& foldOf, int folds) {
    CrossValidation result;
    result.lambdas = options.lambdas;
    result.foldErrors.resize(static_cast<std::size_t>(folds));
    result.foldSizes.resize(static_cast<std::size_t>(folds));
    for (const int fold : foldOf)
        ++result.foldSizes[static_cast<std::size_t>(fold)];
    result.meanError.resize(result.lambdas.size());
    result.standardError.resize(result.lambdas.size());
    return result;
}

} // namespace

std::vector<int> dealFolds(Index rows, int folds, std::uint64_t seed) {
    std::vector<std::size_t> order(static_cast<std::size_t>(rows));
    std::iota(order.begin(), order.end(), std::size_t{0});
    Rng rng(seed);
    rng.shuffle(order);
    std::vector<int> foldOf(order.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        foldOf[order[i]] = static_cast<int>(i % static_cast<std::size_t>(folds));
    return foldOf;
}

Expected<CrossValidation> crossValidate(const RegressionProblem& problem, CrossValidationOptions options,
                                        Progress& progress, const CrossValidationUpdate& onFold) {
    if (options.folds < 2 || options.folds > problem.rows() || problem.rows() < 3)
        return fail(fmt::format("{} rows cannot be dealt to {} folds", problem.rows(), options.folds));
    LassoOptions lasso = withDefaultGrid(problem, std::move(options.lasso));
    lasso.threads = 1; // the folds are the parallel work
    const std::vector<int> foldOf = dealFolds(problem.rows(), options.folds, options.seed);
    CrossValidation result = emptyResult(lasso, foldOf, options.folds);
    std::vector<std::optional<Error>> faults(static_cast<std::size_t>(options.folds));
    std::mutex mutex;
    const auto runFold = [&](int fold) {
        auto errors = foldErrors(problem, lasso, foldOf, fold, progress);
        const std::lock_guard lock(mutex);
        if (!errors) {
            faults[static_cast<std::size_t>(fold)] = errors.error();
            return;
        }
        result.foldErrors[static_cast<std::size_t>(fold)] = *std::move(errors);
        ++result.foldsDone;
        summarise(result);
        progress.setFraction(static_cast<double>(result.foldsDone) / options.folds);
        if (onFold) onFold(result);
    };
    tbb::task_arena arena(std::max(options.threads, 1));
    arena.execute([&] { tbb::parallel_for(0, options.folds, 1, runFold, tbb::simple_partitioner()); });
    for (const auto& fault : faults)
        if (fault) return tl::unexpected(*fault);
    return result;
}

} // namespace orrery::linear
