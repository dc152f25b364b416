// One board on several threads, and who did what when.
//
// The search tree is cut at a depth: the part above is walked first by one thread and yields a task for every
// path of that many tiles; threads then take task after task from one counter. Depth 1 gives a task a start
// cell, depth 4 of a 4×4 board without pruning 1764. Each task is a BoardSearch under its prefix: what is
// timed is what is watched. Words are merged in the order of tasks, so threads change no answer.
//
// Cost: that of the search; a record of 40 bytes a task.
#pragma once

#include "core/boggle/board_search.h"
#include "core/support/progress.h"

namespace orrery::boggle {

struct ParallelOptions {
    DictionaryKind kind = DictionaryKind::HashSet;
    int threads = 1;
    int depth = 2;     ///< tiles of a task's prefix, from 1 to n²
    int extraWork = 0; ///< rounds of arithmetic for every question to the dictionary: a slow dictionary
};

/// A bar of the Gantt chart.
struct TaskRecord {
    std::uint32_t task = 0;
    std::int32_t thread = 0; ///< 0 … threads − 1
    double begin = 0.0;      ///< seconds since the search began
    double end = 0.0;
    std::int64_t paths = 0; ///< visited
    std::int32_t words = 0; ///< distinct within the task
};

struct ParallelResult {
    std::vector<std::vector<std::uint8_t>> prefixes; ///< cells, a task each
    std::vector<TaskRecord> records;  ///< in the order of tasks; those not done when cancelled are missing
    std::vector<std::uint32_t> words; ///< distinct, ascending
    SearchCounters counters;          ///< of all of them; repeats within tasks only
    double splitSeconds = 0.0;        ///< one thread, before the tasks
    double seconds = 0.0;             ///< all
    bool cancelled = false;

    /// Seconds in tasks, over threads × seconds between the first task's begin and the last one's end.
    [[nodiscard]] double busyShare(int threads) const;
};

[[nodiscard]] ParallelResult searchParallel(const std::shared_ptr<const SearchProblem>& problem,
                                            const ParallelOptions& options, Progress* progress = nullptr);

/// Amdahl: the speed-up on `threads` when a share `serial` of the work cannot be split.
[[nodiscard]] constexpr double amdahlSpeedUp(double serial, double threads) {
    return 1.0 / (serial + (1.0 - serial) / threads);
}
/// The share that would explain a measured speed-up. threads > 1.
[[nodiscard]] constexpr double amdahlSerialShare(double speedUp, double threads) {
    return (threads / speedUp - 1.0) / (threads - 1.0);
}

} // namespace orrery::boggle
