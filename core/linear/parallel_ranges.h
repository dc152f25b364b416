// Runs ranges of independent work on a few threads. Each range writes only its own results, so the number of
// threads cannot change an answer.
#pragma once

#include <algorithm>
#include <cstddef>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

namespace orrery::linear {

class ParallelRanges {
  public:
    explicit ParallelRanges(int threads) : m_threads(std::max(threads, 1)), m_arena(m_threads) {}
    ParallelRanges(const ParallelRanges& other) : ParallelRanges(other.m_threads) {}
    ParallelRanges& operator=(const ParallelRanges&) = delete;

    /// body(begin, end) over [0, count), in pieces of at least `grain`.
    template <class Body>
    void run(std::size_t count, std::size_t grain, const Body& body) {
        if (m_threads == 1 || count <= grain) {
            if (count > 0) body(std::size_t{0}, count);
            return;
        }
        m_arena.execute([&] {
            tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, grain),
                              [&](const auto& range) { body(range.begin(), range.end()); });
        });
    }

  private:
    int m_threads;
    tbb::task_arena m_arena;
};

} // namespace orrery::linear
