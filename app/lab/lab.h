// A lab = data + parameters + a session + views. The window knows labs only through this.
#pragma once

#include "core/data/dataset.h"
#include "core/session/session_base.h"
#include "core/support/parameter.h"
#include "core/support/progress.h"
#include "widgets/narration/narration.h"
#include "widgets/palette/key_group.h"
#include "widgets/theme/icons.h"

#include <QJsonObject>
#include <QObject>
#include <QString>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QWidget;

namespace orrery {

class Lab;
enum class Arrangement;

/// Roles that a lab takes where the usual ones are no use to it, and the sentence that says so.
struct RoleProposal {
    data::Roles roles;
    QString sentence;
};

struct LabInfo {
    QString id;       ///< stable: files and the command line write it
    QString title;    ///< "LASSO path"
    QString category; ///< heading in the gallery
    QString summary;  ///< one sentence
    Icon icon = Icon::Lasso;
    QString startScene; ///< id of the scene that the lab opens with
    std::function<std::unique_ptr<Lab>()> make;
    /// Whether the lab can use this data, in one sentence if not. Goes over all rows: called off the UI
    /// thread.
    std::function<Expected<void>(const data::Dataset&)> usable;
    /// Other roles for data whose usual target the lab cannot predict. Asked where nobody has chosen a
    /// target.
    std::function<std::optional<RoleProposal>(const data::Dataset&)> proposeRoles;
    /// What a lab says that is given a table and takes none; it keeps what it has. Empty: it takes tables.
    QString takesNoTable;
    /// For such a lab: the parameters that make it read a file that is dropped or opened, or why it cannot.
    /// Called off the UI thread. None: it reads no file either.
    std::function<Expected<ParameterValues>(const QString& path)> valuesForFile;
};

/// A card of the stage. The widget belongs to the lab until the stage takes it.
struct StageView {
    QString id;    ///< "paths"
    QString title; ///< of the card
    QWidget* widget = nullptr;
};

/// What the inspector's chart draws of the session's trace.
struct TraceChoice {
    QString column; ///< TraceColumn::name
    QString title;  ///< "Duality gap"
};

/// Work of a run before its first step, which may take a while: columns to be read, a classifier to be
/// fitted.
struct Preparation {
    QString what; ///< "Scoring 569 rows out of sample…"
    std::shared_ptr<Progress> progress;
};

/// Writes a table piece by piece, on any thread. False: stopped, by `progress` or since `write` said so.
using TableWriter =
    std::function<bool(const std::function<bool(const QByteArray&)>& write, Progress& progress)>;

/// Every function on the UI thread; no function waits for numbers.
class Lab : public QObject {
    Q_OBJECT
  public:
    [[nodiscard]] virtual const LabInfo& info() const = 0;

    // --- data ---
    /// A new run on other data. One sentence when this lab cannot use it (nothing changes then).
    virtual Expected<void> setDataset(std::shared_ptr<const data::Dataset> dataset) = 0;
    [[nodiscard]] virtual std::shared_ptr<const data::Dataset> dataset() const = 0;
    /// Always true: name · rows × columns · scaling.
    [[nodiscard]] virtual QString dataInWords() const = 0;

    /// Other data and other parameters at once, drawn in place: an edit by hand, taken back or done again.
    virtual void editData(std::shared_ptr<const data::Dataset> dataset, const ParameterValues& values) {
        (void)setDataset(std::move(dataset)); // it was accepted before
        setParameters(values);
    }

    // --- parameters ---
    [[nodiscard]] virtual std::vector<ParameterSpec> parameterSpecs() const = 0;
    /// As they would be with other data, whose columns may be choices.
    [[nodiscard]] virtual std::vector<ParameterSpec> parameterSpecsFor(const data::Dataset&) const {
        return parameterSpecs();
    }
    [[nodiscard]] virtual const ParameterValues& parameters() const = 0;
    /// Valid values only (see validated()). Starts a new run when one of them matters to the solver.
    virtual void setParameters(const ParameterValues& values) = 0;
    /// Parameters that only steer the time or the views: dragging them is nothing to undo.
    [[nodiscard]] virtual bool isTransient(const std::string& parameterId) const {
        return parameterId.empty();
    }

    /// What to say to a number that was typed and is not what will be shown; mostly nothing.
    [[nodiscard]] virtual QString remarkOn(const std::string&, const ParameterValue&) const { return {}; }

    /// Keys that the lab's own views take while they have the focus, for the sheet of keys.
    [[nodiscard]] virtual std::vector<KeyGroup> keys() const { return {}; }

    // --- time ---
    [[nodiscard]] virtual std::shared_ptr<SessionBase> session() = 0;
    /// Feeds the views with what the session has published; called on the UI thread, newest only.
    virtual void show(const std::shared_ptr<const SnapshotBase>& snapshot) = 0;
    [[nodiscard]] virtual quint64 seed() const = 0;
    virtual void setSeed(quint64 seed) = 0;
    /// The time line's label in words of the subject: "λ 46 of 100".
    [[nodiscard]] virtual QString timeLabel(const TransportState& transport) const = 0;
    /// The frame at which a scenario of what is shown opens again, where that is not the step: −1 is the last
    /// one.
    [[nodiscard]] virtual std::int64_t frameOf(const TransportState& transport) const {
        return transport.index;
    }
    /// Opens data, parameters and seed together, as a scenario gives them, and begins one run at `start`.
    virtual Expected<void> open(std::shared_ptr<const data::Dataset> dataset, const ParameterValues& values,
                                quint64 seed, SessionStart start) = 0;
    /// True while something beside the run is being computed for the views.
    [[nodiscard]] virtual bool isBusy() const = 0;
    /// Blocks until nothing is: for headless rendering and tests, after the session itself is idle.
    virtual void waitForViews() = 0;

    // --- what is seen ---
    /// The cards of the arrangement that the parameters ask for, main card first; up to four.
    [[nodiscard]] virtual std::vector<StageView> stage() = 0;
    /// How they stand; beside each other where the lab does not say.
    [[nodiscard]] virtual Arrangement arrangement() const { return {}; }
    /// One sentence; shorter forms for a narrow card may follow, parted by kShorter.
    [[nodiscard]] virtual QString subtitle(const QString& viewId) const = 0;
    [[nodiscard]] virtual Narration narration() const = 0;
    [[nodiscard]] virtual TraceChoice trace() const = 0;
    virtual void highlightMark(const QString& mark) = 0; ///< a term of the formula is under the pointer
    virtual void highlightRows(const std::vector<int>& rows) = 0; ///< rows of the table, marked elsewhere
    /// What is shown, as a table (CSV), for export.
    [[nodiscard]] virtual QString resultAsCsv() const = 0;
    /// The same for results that may be long: it holds what it writes, and the lab may go on meanwhile.
    [[nodiscard]] virtual TableWriter resultWriter() const {
        return [csv = resultAsCsv().toUtf8()](const auto& write, Progress&) { return write(csv); };
    }
    /// While the run that is wanted is not there yet.
    [[nodiscard]] virtual std::optional<Preparation> preparation() const { return std::nullopt; }

  Q_SIGNALS:
    void stageChanged(); ///< other cards are asked for
    void subtitlesChanged();
    void narrationChanged();
    void parametersChanged(); ///< the lab itself moved a transient parameter (the λ line was dragged)
    void parameterSpecsChanged();
    void dataWordsChanged();
    void rowsHighlighted(const std::vector<int>& rows); ///< marked by hand in a view; rows of the table
    void busyChanged();
    void preparationChanged();
    /// Points were moved, added or taken away by hand: the window does it, through editData(), and can undo
    /// it.
    void dataEdited(std::shared_ptr<const orrery::data::Dataset> dataset,
                    const orrery::ParameterValues& values, bool stillDragging);
    void editShown(); ///< the views have been given the fit of the newest edit
    /// Parameters were changed by hand in a view (a letter was typed on a board): the window does it, through
    /// setParameters(), and can undo it. `id` is the one that the edit is named after.
    void valuesEdited(const orrery::ParameterValues& values, const std::string& id);
    void failed(const QString& sentence); ///< to be shown once
    /// No run can be made of the parameters; what is shown is of those before. After failed().
    void valuesRefused(const QString& sentence);
};

} // namespace orrery
