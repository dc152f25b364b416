// The tree-search lab: a queue, a stack, a depth limit on a tree or a maze; and a property that catches a
// slip of one operator and shrinks the case that shows it.
#pragma once

#include "app/lab/lab.h"
#include "app/lab/run_keeper.h"
#include "app/labs/search/search_edits.h"
#include "app/labs/search/search_views.h"

#include <map>

namespace orrery {

[[nodiscard]] LabInfo searchLabInfo();

class SearchLab final : public Lab {
    Q_OBJECT
  public:
    SearchLab();

    [[nodiscard]] const LabInfo& info() const override { return m_info; }
    Expected<void> setDataset(std::shared_ptr<const data::Dataset> dataset) override;
    [[nodiscard]] std::shared_ptr<const data::Dataset> dataset() const override { return m_dataset; }
    [[nodiscard]] QString dataInWords() const override;

    [[nodiscard]] std::vector<ParameterSpec> parameterSpecs() const override {
        return searchParameterSpecs();
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
    [[nodiscard]] bool isBusy() const override { return false; }
    void waitForViews() override;

    [[nodiscard]] std::vector<StageView> stage() override { return m_views.arrangement(m_knobs); }
    [[nodiscard]] QString subtitle(const QString& viewId) const override {
        return m_views.subtitleOf(viewId);
    }
    [[nodiscard]] Narration narration() const override { return m_narration; }
    [[nodiscard]] TraceChoice trace() const override;
    void highlightMark(const QString& mark) override { m_views.highlightMark(mark); }
    void highlightRows(const std::vector<int>&) override {}
    [[nodiscard]] QString resultAsCsv() const override;
    [[nodiscard]] std::vector<KeyGroup> keys() const override;

  private:
    using Runs = RunKeeper<SearchRunSolver>;
    [[nodiscard]] const std::shared_ptr<const SearchRun>& run() const { return m_runs.run(); }
    [[nodiscard]] Runs::LabSession::Factory factory() const;
    void linkViews();
    void propose(const SearchEdited& edit);
    void refused(const Error& error);
    void swapEditedShapes(quint64 seed);

    LabInfo m_info;
    std::shared_ptr<const data::Dataset> m_dataset; ///< empty: the lab takes no table
    ParameterValues m_values;
    SearchKnobs m_knobs;
    quint64 m_seed = 1;
    std::map<quint64, ParameterValues> m_editedAt; ///< tree and maze that were edited under another seed
    Runs m_runs;
    Narration m_narration;
    SearchViews m_views;
};

} // namespace orrery
