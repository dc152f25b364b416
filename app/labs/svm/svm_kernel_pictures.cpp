#include "app/labs/svm/svm_kernel_pictures.h"

#include "core/svm/kernel_matrix.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <oneapi/tbb/info.h>

namespace orrery {

namespace {

const double kRootTen = std::sqrt(10.0);
constexpr double kMapTolerance = 1e-2;         ///< a map asks for errors, not for multipliers
constexpr std::int64_t kMostMapSteps = 60'000; ///< of one fit

QString tr(const char* text) {
    return QCoreApplication::translate("SvmPictures", text);
}

// Every k-th point, so that the map comes while one waits.
std::vector<Eigen::Index> thinnedRows(std::size_t n) {
    std::vector<Eigen::Index> rows;
    for (std::size_t k = 0; k < std::min(n, kMostMapped); ++k)
        rows.push_back(static_cast<Eigen::Index>(k * n / std::min(n, kMostMapped)));
    return rows;
}

Expected<svm::ProblemPtr> thinned(const svm::SvmProblem& problem) {
    const std::vector<Eigen::Index> rows = thinnedRows(static_cast<std::size_t>(problem.points()));
    svm::PointMatrix x = problem.x(rows, Eigen::all);
    Eigen::VectorXd y = problem.y(rows);
    svm::ProblemOptions options;
    options.kind = problem.kind;
    options.kernel = problem.kernel;
    options.epsilon = problem.epsilon;
    for (const Eigen::Index row : rows)
        options.sampleWeights.push_back(problem.upper[row]);
    return svm::makeProblem(std::move(x), std::move(y), options);
}

// Classes in use, counted without gaps.
svm::ClassedPoints thinnedClasses(const SvmRun& run) {
    const std::vector<Eigen::Index> rows = thinnedRows(run.points->size());
    svm::ClassedPoints points;
    points.kernel = run.machines[0].problem->kernel;
    points.x = run.points->x(rows, Eigen::all);
    points.upper = Eigen::VectorXd::Ones(points.x.rows());
    std::vector<std::uint8_t> used;
    for (const Eigen::Index row : rows)
        used.push_back(run.points->canvas->label[static_cast<std::size_t>(row)]);
    points.labels = used;
    std::sort(used.begin(), used.end());
    used.erase(std::unique(used.begin(), used.end()), used.end());
    for (std::size_t i = 0; i < points.labels.size(); ++i) {
        if (points.labels[i] == 0) points.upper[static_cast<Eigen::Index>(i)] = run.knobs.classWeight;
        points.labels[i] = static_cast<std::uint8_t>(
            std::lower_bound(used.begin(), used.end(), points.labels[i]) - used.begin());
    }
    return points;
}

QString liftMissing(const SvmRun& run) {
    const svm::Kernel& kernel = run.machines[0].problem->kernel;
    if (run.kind() != svm::ProblemKind::Classification || run.hasPairs())
        return tr("The lift is drawn of two classes.");
    if (run.points->projects) return tr("The lift is drawn of two features.");
    if (kernel.kind != svm::KernelKind::Polynomial || kernel.degree != 2)
        return tr("The polynomial kernel of degree 2 has three features, which can be drawn: choose it, with "
                  "c₀ = 0.");
    if (kernel.coef0 != 0.0)
        return tr("With c₀ = 0 the features are three and can be drawn; now there are six.");
    return {};
}

} // namespace

QString mapMissing(const SvmRun& run) {
    if (run.kind() == svm::ProblemKind::OneClass)
        return tr("One class has no error that could be cross-validated.");
    if (run.knobs.published) return tr("The map is of the machine as it should be, not as published.");
    if (run.points->size() < 10) return tr("Ten points or more can be dealt to folds.");
    return {};
}

Expected<void> searchMap(const SvmRun& run, quint64 seed, Progress& progress,
                         const svm::GridUpdate& onColumn) {
    svm::GridOptions options;
    options.cs = svm::powers(kRootTen, -2, 6);
    options.gammas =
        run.machines[0].problem->kernel.usesGamma() ? svm::powers(kRootTen, -4, 3) : std::vector<double>{1.0};
    options.seed = seed;
    options.threads = std::max(1, oneapi::tbb::info::default_concurrency() - 1);
    options.smo.tolerance = kMapTolerance;
    options.smo.maxSteps = kMostMapSteps;
    const auto told = [](const auto& grid) -> Expected<void> {
        if (!grid) return tl::unexpected(grid.error());
        return {};
    };
    if (run.hasPairs()) return told(svm::searchGrid(thinnedClasses(run), options, progress, onColumn));
    const auto problem = thinned(*run.machines[0].problem);
    if (!problem) return tl::unexpected(problem.error());
    return told(svm::searchGrid(**problem, options, progress, onColumn));
}

svmview::GridPicture mapPicture(const svm::ParameterGrid& grid, const SvmKnobs& knobs) {
    svmview::GridPicture picture;
    const bool vectors = knobs.map == u"vectors";
    // The grid's C is that of the class that weighs most.
    for (const double c : grid.cs)
        picture.cs.push_back(c / std::max(1.0, knobs.classWeight));
    picture.gammas = grid.gammas;
    picture.usesGamma = knobs.kernel.usesGamma();
    picture.isPercent = vectors || knobs.kind == svm::ProblemKind::Classification;
    picture.lowIsGood = !vectors;
    picture.quantity = vectors ? tr("support vectors") : tr("error");
    for (const svm::GridCell& cell : grid.cells)
        picture.values.push_back(!cell.done ? NAN : vectors ? cell.supportVectors : cell.error);
    if (grid.cellsDone == grid.cells.size()) picture.best = grid.best();
    return picture;
}

std::shared_ptr<const svmview::MatrixPicture> matrixPicture(const SvmRun& run, bool withEigenvalues,
                                                            Progress& progress) {
    const svm::SvmProblem& problem = *run.machines[0].problem;
    const auto matrix = svm::kernelMatrix(problem, withEigenvalues, progress);
    if (!matrix) return nullptr;
    auto picture = std::make_shared<svmview::MatrixPicture>();
    const Eigen::Index m = matrix->values.rows();
    picture->size = static_cast<int>(m);
    picture->points = static_cast<std::size_t>(problem.points());
    picture->values.assign(matrix->values.data(), matrix->values.data() + matrix->values.size());
    picture->indefinite = matrix->indefinite;
    picture->eigenvalues.assign(matrix->eigenvalues.data(),
                                matrix->eigenvalues.data() + matrix->eigenvalues.size());
    if (problem.kind == svm::ProblemKind::Classification) {
        picture->classSizes.assign(kMostClasses, 0);
        for (const std::int32_t row : matrix->rows)
            ++picture->classSizes[static_cast<std::size_t>(problem.y[row] > 0 ? run.machines[0].first
                                                                              : run.machines[0].second)];
    }
    return picture;
}

std::shared_ptr<const svmview::LiftPicture> liftPicture(const SvmRun& run, const SvmRunSolver::State& state) {
    auto picture = std::make_shared<svmview::LiftPicture>();
    picture->missing = liftMissing(run);
    if (!picture->missing.isEmpty()) return picture;
    const svm::SvmProblem& problem = *run.machines[0].problem;
    const double gamma = problem.kernel.gamma;
    const auto lifted = [gamma](double a, double b) {
        return svmview::Place{gamma * a * a, gamma * std::sqrt(2.0) * a * b, gamma * b * b};
    };
    for (Eigen::Index i = 0; i < problem.points(); ++i)
        picture->points.push_back(lifted(problem.x(i, 0), problem.x(i, 1)));
    for (const int row : run.machines[0].rows)
        picture->labels.push_back(run.points->canvas->label[static_cast<std::size_t>(row)]);
    const svm::SvmModel model = modelOf(run, state, 0);
    picture->supports.assign(picture->points.size(), false);
    for (Eigen::Index i = 0; i < model.size(); ++i) {
        const auto row = static_cast<std::size_t>(model.rows[static_cast<std::size_t>(i)]);
        picture->supports[row] = true;
        for (std::size_t k = 0; k < 3; ++k)
            picture->normal[k] += model.coefficients[i] * picture->points[row][k];
    }
    picture->offset = model.bias;
    return picture;
}

} // namespace orrery
