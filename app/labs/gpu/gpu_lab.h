// The GPU lab: orrery-gpu at work against the roofline of its device, live or replayed.
//
// Its data set is a recorded run, its time the events of a run. While a process is running the log grows, and
// the end of the time line with it: who stands at the end follows, who has gone back stays where they are.
#pragma once

#include "app/lab/lab.h"
#include "app/lab/run_keeper.h"
#include "app/lab/side_job.h"
#include "app/labs/gpu/gpu_run.h"
#include "app/labs/gpu/gpu_views.h"
#include "app/labs/gpu/live_run.h"

namespace orrery {

[[nodiscard]] LabInfo gpuLabInfo();

class GpuLab final : public Lab {
    Q_OBJECT
  public:
    GpuLab();
    ~GpuLab() override;

    [[nodiscard]] const LabInfo& info() const override { return m_info; }
    Expected<void> setDataset(std::shared_ptr<const data::Dataset> dataset) override;
    [[nodiscard]] std::shared_ptr<const data::Dataset> dataset() const override { return m_dataset; }
    [[nodiscard]] QString dataInWords() const override;

    [[nodiscard]] std::vector<ParameterSpec> parameterSpecs() const override;
    [[nodiscard]] const ParameterValues& parameters() const override { return m_values; }
    void setParameters(const ParameterValues& values) override;

    [[nodiscard]] std::shared_ptr<SessionBase> session() override { return m_runs.session(); }
    void show(const std::shared_ptr<const SnapshotBase>& snapshot) override;
    [[nodiscard]] quint64 seed() const override { return m_seed; }
    void setSeed(quint64 seed) override { m_seed = seed; }
    [[nodiscard]] QString timeLabel(const TransportState& transport) const override;
    Expected<void> open(std::shared_ptr<const data::Dataset> dataset, const ParameterValues& values,
                        quint64 seed, SessionStart start) override;
    [[nodiscard]] bool isBusy() const override { return m_queue.isBusy() || m_reading.isBusy(); }
    void waitForViews() override;

    [[nodiscard]] std::vector<StageView> stage() override { return m_views.arrangement(m_knobs); }
    [[nodiscard]] Arrangement arrangement() const override;
    [[nodiscard]] QString subtitle(const QString& viewId) const override {
        return m_views.subtitleOf(viewId);
    }
    [[nodiscard]] Narration narration() const override { return m_narration; }
    [[nodiscard]] TraceChoice trace() const override {
        return {QStringLiteral("items per second"), QStringLiteral("Items per second")};
    }
    void highlightMark(const QString& mark) override;
    void highlightRows(const std::vector<int>&) override {} ///< a row of the table is an event, not a layer
    [[nodiscard]] QString resultAsCsv() const override;

    [[nodiscard]] LiveRun& live() { return m_live; }
    [[nodiscard]] GpuViews& views() { return m_views; }
    [[nodiscard]] const runner::RunMoment& moment() const { return m_moment; }

  private:
    using Runs = RunKeeper<GpuRunSolver>;
    [[nodiscard]] const std::shared_ptr<const GpuRun>& run() const { return m_runs.run(); }
    [[nodiscard]] std::vector<ParameterSpec> specs() const;
    void link();
    void replay(SessionStart start);
    void startLive();
    void goLive();
    void measure();
    void ask(const QImage& picture);
    void askAgain(const GpuKnobs& before);
    void useWeights(const QString& path);
    void readCompared();
    void redraw();
    [[nodiscard]] panel::Comparison comparison() const;
    void grow(const runner::RunPointer& log);
    void seekToBatch(qint64 batch);
    void save();
    void showStatus();
    void narrate();
    void simulate();
    [[nodiscard]] panel::RunStatus status() const;
    [[nodiscard]] panel::RunStatus liveStatus() const;
    [[nodiscard]] QString origin() const;
    [[nodiscard]] QString whoAnswers() const;

    LabInfo m_info;
    std::shared_ptr<const data::Dataset> m_dataset;
    ParameterValues m_values;
    GpuKnobs m_knobs;
    GpuKnobs m_measured; ///< as they were when batches were asked for last
    quint64 m_seed = 1;
    std::vector<gpu::DeviceMessage> m_devices; ///< of the process that runs
    std::vector<std::string> m_models;
    std::vector<ParameterOption> m_recordings;
    QImage m_picture;                                    ///< the last that was asked about
    QString m_comparedPath;                              ///< read, or being read
    std::shared_ptr<const runner::RunMoment> m_compared; ///< all of that recording

    Runs m_runs;
    LiveRun m_live;
    QTimer m_ask; ///< knobs that are being turned are not asked for one by one
    runner::RunMoment m_moment;
    Narration m_narration;
    GpuViews m_views;
    SideJob m_queue, m_reading; ///< last: joined before the rest goes
};

} // namespace orrery
