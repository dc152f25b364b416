// A parallel search that has been measured, gone through again task by task.
//
// One step is the end of one task, in the order of the clock; the run is converged when the last thread has
// none left. The search itself is core/boggle/parallel_search.h; here is only its record. Cost: O(1).
#pragma once

#include "core/boggle/parallel_search.h"

#include <limits>

namespace orrery {

struct ParallelRecord {
    boggle::ParallelResult result;
    boggle::ParallelOptions options;
    std::vector<std::uint32_t> byEnd; ///< places in result.records, by the time of their end

    /// Measures it.
    [[nodiscard]] static std::shared_ptr<const ParallelRecord>
    make(const std::shared_ptr<const boggle::SearchProblem>& problem, const boggle::ParallelOptions& options,
         Progress& progress);
};

class ParallelReplay {
  public:
    struct State {
        std::int64_t finished = 0; ///< tasks
        std::int64_t paths = 0;    ///< visited by them
        double seconds = 0.0;      ///< since the search began
        friend bool operator==(const State&, const State&) = default;
    };

    explicit ParallelReplay(std::shared_ptr<const ParallelRecord> record) : m_record(std::move(record)) {
        m_state.seconds = m_record->result.splitSeconds;
    }

    [[nodiscard]] StepResult step() {
        const auto& order = m_record->byEnd;
        const auto tasks = static_cast<std::int64_t>(order.size());
        if (m_state.finished >= tasks) return {StepStatus::Converged, StepBoundary::None};
        const auto& record = m_record->result.records[order[static_cast<std::size_t>(m_state.finished)]];
        ++m_state.finished;
        m_state.paths += record.paths;
        m_state.seconds = record.end;
        return {m_state.finished == tasks ? StepStatus::Converged : StepStatus::Advanced, StepBoundary::None};
    }
    [[nodiscard]] const State& state() const { return m_state; }
    void restore(const State& state) { m_state = state; }

  private:
    std::shared_ptr<const ParallelRecord> m_record;
    State m_state;
};

} // namespace orrery
