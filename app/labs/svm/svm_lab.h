// The SVM lab: drag a point and the margin follows.
#pragma once

#include "app/lab/lab.h"
#include "app/lab/run_keeper.h"
#include "app/labs/svm/svm_side_jobs.h"
#include "app/labs/svm/svm_views.h"

namespace orrery {

[[nodiscard]] LabInfo svmLabInfo();

class SvmLab final : public Lab {
    Q_OBJECT
  public:
    SvmLab();
    ~SvmLab() override;

    [[nodiscard]] const LabInfo& info() const override { return m_info; }
    Expected<void> setDataset(std::shared_ptr<const data::Dataset> dataset) override;
    void editData(std::shared_ptr<const data::Dataset> dataset, const ParameterValues& values) override;
    [[nodiscard]] std::shared_ptr<const data::Dataset> dataset() const override { return m_dataset; }
    [[nodiscard]] QString dataInWords() const override;

    [[nodiscard]] std::vector<ParameterSpec> parameterSpecs() const override;
    [[nodiscard]] std::vector<ParameterSpec> parameterSpecsFor(const data::Dataset& dataset) const override;
    [[nodiscard]] const ParameterValues& parameters() const override { return m_values; }
    void setParameters(const ParameterValues& values) override;
    [[nodiscard]] bool isTransient(const std::string& id) const override {
        return id == "tool" || id == "brush";
    }

    [[nodiscard]] std::shared_ptr<SessionBase> session() override { return m_runs.session(); }
    void show(const std::shared_ptr<const SnapshotBase>& snapshot) override;
    [[nodiscard]] quint64 seed() const override { return m_seed; }
    void setSeed(quint64 seed) override;
    [[nodiscard]] QString timeLabel(const TransportState& transport) const override;
    /// A run that went on from the fit before an edit has other steps than the one that a file opens.
    [[nodiscard]] std::int64_t frameOf(const TransportState& transport) const override {
        return transport.atEnd() && run() && run()->startsWarm ? -1 : transport.index;
    }
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
        return {QStringLiteral("KKT gap"), QStringLiteral("KKT gap")};
    }
    void highlightMark(const QString& mark) override { m_views.highlightMark(mark); }
    void highlightRows(const std::vector<int>& rows) override;
    [[nodiscard]] QString resultAsCsv() const override;

  private:
    using Runs = RunKeeper<SvmRunSolver>;
    [[nodiscard]] const SvmRunPointer& run() const { return m_runs.run(); }
    [[nodiscard]] Runs::LabSession::Factory factory(std::optional<WarmStart> warm = {}) const;
    [[nodiscard]] std::optional<WarmStart> warmStart() const;
    void linkViews();
    void linkJobs();
    void restart();
    void refused(const Error& error);
    void beginRun();
    void showNow();
    void requestMap();
    void requestMatrix();
    void requestProbability();
    void setLikelihood(const SvmLikelihoodPointer& likelihood);
    void showMap();
    void tellShown(const std::shared_ptr<const data::Dataset>& dataset);
    void edit(const CanvasPoints& points, bool stillDragging);
    void chooseKnob(const QString& id, const QString& value);

    LabInfo m_info;
    std::shared_ptr<const data::Dataset> m_dataset;
    ParameterValues m_values;
    ParameterValues m_shownValues; ///< of the run that the views show
    SvmKnobs m_knobs;
    quint64 m_seed = 1;

    std::shared_ptr<SvmRunMaker> m_maker = std::make_shared<SvmRunMaker>();
    Runs m_runs;
    Narration m_narration;
    using MapKey = std::tuple<std::shared_ptr<const data::Dataset>, decltype(SvmKnobs().mapKey()), quint64>;
    std::optional<MapKey> m_mapOf; ///< what the map is of, or will be
    std::shared_ptr<const svm::ParameterGrid> m_map;
    SvmRunPointer m_matrixOf;
    SvmLikelihoodPointer m_likelihood; ///< of the last run that has one; null: the tint is of decisions
    SvmViews m_views;
    SvmSideJobs m_jobs;
    bool m_isEdited = false;   ///< the data came from the hand: the sight stays where it is
    bool m_isDragging = false; ///< more of the same drag may follow: the ghost is of before it
    std::vector<std::shared_ptr<const data::Dataset>>
        m_edits; ///< that are not on the screen yet, oldest first
};

} // namespace orrery
