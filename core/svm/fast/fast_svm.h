// Training and prediction at the speed of the processor: the twin of smo_solver.h and SvmModel::decisions().
//
// The programme and its end are the same (svm_problem.h; m − M ≤ ε), the way there is another: decomposition
// on working sets of about a thousand (dual_solver.h), kernel values as blocks of a matrix product
// (kernel_tiles.h), the inner loop in vectors (inner_smo.h). Kernel values are rounded to single precision,
// as LIBSVM's are; the objective is summed from double values in the end where that matters.
//
// Cost: at worst O(n · support vectors · d) kernel work, each value a few times at most while the cache has
// room.
#pragma once

#include "core/support/progress.h"
#include "core/svm/multiclass.h"

namespace orrery::svm {

struct FastOptions {
    double tolerance = 1e-3;                       ///< ε of m − M ≤ ε
    std::size_t cacheBytes = std::size_t{2} << 30; ///< of kernel rows; changes rounding alone
    int threads = 1;                               ///< changes the time alone
    std::int64_t maxPairs = 0;                     ///< 0: max(10⁷, 100 N)
    Progress* progress = nullptr;                  ///< how far, and whether to stop
};

struct FastFit {
    std::vector<double> alpha;   ///< N
    double objective = 0.0;      ///< ½ αᵀQα + pᵀα
    double bias = 0.0;           ///< b
    double gap = 0.0;            ///< m − M
    std::int64_t iterations = 0; ///< pairs moved
    std::int64_t rounds = 0;     ///< working sets
    double seconds = 0.0;
    bool converged = false; ///< else pairs ran out, or rounding stood in the way of the tolerance
};

/// start: N or empty; made feasible. Fails on a tolerance that is not positive, on kernel values that are not
/// finite, and with Cancelled.
[[nodiscard]] Expected<FastFit> solveFast(const SvmProblem& problem, const FastOptions& options = {},
                                          std::span<const double> start = {});

/// f at each row of x, q × d; d as the model's.
[[nodiscard]] Eigen::VectorXd decisionValues(const SvmModel& model, const Eigen::Ref<const PointMatrix>& x,
                                             int threads = 1);

/// solveFast() in the place of SMO, for trainMulticlass().
[[nodiscard]] PairTrainer fastTrainer(const FastOptions& options);

} // namespace orrery::svm
