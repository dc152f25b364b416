// The run of the GPU lab: events, played one by one.
//
// A step takes one event; a round closes with a result (ceilings, a bench, a check), a phase with the end of
// a request. The state is how many events have come: the log is immutable, so every moment is found again. A
// live run is a log that is replaced by a longer one.
#pragma once

#include "core/solver/step.h"
#include "widgets/runner/run_log.h"

#include <memory>
#include <span>
#include <vector>

namespace orrery {

struct GpuRun {
    struct Row { ///< what the trace draws, after so many events
        double itemsPerS = 0, flopsPerS = 0, powerW = 0, clockMhz = 0;
    };
    runner::RunPointer log;
    std::vector<Row> rows; ///< size() + 1
};

[[nodiscard]] std::shared_ptr<const GpuRun> gpuRunOf(runner::RunPointer log);

class GpuRunSolver {
  public:
    struct State {
        std::int64_t taken = 0; ///< events
        friend bool operator==(const State&, const State&) = default;
    };

    explicit GpuRunSolver(std::shared_ptr<const GpuRun> run) : m_run(std::move(run)) {}
    StepResult step();
    [[nodiscard]] const State& state() const { return m_state; }
    void restore(const State& state) { m_state = state; }
    [[nodiscard]] const std::shared_ptr<const GpuRun>& problem() const { return m_run; }

    [[nodiscard]] static std::vector<TraceColumn> traceColumns();
    void traceRow(std::span<double> row) const;

  private:
    std::shared_ptr<const GpuRun> m_run;
    State m_state;
};

} // namespace orrery
