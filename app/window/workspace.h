// What is open: one lab, its data, its parameters, and the way back from every edit. The window shows it; it
// knows no widget.
//
// Two different backs: undo takes back my edits (data, parameters, seed); the transport moves the algorithm's
// time.
#pragma once

#include "app/lab/lab.h"
#include "app/lab/side_job.h"
#include "app/scenario/scenario.h"
#include "widgets/transport/session_bridge.h"

#include <QElapsedTimer>
#include <QObject>
#include <QUndoStack>
#include <map>
#include <memory>

namespace orrery {

class Workspace final : public QObject {
    Q_OBJECT
  public:
    explicit Workspace(QObject* parent = nullptr);
    ~Workspace() override;

    [[nodiscard]] Lab* lab() const { return m_lab; } ///< null before the first scenario is open
    [[nodiscard]] SessionBridge& bridge() { return m_bridge; }
    [[nodiscard]] QUndoStack& undoStack() { return m_undo; }
    [[nodiscard]] const ScenarioData& data() const { return m_data; }
    /// Everything that is needed to open the same picture again.
    [[nodiscard]] Scenario scenario() const;

    /// Loads the data off the UI thread, then shows the lab. What was open stays until then, and stays for
    /// good when something is wrong.
    void open(const Scenario& scenario);
    /// Says what was wrong with something that was to be opened.
    void refuse(const QString& sentence) { Q_EMIT failed(sentence); }
    /// Other data for the open lab. Undoable.
    void openData(const ScenarioData& data);
    /// The same, already loaded. Checked off the UI thread first.
    void useData(const ScenarioData& data, std::shared_ptr<const data::Dataset> dataset);
    /// Undoable; edits of one drag become one.
    void editParameter(const QString& id, const ParameterValue& value, bool stillDragging);
    void resetParameters();
    void editSeed(quint64 seed);

    [[nodiscard]] bool isLoading() const { return m_loader.isBusy(); }
    [[nodiscard]] double loadingFraction() const { return m_loader.fraction(); }
    void cancelLoading() { m_loader.cancel(); }
    /// Blocks until the scenario is open, its run computed up to its frame and its views complete.
    void waitUntilShown();

  Q_SIGNALS:
    void editBegun(QElapsedTimer since); ///< points were changed by hand, then
    void dataEdited(); ///< the same lab with points moved by hand: what shows rows is to be refreshed
    void labChanged(); ///< another lab, or the same with other data: rebuild what shows it
    void seedChanged(quint64 seed);
    void loadingChanged();
    void failed(const QString& sentence);
    void parametersTried();                 ///< other values are about to be taken
    void remarked(const QString& sentence); ///< nothing is wrong, but it is not what might be expected
    void scenarioOpened(const orrery::Scenario& scenario);

  private:
    friend class ParameterEdit;
    friend class DataEdit;
    friend class PointEdit;
    friend class SeedEdit;

    struct OpenData {
        ScenarioData source;
        std::shared_ptr<const data::Dataset> dataset;
        ParameterValues values; ///< some labs read other columns with other data
    };
    using Loaded = std::function<void(const OpenData&)>;
    using Obtain = std::function<Expected<std::shared_ptr<const data::Dataset>>(Progress&)>;
    /// Runs `obtain` and the lab's own check off the UI thread. Where the source names no target and the
    /// usual one is no use to the lab, the lab's proposal is taken, and said.
    void load(const LabInfo& info, const ScenarioData& source, Obtain obtain, Loaded loaded);
    void takeData(OpenData data);
    /// What a lab that takes no table makes of data.
    void useWithoutTable(const ScenarioData& data);
    void editValues(const ParameterValues& values, const std::string& id);
    void show(const Scenario& scenario, std::shared_ptr<const data::Dataset> dataset);
    void setData(const OpenData& data);
    void editData(std::shared_ptr<const data::Dataset> dataset, const ParameterValues& values,
                  bool stillDragging);
    void setEditedData(const OpenData& data);
    [[nodiscard]] OpenData openData() const;
    void setLab(Lab* lab);
    [[nodiscard]] Lab* labFor(const LabInfo& info);

    std::map<QString, std::unique_ptr<Lab>> m_labs;
    Lab* m_lab = nullptr;
    ScenarioData m_data;
    QString m_title;
    SessionBridge m_bridge;
    QUndoStack m_undo;
    QElapsedTimer m_editClock; ///< valid while an edit is on its way to the lab
    SideJob m_loader;
};

} // namespace orrery
