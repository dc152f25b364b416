// The isotonic lab: a monotone fit, merge by merge; three algorithms on a race; a classifier calibrated.
#pragma once

#include "app/lab/lab.h"
#include "app/lab/run_keeper.h"
#include "app/labs/isotonic/isotonic_edits.h"
#include "app/labs/isotonic/isotonic_side_jobs.h"
#include "app/labs/isotonic/isotonic_views.h"

#include <deque>

namespace orrery {

[[nodiscard]] LabInfo isotonicLabInfo();

class IsotonicLab final : public Lab {
    Q_OBJECT
  public:
    IsotonicLab();
    ~IsotonicLab() override;

    [[nodiscard]] const LabInfo& info() const override { return m_info; }
    Expected<void> setDataset(std::shared_ptr<const data::Dataset> dataset) override;
    void editData(std::shared_ptr<const data::Dataset> dataset, const ParameterValues& values) override;
    [[nodiscard]] std::shared_ptr<const data::Dataset> dataset() const override { return m_dataset; }
    [[nodiscard]] QString dataInWords() const override;

    [[nodiscard]] std::vector<ParameterSpec> parameterSpecs() const override;
    [[nodiscard]] std::vector<ParameterSpec> parameterSpecsFor(const data::Dataset& dataset) const override;
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
    [[nodiscard]] TraceChoice trace() const override {
        return {QStringLiteral("blocks"), QStringLiteral("Blocks")};
    }
    void highlightMark(const QString& mark) override { m_views.highlightMark(mark); }
    void highlightRows(const std::vector<int>& rows) override;
    [[nodiscard]] QString resultAsCsv() const override;
    [[nodiscard]] TableWriter resultWriter() const override;
    [[nodiscard]] std::optional<Preparation> preparation() const override { return m_preparation; }

  private:
    using Runs = RunKeeper<IsotonicRunSolver>;
    [[nodiscard]] const std::shared_ptr<const IsotonicRun>& run() const { return m_runs.run(); }
    [[nodiscard]] Runs::LabSession::Factory factory();
    void prepared();
    [[nodiscard]] QString scoresInWords() const;
    void linkViews();
    void linkJobs();
    void refused(const Error& error);
    void beginRun();
    void showNow();
    void tellShown();
    void requestDensity();
    void requestCalibration();
    void requestRace();
    void change(const PointChange& change, bool stillDragging);

    LabInfo m_info;
    std::shared_ptr<const data::Dataset> m_dataset;
    std::deque<std::shared_ptr<const data::Dataset>> m_edits; ///< whose fit is not shown yet, oldest first
    ParameterValues m_values;
    ParameterValues m_shownValues; ///< of the run that the views show
    IsotonicKnobs m_knobs;
    quint64 m_seed = 1;

    std::shared_ptr<IsotonicRunMaker> m_maker = std::make_shared<IsotonicRunMaker>();
    Runs m_runs;
    std::optional<Preparation> m_preparation; ///< of the newest run, until it is shown or refused
    Narration m_narration;
    std::optional<std::pair<std::string, std::string>> m_axes; ///< of the run before: a ghost needs the same
    std::shared_ptr<const isotone::CalibrationPicture> m_calibration; ///< of run(), as far as it has come
    int m_comparedFolds = 0;                                          ///< of its comparison
    std::optional<std::tuple<isotonic::Shape, std::size_t, quint64>> m_raced; ///< what has been raced, or is
    IsotonicViews m_views;
    IsotonicSideJobs m_jobs;
};

} // namespace orrery
