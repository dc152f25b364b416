#include "core/svm/multiclass.h"

#include "core/calibration/fold_runner.h"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace orrery::svm {

using Eigen::Index;

namespace {

constexpr std::size_t kMostClasses = 256;
constexpr double kLeastProbability = 1e-7;        ///< of one class in a pair, as LIBSVM's
constexpr std::int64_t kStepsBetweenLooks = 1000; ///< at whether the run was cancelled

struct Pair {
    std::int32_t first, second;
};

std::vector<Pair> pairsOf(std::size_t classes) {
    std::vector<Pair> pairs;
    for (std::int32_t a = 0; a < static_cast<std::int32_t>(classes); ++a)
        for (std::int32_t b = a + 1; b < static_cast<std::int32_t>(classes); ++b)
            pairs.push_back({a, b});
    return pairs;
}

double weightOf(const MulticlassOptions& options, double label) {
    double weight = 1.0;
    for (const auto& [name, value] : options.classWeights)
        if (name == label) weight = value;
    return weight;
}

Expected<void> checkClasses(const std::vector<double>& labels, const MulticlassOptions& options) {
    if (labels.size() < 2)
        return fail(fmt::format("every point is of class {}: a boundary needs points of two classes",
                                labels.empty() ? 0.0 : labels.front()));
    if (labels.size() > kMostClasses)
        return fail(
            fmt::format("the target has more than {} different values; that is a regression", kMostClasses));
    for (const auto& [name, value] : options.classWeights)
        if (std::find(labels.begin(), labels.end(), name) == labels.end())
            return fail(fmt::format("a weight is given for class {}, which does not occur", name));
    return {};
}

/// As LIBSVM orders a pair's points: the first class, then the second.
std::vector<Index> rowsOfPair(std::span<const double> labels, double first, double second) {
    std::vector<Index> rows;
    for (const double own : {first, second})
        for (std::size_t i = 0; i < labels.size(); ++i)
            if (labels[i] == own) rows.push_back(static_cast<Index>(i));
    return rows;
}

PairModel modelOfPair(Pair pair, const SvmProblem& problem, const TrainedPair& trained,
                      const std::vector<Index>& rows) {
    PairModel result;
    result.first = pair.first;
    result.second = pair.second;
    result.model = modelWithBias(problem, trained.alpha, trained.bias);
    result.objective = trained.objective;
    result.iterations = trained.iterations;
    result.converged = trained.converged;
    result.supportVectors = static_cast<std::int32_t>(result.model.size());
    for (std::size_t t = 0; t < trained.alpha.size(); ++t)
        result.bounded += trained.alpha[t] >= problem.upperOf(static_cast<Index>(t)) ? 1 : 0;
    for (std::int32_t& row : result.model.rows)
        row = static_cast<std::int32_t>(rows[static_cast<std::size_t>(row)]);
    return result;
}

} // namespace

std::vector<double> classesOf(std::span<const double> labels) {
    std::vector<double> classes;
    for (const double label : labels)
        if (classes.size() <= kMostClasses &&
            std::find(classes.begin(), classes.end(), label) == classes.end())
            classes.push_back(label);
    if (classes.size() == 2 && classes[0] == -1.0 && classes[1] == 1.0) std::swap(classes[0], classes[1]);
    return classes;
}

namespace {

PointMatrix someOf(const PointMatrix& x, const std::vector<Index>& rows) {
    return x(rows, Eigen::all);
}
SparseRows someOf(const SparseRows& x, const std::vector<Index>& rows) {
    return selectedRows(x, rows);
}

template <class Points>
Expected<ProblemPtr> pairProblemOf(const Points& x, std::span<const double> labels, double first,
                                   double second, const MulticlassOptions& options) {
    const std::vector<Index> rows = rowsOfPair(labels, first, second);
    Eigen::VectorXd y(static_cast<Index>(rows.size()));
    for (Index i = 0; i < y.size(); ++i)
        y[i] = labels[static_cast<std::size_t>(rows[static_cast<std::size_t>(i)])] == first ? 1.0 : -1.0;
    ProblemOptions pair;
    pair.kernel = options.kernel;
    pair.c = options.c;
    pair.positiveWeight = weightOf(options, first);
    pair.negativeWeight = weightOf(options, second);
    return makeProblem(someOf(x, rows), std::move(y), pair);
}

} // namespace

Expected<ProblemPtr> pairProblem(const PointMatrix& x, std::span<const double> labels, double first,
                                 double second, const MulticlassOptions& options) {
    return pairProblemOf(x, labels, first, second, options);
}

Expected<ProblemPtr> pairProblem(const SparseRows& x, std::span<const double> labels, double first,
                                 double second, const MulticlassOptions& options) {
    return pairProblemOf(x, labels, first, second, options);
}

Expected<TrainedPair> trainBySmo(const ProblemPtr& problem, const SmoOptions& options,
                                 const Progress* progress) {
    SmoSolver solver(problem, options);
    StepResult last;
    while (last.status == StepStatus::Advanced) {
        last = solve(solver, kStepsBetweenLooks).last;
        if (progress && progress->isCancelled()) return fail("training was cancelled", ErrorCode::Cancelled);
    }
    const SmoSolver::State& state = solver.state();
    if (last.status == StepStatus::Failed)
        return fail("the numbers grew beyond what can be computed with; scale the features");
    return TrainedPair{state.alpha, biasOf(*problem, state.alpha, state.gradient), state.objective,
                       state.iteration, last.status == StepStatus::Converged};
}

namespace {

template <class Points>
Expected<MulticlassModel> trainMulticlassOn(const Points& x, std::span<const double> labels,
                                            const MulticlassOptions& options, Progress& progress,
                                            const PairTrainer& trainer) {
    if (static_cast<Index>(labels.size()) != x.rows())
        return fail(fmt::format("there are {} points but {} labels", x.rows(), labels.size()));
    for (std::size_t i = 0; i < labels.size(); ++i)
        if (!std::isfinite(labels[i]))
            return fail(fmt::format("the label of point {} is not a finite number", i + 1));
    MulticlassModel result;
    result.labels = classesOf(labels);
    result.kernel = options.kernel;
    result.dimensions = x.cols();
    if (auto sound = checkClasses(result.labels, options); !sound) return tl::unexpected(sound.error());
    const PairTrainer bySmo = [&](const ProblemPtr& problem) {
        return trainBySmo(problem, options.smo, &progress);
    };
    const PairTrainer& train = trainer ? trainer : bySmo;
    const std::vector<Pair> pairs = pairsOf(result.labels.size());
    result.pairs.resize(pairs.size());
    const auto runPair = [&](int k) -> Expected<void> {
        const Pair pair = pairs[static_cast<std::size_t>(k)];
        const double first = result.labels[static_cast<std::size_t>(pair.first)];
        const double second = result.labels[static_cast<std::size_t>(pair.second)];
        const auto problem = pairProblem(x, labels, first, second, options);
        if (!problem) return tl::unexpected(problem.error());
        const auto trained = train(*problem);
        if (!trained) return tl::unexpected(trained.error());
        result.pairs[static_cast<std::size_t>(k)] =
            modelOfPair(pair, **problem, *trained, rowsOfPair(labels, first, second));
        return {};
    };
    auto ran = calibration::runFolds(static_cast<int>(pairs.size()), options.threads, progress, runPair);
    if (!ran) return tl::unexpected(ran.error());
    return result;
}

} // namespace

Expected<MulticlassModel> trainMulticlass(const PointMatrix& x, std::span<const double> labels,
                                          const MulticlassOptions& options, Progress& progress,
                                          const PairTrainer& trainer) {
    return trainMulticlassOn(x, labels, options, progress, trainer);
}

Expected<MulticlassModel> trainMulticlass(const SparseRows& x, std::span<const double> labels,
                                          const MulticlassOptions& options, Progress& progress,
                                          const PairTrainer& trainer) {
    return trainMulticlassOn(x, labels, options, progress, trainer);
}

std::int32_t MulticlassModel::vote(std::span<const double> decisions) const {
    std::vector<int> votes(labels.size(), 0);
    for (std::size_t k = 0; k < pairs.size(); ++k)
        ++votes[static_cast<std::size_t>(decisions[k] > 0.0 ? pairs[k].first : pairs[k].second)];
    return static_cast<std::int32_t>(std::max_element(votes.begin(), votes.end()) - votes.begin());
}

Eigen::MatrixXd MulticlassModel::decisions(const Eigen::Ref<const PointMatrix>& x, int threads) const {
    Eigen::MatrixXd out(x.rows(), static_cast<Index>(pairs.size()));
    for (std::size_t k = 0; k < pairs.size(); ++k)
        out.col(static_cast<Index>(k)) = pairs[k].model.decisions(x, threads);
    return out;
}

Eigen::VectorXd MulticlassModel::predict(const Eigen::Ref<const PointMatrix>& x, int threads) const {
    const Eigen::MatrixXd all = decisions(x, threads).transpose(); // pairs × q: a point's votes in a row
    Eigen::VectorXd out(x.rows());
    for (Index i = 0; i < x.rows(); ++i)
        out[i] = labels[static_cast<std::size_t>(vote({all.col(i).data(), pairs.size()}))];
    return out;
}

Eigen::MatrixXd MulticlassModel::probabilities(const Eigen::Ref<const PointMatrix>& x, int threads) const {
    return probabilitiesOf(decisions(x, threads));
}

Eigen::MatrixXd MulticlassModel::probabilitiesOf(const Eigen::Ref<const Eigen::MatrixXd>& all) const {
    const auto k = static_cast<Index>(labels.size());
    Eigen::MatrixXd out(all.rows(), k);
    Eigen::MatrixXd r = Eigen::MatrixXd::Zero(k, k);
    for (Index i = 0; i < all.rows(); ++i) {
        for (std::size_t at = 0; at < pairs.size(); ++at) {
            const PairModel& pair = pairs[at];
            const auto& [a, b] = *pair.sigmoid;
            r(pair.first, pair.second) = 1.0 / (1.0 + std::exp(a * all(i, static_cast<Index>(at)) + b));
            r(pair.second, pair.first) = 1.0 - r(pair.first, pair.second);
        }
        out.row(i) = coupledProbabilities(r).transpose();
    }
    return out;
}

// p minimises ½ pᵀQp subject to Σ p = 1, Q_tt = Σ_s r_st², Q_ts = −r_st r_ts: the two are solved as one
// linear system.
Eigen::VectorXd coupledProbabilities(const Eigen::Ref<const Eigen::MatrixXd>& between) {
    const Index k = between.rows();
    const auto r = [&](Index s, Index t) {
        return std::clamp(between(s, t), kLeastProbability, 1.0 - kLeastProbability);
    };
    Eigen::MatrixXd system = Eigen::MatrixXd::Zero(k + 1, k + 1);
    for (Index t = 0; t < k; ++t)
        for (Index s = 0; s < k; ++s) {
            if (s == t) continue;
            system(t, t) += r(s, t) * r(s, t);
            system(t, s) = -r(s, t) * r(t, s);
        }
    system.col(k).head(k).setOnes();
    system.row(k).head(k).setOnes();
    Eigen::VectorXd right = Eigen::VectorXd::Zero(k + 1);
    right[k] = 1.0;
    Eigen::VectorXd p = system.fullPivLu().solve(right).head(k).cwiseMax(0.0);
    return p / p.sum();
}

bool MulticlassModel::hasProbabilities() const {
    return !pairs.empty() && std::all_of(pairs.begin(), pairs.end(),
                                         [](const PairModel& pair) { return pair.sigmoid.has_value(); });
}

} // namespace orrery::svm
