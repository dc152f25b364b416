#include "core/boggle/parallel_search.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <chrono>
#include <thread>

namespace orrery::boggle {

namespace {

using Clock = std::chrono::steady_clock;

void add(SearchCounters& into, const SearchCounters& part) {
    into.paths += part.paths;
    into.pruned += part.pruned;
    into.lookups += part.lookups;
    into.repeats += part.repeats;
}

/// Takes tasks until none is left or somebody cancels.
class Crew {
  public:
    Crew(const std::shared_ptr<const SearchProblem>& problem, const ParallelOptions& options,
         const std::vector<std::vector<std::uint8_t>>& prefixes, Clock::time_point start, Progress* progress)
        : m_problem(problem)
        , m_options(options)
        , m_prefixes(prefixes)
        , m_start(start)
        , m_progress(progress)
        , m_parts(prefixes.size()) {}

    void run() {
        std::vector<std::jthread> others;
        for (int thread = 1; thread < m_options.threads; ++thread)
            others.emplace_back([this, thread] { work(thread); });
        work(0);
    }

    struct Part {
        TaskRecord record;
        SearchCounters counters;
        std::vector<std::uint32_t> words;
        bool done = false;
    };
    /// Read after run().
    [[nodiscard]] const std::vector<Part>& parts() const { return m_parts; }

  private:
    [[nodiscard]] double now() const { return std::chrono::duration<double>(Clock::now() - m_start).count(); }
    [[nodiscard]] bool isCancelled() const { return m_progress && m_progress->isCancelled(); }

    void work(int thread) {
        for (std::size_t task = m_next++; task < m_prefixes.size() && !isCancelled(); task = m_next++) {
            Part& part = m_parts[task];
            part.record.task = static_cast<std::uint32_t>(task);
            part.record.thread = thread;
            part.record.begin = now();
            BoardSearch search(m_problem, m_options.kind, {.prefix = m_prefixes[task]}, m_options.extraWork);
            constexpr std::int64_t kBetweenLooks = 16384; // steps between two looks at the cancel flag
            while (solve(search, kBetweenLooks).last.status == StepStatus::Advanced)
                if (isCancelled()) return;
            part.record.end = now();
            part.counters = search.state().counters;
            part.words = search.state().foundSorted;
            part.record.paths = part.counters.paths;
            part.record.words = static_cast<std::int32_t>(part.words.size());
            part.done = true;
            if (m_progress)
                m_progress->setFraction(static_cast<double>(++m_finished) /
                                        static_cast<double>(m_prefixes.size()));
        }
    }

    std::shared_ptr<const SearchProblem> m_problem;
    ParallelOptions m_options;
    const std::vector<std::vector<std::uint8_t>>& m_prefixes;
    Clock::time_point m_start;
    Progress* m_progress;
    std::vector<Part> m_parts; ///< each written by the thread that took it
    std::atomic<std::size_t> m_next = 0;
    std::atomic<std::size_t> m_finished = 0;
};

/// Walks the tree down to `depth` and keeps the paths that long; words met on the way are the result's.
void split(const std::shared_ptr<const SearchProblem>& problem, const ParallelOptions& options,
           ParallelResult& result) {
    BoardSearch search(problem, options.kind, {.prefix = {}, .deepest = options.depth}, options.extraWork);
    StepResult last;
    while (last.status == StepStatus::Advanced) {
        last = search.step();
        const BoardSearch::State& state = search.state();
        if (state.last.move != SearchMove::Push || state.depth != options.depth) continue;
        std::vector<std::uint8_t>& prefix = result.prefixes.emplace_back();
        for (std::size_t d = 0; d < static_cast<std::size_t>(state.depth); ++d)
            prefix.push_back(state.stack[d].cell);
    }
    result.words = search.state().foundSorted;
    add(result.counters, search.state().counters);
}

} // namespace

double ParallelResult::busyShare(int threads) const {
    if (records.empty()) return 0.0;
    double busy = 0.0, begin = records.front().begin, end = 0.0;
    for (const TaskRecord& record : records) {
        busy += record.end - record.begin;
        begin = std::min(begin, record.begin);
        end = std::max(end, record.end);
    }
    return end > begin ? busy / (threads * (end - begin)) : 0.0;
}

ParallelResult searchParallel(const std::shared_ptr<const SearchProblem>& problem,
                              const ParallelOptions& options, Progress* progress) {
    assert(options.threads >= 1 && options.depth >= 1);
    const auto start = Clock::now();
    const auto since = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
    ParallelResult result;
    split(problem, options, result);
    result.splitSeconds = since();
    Crew crew(problem, options, result.prefixes, start, progress);
    crew.run();
    for (const Crew::Part& part : crew.parts()) {
        if (!part.done) {
            result.cancelled = true;
            continue;
        }
        result.records.push_back(part.record);
        result.words.insert(result.words.end(), part.words.begin(), part.words.end());
        add(result.counters, part.counters);
    }
    std::ranges::sort(result.words);
    // not std::ranges::unique, whose result Clang 14 cannot compile
    result.words.erase(std::unique(result.words.begin(), result.words.end()), result.words.end());
    for (const std::uint32_t word : result.words)
        result.counters.points += problem->lexicon->words.points(word);
    result.seconds = since();
    return result;
}

} // namespace orrery::boggle
