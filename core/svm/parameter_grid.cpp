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

Expected<void> checkGrid(const GridOptions& options) {
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

/// Rows outside a fold, and those in it.
struct FoldRows {
    std::vector<Index> training, held;
};
FoldRows rowsOf(const std::vector<int>& foldOf, int fold) {
    FoldRows rows;
    for (std::size_t i = 0; i < foldOf.size(); ++i)
        (foldOf[i] == fold ? rows.held : rows.training).push_back(static_cast<Index>(i));
    return rows;
}

/// One machine at a fixed γ, for every C in turn: each begins from the α of the C before.
class GrowingMachine {
  public:
    explicit GrowingMachine(SvmProblem problem) : m_part(std::move(problem)) {}

    /// Nothing where it was cancelled.
    std::optional<SvmModel> train(double factor, const SmoOptions& options, const Progress& progress,
                                  bool& converged) {
        auto problem = std::make_shared<SvmProblem>(m_part);
        problem->upper *= factor;
        SmoSolver solver(problem, options, m_alpha);
        StepResult last;
        while (last.status == StepStatus::Advanced) {
            last = solve(solver, kStepsBetweenLooks).last;
            if (progress.isCancelled()) return std::nullopt;
        }
        m_alpha = solver.state().alpha;
        converged = converged && last.status == StepStatus::Converged;
        return modelOf(*problem, m_alpha, solver.state().gradient);
    }

  private:
    SvmProblem m_part;
    std::vector<double> m_alpha; ///< empty before the first C
};

/// One fold of the column of a γ, of two classes or a regression.
class FoldOfColumn {
  public:
    FoldOfColumn(const SvmProblem& whole, const std::vector<int>& foldOf, int fold, double gamma)
        : m_whole(whole)
        , m_rows(rowsOf(foldOf, fold))
        , m_machine(partOf(whole, m_rows.training, gamma))
        , m_heldPoints(whole.x(m_rows.held, Eigen::all)) {}

    /// Adds to `cell`. False where it was cancelled.
    bool run(double factor, const GridOptions& options, const Progress& progress, GridCell& cell) {
        const auto model = m_machine.train(factor, options.smo, progress, cell.converged);
        if (!model) return false;
        cell.error += errorOf(m_whole, m_rows.held, model->decisions(m_heldPoints)) /
                      static_cast<double>(m_whole.points());
        cell.supportVectors +=
            static_cast<double>(model->size()) / static_cast<double>(m_rows.training.size()) / options.folds;
        return true;
    }

  private:
    static SvmProblem partOf(const SvmProblem& whole, const std::vector<Index>& rows, double gamma) {
        SvmProblem part = subProblem(whole, rows);
        part.kernel.gamma = gamma;
        return part;
    }

    const SvmProblem& m_whole;
    FoldRows m_rows;
    GrowingMachine m_machine;
    PointMatrix m_heldPoints;
};

/// The same of several classes.
class ClassedFoldOfColumn {
  public:
    ClassedFoldOfColumn(const ClassedPoints& whole, const std::vector<int>& foldOf, int fold, double gamma)
        : m_whole(whole), m_rows(rowsOf(foldOf, fold)), m_heldPoints(whole.x(m_rows.held, Eigen::all)) {
        const int classes = 1 + *std::max_element(whole.labels.begin(), whole.labels.end());
        for (int a = 0; a < classes; ++a)
            for (int b = a + 1; b < classes; ++b)
                addPair(a, b, gamma);
        m_votes.classes.resize(static_cast<std::size_t>(classes));
    }

    bool run(double factor, const GridOptions& options, const Progress& progress, GridCell& cell) {
        Eigen::MatrixXd decisions(static_cast<Index>(m_pairs.size()), m_heldPoints.rows());
        std::vector<std::uint8_t> supports(m_whole.labels.size(), 0);
        for (std::size_t k = 0; k < m_pairs.size(); ++k) {
            const auto model = m_pairs[k].machine.train(factor, options.smo, progress, cell.converged);
            if (!model) return false;
            decisions.row(static_cast<Index>(k)) = model->decisions(m_heldPoints).transpose();
            for (const std::int32_t row : model->rows)
                supports[static_cast<std::size_t>(m_pairs[k].rows[static_cast<std::size_t>(row)])] = 1;
        }
        for (Index i = 0; i < decisions.cols(); ++i)
            cell.error +=
                m_votes.winner({decisions.col(i).data(), m_pairs.size()}) ==
                        m_whole.labels[static_cast<std::size_t>(m_rows.held[static_cast<std::size_t>(i)])]
                    ? 0.0
                    : 1.0 / static_cast<double>(m_whole.labels.size());
        cell.supportVectors += static_cast<double>(std::count(supports.begin(), supports.end(), 1)) /
                               static_cast<double>(m_rows.training.size()) / options.folds;
        return true;
    }

  private:
    struct Pair {
        std::vector<Index> rows; ///< of the whole
        GrowingMachine machine;
    };
    struct Votes {
        std::vector<std::pair<int, int>> pairs;
        std::vector<int> classes; ///< votes of each

        int winner(std::span<const double> decisions) {
            std::fill(classes.begin(), classes.end(), 0);
            for (std::size_t k = 0; k < pairs.size(); ++k)
                ++classes[static_cast<std::size_t>(decisions[k] > 0.0 ? pairs[k].first : pairs[k].second)];
            return static_cast<int>(std::max_element(classes.begin(), classes.end()) - classes.begin());
        }
    };

    void addPair(int first, int second, double gamma) {
        std::vector<Index> rows;
        for (const Index row : m_rows.training)
            if (const int label = m_whole.labels[static_cast<std::size_t>(row)];
                label == first || label == second)
                rows.push_back(row);
        SvmProblem part;
        part.kernel = m_whole.kernel;
        part.kernel.gamma = gamma;
        part.x = m_whole.x(rows, Eigen::all);
        part.upper = m_whole.upper(rows);
        part.y.resize(part.upper.size());
        for (Index i = 0; i < part.y.size(); ++i)
            part.y[i] = m_whole.labels[static_cast<std::size_t>(rows[static_cast<std::size_t>(i)])] == first
                            ? 1.0
                            : -1.0;
        m_pairs.push_back({std::move(rows), GrowingMachine(std::move(part))});
        m_votes.pairs.emplace_back(first, second);
    }

    const ClassedPoints& m_whole;
    FoldRows m_rows;
    PointMatrix m_heldPoints;
    std::vector<Pair> m_pairs;
    Votes m_votes;
};

/// A column is a γ. Fold: FoldOfColumn or ClassedFoldOfColumn; `whole`: with the largest C at 1, so that its
/// ratios between points (class weights) stay and its size is the grid's.
template <class Fold, class Whole>
Expected<ParameterGrid> searchColumns(const Whole& whole, const std::vector<int>& foldOf,
                                      const GridOptions& options, Progress& progress,
                                      const GridUpdate& onColumn) {
    ParameterGrid grid{options.cs, options.gammas, {}, 0};
    grid.cells.resize(options.cs.size() * options.gammas.size());
    std::mutex mutex;
    const auto runColumn = [&](int g) -> Expected<void> {
        std::vector<GridCell> column(options.cs.size());
        for (int fold = 0; fold < options.folds; ++fold) {
            Fold part(whole, foldOf, fold, options.gammas[static_cast<std::size_t>(g)]);
            for (std::size_t c = 0; c < column.size(); ++c)
                if (!part.run(options.cs[c], options, progress, column[c])) return {};
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
    };
    auto ran =
        calibration::runFolds(static_cast<int>(options.gammas.size()), options.threads, progress, runColumn);
    if (!ran) return tl::unexpected(ran.error());
    return grid;
}

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
    if (problem.kind == ProblemKind::OneClass) return fail("one class has no error to compare C and γ by");
    if (auto sound = checkGrid(options); !sound) return tl::unexpected(sound.error());
    const auto foldOf = foldsOf(problem, options);
    if (!foldOf) return tl::unexpected(foldOf.error());
    SvmProblem scaled = problem;
    scaled.upper /= problem.upper.maxCoeff();
    return searchColumns<FoldOfColumn>(scaled, *foldOf, options, progress, onColumn);
}

Expected<ParameterGrid> searchGrid(const ClassedPoints& points, const GridOptions& options,
                                   Progress& progress, const GridUpdate& onColumn) {
    if (auto sound = checkGrid(options); !sound) return tl::unexpected(sound.error());
    const auto foldOf = calibration::dealStratifiedFolds(points.labels, options.folds, options.seed);
    if (!foldOf) return tl::unexpected(foldOf.error());
    ClassedPoints scaled = points;
    scaled.upper /= points.upper.maxCoeff();
    return searchColumns<ClassedFoldOfColumn>(scaled, *foldOf, options, progress, onColumn);
}

} // namespace orrery::svm
