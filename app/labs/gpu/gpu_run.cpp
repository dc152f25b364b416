#include "app/labs/gpu/gpu_run.h"

namespace orrery {

namespace {

StepBoundary boundaryOf(const gpu::Payload& payload) {
    if (std::holds_alternative<gpu::DoneMessage>(payload)) return StepBoundary::Phase;
    const bool result = std::holds_alternative<gpu::CeilingsMessage>(payload) ||
                        std::holds_alternative<gpu::BenchMessage>(payload) ||
                        std::holds_alternative<gpu::CheckMessage>(payload);
    return result ? StepBoundary::Round : StepBoundary::None;
}

} // namespace

std::shared_ptr<const GpuRun> gpuRunOf(runner::RunPointer log) {
    auto run = std::make_shared<GpuRun>();
    run->rows.resize(log->size() + 1);
    std::vector<double> rate(log->sources().size());
    for (std::size_t i = 0; i < log->size(); ++i) {
        GpuRun::Row& row = run->rows[i + 1] = run->rows[i];
        if (const auto* message = std::get_if<gpu::SampleMessage>(&log->at(i).payload);
            message && log->sourceOf(i) >= 0) {
            rate[static_cast<std::size_t>(log->sourceOf(i))] = message->itemsPerS;
            row.itemsPerS = 0;
            for (const double each : rate)
                row.itemsPerS += each;
            row.powerW = message->powerW, row.clockMhz = message->clockMhz;
        }
        if (const auto* bench = std::get_if<gpu::BenchMessage>(&log->at(i).payload))
            row.flopsPerS = bench->flopsPerS;
    }
    run->log = std::move(log);
    return run;
}

StepResult GpuRunSolver::step() {
    const auto size = static_cast<std::int64_t>(m_run->log->size());
    if (m_state.taken < size) ++m_state.taken;
    StepResult result;
    if (m_state.taken > 0)
        result.boundary = boundaryOf(m_run->log->at(static_cast<std::size_t>(m_state.taken - 1)).payload);
    if (m_state.taken >= size) result.status = StepStatus::Exhausted;
    return result;
}

std::vector<TraceColumn> GpuRunSolver::traceColumns() {
    return {{"items per second", "", false},
            {"TFLOP/s", "", false},
            {"power", "W", false},
            {"clock", "MHz", false}};
}

void GpuRunSolver::traceRow(std::span<double> row) const {
    const GpuRun::Row& now = m_run->rows[static_cast<std::size_t>(m_state.taken)];
    row[0] = now.itemsPerS, row[1] = now.flopsPerS * 1e-12, row[2] = now.powerW, row[3] = now.clockMhz;
}

} // namespace orrery
