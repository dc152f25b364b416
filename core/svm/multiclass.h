// k classes by k(k − 1)/2 machines, one for each pair: one against one.
//
// Pair (a, b), a < b, is trained on the points of both, class a as +1. A prediction takes a vote of all
// pairs; ties go to the class that comes first. Knerr, Personnaz & Dreyfus (1990); LIBSVM does the same, and
// its order of classes is kept: that of their first appearance, but for labels −1 and +1, of which +1 comes
// first. Probabilities from pairs by coupling: Wu, Lin & Weng, JMLR 5 (2004), second method.
#pragma once

#include "core/support/progress.h"
#include "core/svm/smo_solver.h"
#include "core/svm/svm_model.h"

#include <functional>

namespace orrery::svm {

struct PairModel {
    std::int32_t first = 0;  ///< index of the class that is +1
    std::int32_t second = 1; ///< … of the one that is −1
    SvmModel model;          ///< its rows index the whole data set
    double objective = 0.0;
    std::int64_t iterations = 0;
    std::int32_t supportVectors = 0;
    std::int32_t bounded = 0;
    bool converged = true;
    /// P(class first | one of both) = 1/(1 + e^(A f + B)), LIBSVM's probA and probB; none: not fitted.
    std::optional<std::array<double, 2>> sigmoid;
};

struct MulticlassModel {
    std::vector<double> labels;   ///< k, in the order of the classes
    std::vector<PairModel> pairs; ///< (0, 1), (0, 2), …, (1, 2), …
    Kernel kernel;
    Eigen::Index dimensions = 0;

    /// Index of the class with most votes. `decisions`: one a pair.
    [[nodiscard]] std::int32_t vote(std::span<const double> decisions) const;
    /// Label of each row of x, q × d.
    [[nodiscard]] Eigen::VectorXd predict(const Eigen::Ref<const PointMatrix>& x, int threads = 1) const;
    /// q × pairs.
    [[nodiscard]] Eigen::MatrixXd decisions(const Eigen::Ref<const PointMatrix>& x, int threads = 1) const;
    /// q × k; only where every pair has a sigmoid.
    [[nodiscard]] Eigen::MatrixXd probabilities(const Eigen::Ref<const PointMatrix>& x,
                                                int threads = 1) const;
    /// The same from decisions(), q × pairs.
    [[nodiscard]] Eigen::MatrixXd probabilitiesOf(const Eigen::Ref<const Eigen::MatrixXd>& decisions) const;
    [[nodiscard]] bool hasProbabilities() const;
};

struct MulticlassOptions {
    Kernel kernel;
    double c = 1.0;
    std::vector<std::pair<double, double>> classWeights; ///< label and weight of C; others weigh 1
    SmoOptions smo;
    int threads = 1; ///< pairs at a time; does not change the answer
};

/// What one pair is trained by; SMO when absent.
struct TrainedPair {
    std::vector<double> alpha; ///< N
    double bias = 0.0;
    double objective = 0.0;
    std::int64_t iterations = 0;
    bool converged = true;
};
using PairTrainer = std::function<Expected<TrainedPair>(const ProblemPtr&)>;

/// labels: n, any finite numbers, at least two different ones. Fails as makeProblem() does, on a class weight
/// for a label that does not occur, and with Cancelled.
[[nodiscard]] Expected<MulticlassModel> trainMulticlass(const PointMatrix& x, std::span<const double> labels,
                                                        const MulticlassOptions& options, Progress& progress,
                                                        const PairTrainer& trainer = {});
[[nodiscard]] Expected<MulticlassModel> trainMulticlass(const SparseRows& x, std::span<const double> labels,
                                                        const MulticlassOptions& options, Progress& progress,
                                                        const PairTrainer& trainer = {});

/// The programme of one pair of labels, `first` as +1.
[[nodiscard]] Expected<ProblemPtr> pairProblem(const PointMatrix& x, std::span<const double> labels,
                                               double first, double second, const MulticlassOptions& options);
[[nodiscard]] Expected<ProblemPtr> pairProblem(const SparseRows& x, std::span<const double> labels,
                                               double first, double second, const MulticlassOptions& options);

/// P of each of k classes from P(s | s or t), k × k at (s, t), 0 and 1 taken as 10⁻⁷ and 1 − 10⁻⁷.
[[nodiscard]] Eigen::VectorXd coupledProbabilities(const Eigen::Ref<const Eigen::MatrixXd>& between);

/// Classes in LIBSVM's order.
[[nodiscard]] std::vector<double> classesOf(std::span<const double> labels);

/// SMO to the end.
[[nodiscard]] Expected<TrainedPair> trainBySmo(const ProblemPtr& problem, const SmoOptions& options,
                                               const Progress* progress = nullptr);

} // namespace orrery::svm
