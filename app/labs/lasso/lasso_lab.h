// The LASSO lab: coefficient paths of one's own data, coordinate by coordinate.
#pragma once

#include "app/lab/lab.h"
#include "app/lab/run_keeper.h"
#include "app/labs/lasso/lasso_run.h"
#include "app/labs/lasso/lasso_side_jobs.h"
#include "app/labs/lasso/lasso_views.h"

#include <QElapsedTimer>

namespace orrery {

[[nodiscard]] LabInfo lassoLabInfo();

class LassoLab final : public Lab {
    Q_OBJECT
  public:
    LassoLab();
    ~LassoLab() override;

    [[nodiscard]] const LabInfo& info() const override { return m_info; }
    Expected<void> setDataset(std::shared_ptr<const data::Dataset> dataset) override;
    [[nodiscard]] std::shared_ptr<const data::Dataset> dataset() const override { return m_dataset; }
    [[nodiscard]] QString dataInWords() const override;

    [[nodiscard]] std::vector<ParameterSpec> parameterSpecs() const override;
    [[nodiscard]] const ParameterValues& parameters() const override { return m_values; }
    void setParameters(const ParameterValues& values) override;
    [[nodiscard]] bool isTransient(const std::string& id) const override { return id == "lambda"; }

    [[nodiscard]] QString remarkOn(const std::string& id, const ParameterValue& typed) const override;

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
    void highlightRows(const std::vector<int>& rows) override;
    [[nodiscard]] QString resultAsCsv() const override;

  private:
    using LassoRuns = RunKeeper<LassoRunSolver>;
    using LassoSession = LassoRuns::LabSession;

    [[nodiscard]] Expected<void> check(const data::Dataset& dataset) const;
    [[nodiscard]] LassoRunOptions runOptions() const;
    [[nodiscard]] double factor() const { return m_knobs.shownLambda(1.0); }
    [[nodiscard]] LassoSession::Factory factory() const;
    void refused(const Error& error);
    void beginRun();
    [[nodiscard]] const std::shared_ptr<const LassoRun>& run() const { return m_runs.run(); }
    void showFurthest(const LassoSession::Snapshot& snapshot);
    void showNow(const LassoSession::Snapshot& snapshot);
    void startWalk();
    void updateGeometry();
    void updateRace();
    void seekToLambda(double shownLambda);
    void followLambda(double shownLambda);
    [[nodiscard]] double lambdaAt(const LassoSession::Snapshot& snapshot,
                                  const linear::LassoFrame& frame) const;
    void linkJobs();

    LabInfo m_info;
    std::shared_ptr<const data::Dataset> m_dataset;
    ParameterValues m_values;
    LassoKnobs m_knobs;
    quint64 m_seed = 1;

    std::shared_ptr<LassoRunMaker> m_maker = std::make_shared<LassoRunMaker>();
    LassoRuns m_runs;
    std::size_t m_pathPoints = 0;                          ///< of the path that the views have
    std::shared_ptr<const LassoSession::State> m_furthest; ///< that it was made from
    bool m_ended = false;                                  ///< whether that was the end of the run
    QElapsedTimer m_pathShown;                             ///< since they got it
    linear::LassoFrame m_frame;                            ///< at the shown step
    Narration m_narration;
    std::pair<double, double> m_lambdaRange{1e-3, 1.0}; ///< in the shown scale

    LassoViews m_views;
    LassoSideJobs m_jobs;
    std::optional<linear::LossQuadratic> m_loss;
    std::shared_ptr<const LassoWalk2d> m_walk;
    double m_racedLambda = 0.0;
};

} // namespace orrery
