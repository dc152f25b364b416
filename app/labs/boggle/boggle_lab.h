// The Boggle lab: words on a board by a search whose stack is seen, the same on several threads, and the way
// to a board with as many points as possible. It takes no table: a dropped file is a dictionary.
#pragma once

#include "app/lab/lab.h"
#include "app/lab/run_keeper.h"
#include "app/labs/boggle/boggle_run.h"
#include "app/labs/boggle/boggle_side_jobs.h"
#include "app/labs/boggle/boggle_views.h"

namespace orrery {

[[nodiscard]] LabInfo boggleLabInfo();

class BoggleLab final : public Lab {
    Q_OBJECT
  public:
    BoggleLab();
    ~BoggleLab() override;

    [[nodiscard]] const LabInfo& info() const override { return m_info; }
    Expected<void> setDataset(std::shared_ptr<const data::Dataset> dataset) override;
    [[nodiscard]] std::shared_ptr<const data::Dataset> dataset() const override { return nullptr; }
    [[nodiscard]] QString dataInWords() const override;

    [[nodiscard]] std::vector<ParameterSpec> parameterSpecs() const override {
        return boggleParameterSpecs();
    }
    [[nodiscard]] const ParameterValues& parameters() const override { return m_values; }
    void setParameters(const ParameterValues& values) override;

    [[nodiscard]] std::shared_ptr<SessionBase> session() override { return m_runs.session(); }
    void show(const std::shared_ptr<const SnapshotBase>& snapshot) override;
    [[nodiscard]] quint64 seed() const override { return m_seed; }
    void setSeed(quint64 seed) override;
    [[nodiscard]] QString timeLabel(const TransportState& transport) const override;
    Expected<void> open(std::shared_ptr<const data::Dataset> dataset, const ParameterValues& values,
                        quint64 seed, SessionStart start) override;
    [[nodiscard]] bool isBusy() const override { return m_jobs.isBusy(); }
    void waitForViews() override;

    [[nodiscard]] std::vector<StageView> stage() override { return m_views.arrangement(m_knobs); }
    [[nodiscard]] QString subtitle(const QString& viewId) const override {
        return m_views.subtitleOf(viewId);
    }
    [[nodiscard]] Narration narration() const override { return m_narration; }
    [[nodiscard]] TraceChoice trace() const override;
    void highlightMark(const QString& mark) override { m_views.highlightMark(mark); }
    void highlightRows(const std::vector<int>&) override {} ///< there is no table
    [[nodiscard]] QString resultAsCsv() const override;
    [[nodiscard]] std::vector<KeyGroup> keys() const override;

  private:
    using Runs = RunKeeper<BoggleRunSolver>;
    [[nodiscard]] const std::shared_ptr<const BoggleRun>& run() const { return m_runs.run(); }
    [[nodiscard]] Runs::LabSession::Factory factory();
    void beginRun();
    void refused(const Error& error);
    void typeTile(int cell, QChar letter);
    [[nodiscard]] boggle::Board boardAskedFor() const;

    LabInfo m_info;
    ParameterValues m_values;
    BoggleKnobs m_knobs;
    quint64 m_seed = 1;
    std::shared_ptr<BoggleRunMaker> m_maker = std::make_shared<BoggleRunMaker>();
    std::shared_ptr<Progress> m_making = std::make_shared<Progress>(); ///< of the newest run
    Runs m_runs;
    Narration m_narration;
    BoggleViews m_views;
    BoggleSideJobs m_jobs;
};

} // namespace orrery
