// From a run and its states to what the views draw. Everything here may run on any thread; what goes over all
// points of a large run is called beside the UI thread.
#pragma once

#include "app/labs/isotonic/isotonic_run.h"
#include "app/labs/isotonic/views/counter_view.h"
#include "app/labs/isotonic/views/density_layer.h"
#include "app/labs/isotonic/views/fit_moment.h"
#include "app/labs/isotonic/views/fit_view.h"
#include "core/support/progress.h"

namespace orrery {

/// Up to so many points a moment is made where it is asked for: a few thousand blocks to copy.
inline constexpr std::size_t kDirectPoints = 20'000;

/// Blocks of points [first, last]; of more than `most` only the outermost of each stretch, so that the
/// picture is the same at that many columns.
[[nodiscard]] isotone::BlocksPointer drawnBlocks(const isotonic::IsotonicProblem& problem,
                                                 const IsotonicRunSolver::State& state, std::uint32_t first,
                                                 std::uint32_t last, std::size_t most);

/// Rows for marks; of more than kManyRows only their ranges.
[[nodiscard]] std::shared_ptr<const isotone::FitPoints> fitPointsOf(const IsotonicRun& run);

/// The part of the axes that is in sight, and the pixels that it has.
struct Sight {
    QCPRange x{0, 1}, y{0, 1};
    QSize pixels{800, 500};
    friend bool operator==(const Sight& a, const Sight& b) {
        return a.x.lower == b.x.lower && a.x.upper == b.x.upper && a.y.lower == b.y.lower &&
               a.y.upper == b.y.upper && a.pixels == b.pixels;
    }
};
/// Counts the rows in sight; every `stride`-th of them.
[[nodiscard]] std::shared_ptr<const isotone::DensityPicture> densityOf(const IsotonicRun& run,
                                                                       const Sight& sight, std::size_t stride,
                                                                       double radius,
                                                                       const Progress& progress);

/// What each algorithm has counted after how many steps, run to its end or for `maxSeconds`.
[[nodiscard]] isotone::CounterSeries countersOf(const IsotonicRun& run, isotonic::IsotonicMethod method,
                                                double maxSeconds, const Progress& progress);

} // namespace orrery
