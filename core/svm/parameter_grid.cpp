#include "core/svm/parameter_grid.h"

#include "core/calibration/cross_fit.h"
#include "core/calibration/fold_runner.h"
#include "core/linear/cross_validation.h"
#include "core/svm/svm_model.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <mutex>

namespace orrery::svm {

using Eigen::Index;

namespace {

constexpr std::int64_t kStepsBetweenLooks = 1000; ///< at whether the search was cancelled

Expected<void> checkGrid(const SvmProblem& problem, const GridOptions& options) {
    if (problem.kind == ProblemKind::OneClass) return fail("one class has no error to compare C and γ by");
    const auto positive = [](double value) { return std::isfinite(value) && value > 0.0; };
    if (options.cs.empty() || options.gammas.empty()) return fail("the grid has no C or no γ");
    if (!std::all_of(options.cs.begin(), options.cs.end(), positive) ||
        !std::all_of(options.gammas.begin(), options.gammas.end(), positive))
        return fail("every C and γ of the grid must be a number above 0");
    if (!std::is_sorted(options.cs.begin(), options.cs.end())) return fail("the grid's C must ascend");
    return {};
}

Expected<std::vector<int>> foldsOf(const SvmProblem& problem, const GridOptions& options) {
    if (problem.kind == ProblemKind::Regression) {
        if (options.folds < 2 || options.folds > problem.points())
            return fail(
                fmt::format("{} points cannot be dealt to {} folds", problem.points(), options.folds));
        return linear::dealFolds(problem.points(), options.folds, options.seed);
    }
    std::vector<std::uint8_t> labels;
    for (Index i = 0; i < problem.points(); ++i)
        labels.push_back(problem.y[i] > 0.0 ? 1 : 0);
    return calibration::dealStratifiedFolds(labels, options.folds, options.seed);
}

double errorOf(const SvmProblem& problem, const std::vector<Index>& rows, const Eigen::VectorXd& decisions) {
    double sum = 0.0;
    for (std::size_t k = 0; k < rows.size(); ++k) {
        const double f = decisions[static_cast<Index>(k)], y = problem.y[rows[k]];
        if (problem.kind == ProblemKind::Regression)
            sum += (f - y) * (f - y);
        else
            sum += (f > 0.0) == (y > 0.0) ? 0.0 : 1.0;
    }
    return sum;
}

/// One fold of the column of a γ: its training points, then every C in turn.
class FoldOfColumn {
  public:
    FoldOfColumn(const SvmProblem& problem, const std::vector<int>& foldOf, int fold, double gamma) {
        for (std::size_t i = 0; i < foldOf.size(); ++i)
            (foldOf[i] == fold ? m_held : m_training).push_back(static_cast<Index>(i));
        m_part = subProblem(problem, m_training);
        m_part.kernel.gamma = gamma;
        m_heldPoints = problem.x(m_held, Eigen::all);
    }

    /// Adds to `cell` and begins from the α of the C before. False where it was cancelled.
    bool run(const SvmProblem& whole, double factor, const SmoOptions& options, const Progress& progress,
             int folds, GridCell& cell) {
        auto problem = std::make_shared<SvmProblem>(m_part);
        problem->upper *= factor;
        SmoSolver solver(problem, options, m_alpha);
        StepResult last;
        while (last.status == StepStatus::Advanced) {
            last = solve(solver, kStepsBetweenLooks).last;
            if (progress.isCancelled()) return false;
        }
        m_alpha = solver.state().alpha;
        const SvmModel model = modelOf(*problem, m_alpha, solver.state().gradient);
        cell.error +=
            errorOf(whole, m_held, model.decisions(m_heldPoints)) / static_cast<double>(whole.points());
        cell.supportVectors +=
            static_cast<double>(model.size()) / static_cast<double>(problem->points()) / folds;
        cell.converged = cell.converged && last.status == StepStatus::Converged;
        return true;
    }

  private:
    std::vector<Index> m_training, m_held;
    SvmProblem m_part;
    PointMatrix m_heldPoints;
    std::vector<double> m_alpha; ///< empty before the first C
};

} // namespace

std::vector<double> powers(double base, int low, int high) {
    std::vector<double> values;
    for (int exponent = low; exponent <= high; ++exponent)
        values.push_back(std::pow(base, exponent));
    return values;
}

std::optional<std::pair<std::size_t, std::size_t>> ParameterGrid::best() const {
    std::optional<std::pair<std::size_t, std::size_t>> least;
    for (std::size_t c = 0; c < cs.size(); ++c)
        for (std::size_t g = 0; g < gammas.size(); ++g) {
            if (!at(c, g).done) continue;
            if (!least || at(c, g).error < at(least->first, least->second).error) least = {c, g};
        }
    return least;
}

Expected<ParameterGrid> searchGrid(const SvmProblem& problem, const GridOptions& options, Progress& progress,
                                   const GridUpdate& onColumn) {
    if (auto sound = checkGrid(problem, options); !sound) return tl::unexpected(sound.error());
    const auto foldOf = foldsOf(problem, options);
    if (!foldOf) return tl::unexpected(foldOf.error());
    ParameterGrid grid{options.cs, options.gammas, {}, 0};
    grid.cells.resize(options.cs.size() * options.gammas.size());
    // The ratios of C between points (class weights) stay; its size is the grid's.
    SvmProblem scaled = problem;
    scaled.upper /= problem.upper.maxCoeff();
    std::mutex mutex;
    auto ran = calibration::runFolds(
        static_cast<int>(options.gammas.size()), options.threads, progress, [&](int g) -> Expected<void> {
            std::vector<GridCell> column(options.cs.size());
            for (int fold = 0; fold < options.folds; ++fold) {
                FoldOfColumn part(scaled, *foldOf, fold, options.gammas[static_cast<std::size_t>(g)]);
                for (std::size_t c = 0; c < column.size(); ++c)
                    if (!part.run(scaled, options.cs[c], options.smo, progress, options.folds, column[c]))
                        return {};
            }
            for (GridCell& cell : column)
                cell.done = true;
            const std::lock_guard lock(mutex);
            std::copy(column.begin(), column.end(),
                      grid.cells.begin() +
                          static_cast<std::ptrdiff_t>(static_cast<std::size_t>(g) * column.size()));
            grid.cellsDone += column.size();
            if (onColumn) onColumn(grid);
            return {};
        });
    if (!ran) return tl::unexpected(ran.error());
    return grid;
}

} // namespace orrery::svm
