// Runs the folds of a cross-fit side by side and gathers their faults.
#pragma once

#include "core/support/expected.h"
#include "core/support/progress.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <string>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <vector>

namespace orrery::calibration {

/// runFold(fold) → Expected<void>, from several threads. The first fold's fault is the one that is told.
template <class Body>
[[nodiscard]] Expected<void> runFolds(int folds, int threads, Progress& progress, const Body& runFold) {
    std::vector<std::optional<Error>> faults(static_cast<std::size_t>(folds));
    std::atomic<int> done = 0;
    const auto run = [&](int fold) {
        if (progress.isCancelled()) return;
        if (auto result = runFold(fold); !result) faults[static_cast<std::size_t>(fold)] = result.error();
        progress.setFraction(static_cast<double>(++done) / folds);
    };
    tbb::task_arena arena(std::max(threads, 1));
    arena.execute([&] { tbb::parallel_for(0, folds, 1, run, tbb::simple_partitioner()); });
    if (progress.isCancelled()) return fail("cross-fitting was cancelled", ErrorCode::Cancelled);
    for (const auto& fault : faults)
        if (fault) return tl::unexpected(*fault);
    return {};
}

} // namespace orrery::calibration
