// What the SVM lab shows of the kernel: the C × γ map, the kernel matrix, the lift of degree 2. Any thread.
#pragma once

#include "app/labs/svm/svm_run.h"
#include "app/labs/svm/views/grid_view.h"
#include "app/labs/svm/views/lift_view.h"
#include "app/labs/svm/views/matrix_view.h"
#include "core/support/progress.h"
#include "core/svm/parameter_grid.h"

namespace orrery {

inline constexpr std::size_t kMostMapped = 400; ///< points of the C × γ map; every k-th of more

/// Why this run has no C × γ map; empty: it has.
[[nodiscard]] QString mapMissing(const SvmRun& run);
/// Column by column. Fails with a sentence, and with Cancelled.
[[nodiscard]] Expected<void> searchMap(const SvmRun& run, quint64 seed, Progress& progress,
                                       const svm::GridUpdate& onColumn);
[[nodiscard]] svmview::GridPicture mapPicture(const svm::ParameterGrid& grid, const SvmKnobs& knobs);

/// Null where it was cancelled. Of a run with several machines: of the first.
[[nodiscard]] std::shared_ptr<const svmview::MatrixPicture>
matrixPicture(const SvmRun& run, bool withEigenvalues, Progress& progress);

[[nodiscard]] std::shared_ptr<const svmview::LiftPicture> liftPicture(const SvmRun& run,
                                                                      const SvmRunSolver::State& state);

} // namespace orrery
