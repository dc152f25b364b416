#include "app/labs/boggle/boggle_side_jobs.h"

#include <chrono>

namespace orrery {

namespace {

using boggle::DictionaryKind;
using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Nothing when cancelled.
std::optional<EngineTotals> totalsOf(const BoggleRun& run, DictionaryKind kind, const Progress& progress) {
    EngineTotals totals{.kind = kind};
    if (kind != DictionaryKind::HashSet) totals.bytes = run.lexicon().automaton(kind).bytes();
    constexpr int kLargestWithoutPruning = 4;
    if (kind == DictionaryKind::HashSet && run.problem->board.size > kLargestWithoutPruning) return totals;
    constexpr std::int64_t kBetweenLooks = 65536;
    boggle::BoardSearch search(run.problem, kind);
    const auto start = Clock::now();
    while (solve(search, kBetweenLooks).last.status == StepStatus::Advanced)
        if (progress.isCancelled()) return std::nullopt;
    totals.seconds = secondsSince(start);
    totals.wasRun = true;
    totals.counters = search.state().counters;
    totals.words = static_cast<std::int64_t>(search.state().found.size());
    return totals;
}

std::vector<int> threadCounts(int most) {
    std::vector<int> counts;
    for (int n = 1; n < most; n *= 2)
        counts.push_back(n);
    counts.push_back(most);
    return counts;
}

} // namespace

BoggleSideJobs::BoggleSideJobs(QObject* parent) : SideJobGroup(parent) {
    watch({&m_counters, &m_threads});
}

void BoggleSideJobs::count(const RunPointer& run) {
    m_counters.submit([this, run](Progress& progress, const SideJob::Deliver& deliver) {
        std::vector<EngineTotals> all{{.kind = DictionaryKind::HashSet, .isPending = true}};
        for (const DictionaryKind kind :
             {DictionaryKind::Trie, DictionaryKind::Dawg, DictionaryKind::HashSet}) {
            const auto totals = totalsOf(*run, kind, progress);
            if (!totals) return;
            if (kind == DictionaryKind::HashSet)
                all.front() = *totals;
            else
                all.push_back(*totals);
            if (kind != DictionaryKind::Trie) deliver([this, run, all] { Q_EMIT counted(run, all); });
        }
    });
}

void BoggleSideJobs::measureThreads(const RunPointer& run) {
    m_threads.submit([this, run](Progress& progress, const SideJob::Deliver& deliver) {
        std::vector<boggleview::ThreadTiming> timings;
        for (const int threads : threadCounts(run->record->options.threads)) {
            boggle::ParallelOptions options = run->record->options;
            options.threads = threads;
            double seconds = threads == run->record->options.threads ? run->record->result.seconds : INFINITY;
            // A short one is measured again, and the quickest counts: it is easily disturbed.
            constexpr int kMost = 3;
            constexpr double kShort = 0.2;
            for (int repeat = 0; repeat < kMost && (repeat == 0 || seconds < kShort); ++repeat) {
                const auto result = boggle::searchParallel(run->problem, options, &progress);
                if (result.cancelled || progress.isCancelled()) return;
                seconds = std::min(seconds, result.seconds);
            }
            timings.push_back({threads, seconds});
            deliver([this, run, timings] { Q_EMIT measured(run, timings); });
        }
    });
}

} // namespace orrery
