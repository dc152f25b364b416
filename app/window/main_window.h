// The window: it owns frame, docks, menus and keys. Labs own the rest.
#pragma once

#include "app/lab/side_job.h"
#include "app/window/edit_times.h"
#include "app/window/window_actions.h"
#include "app/window/workspace.h"
#include "widgets/theme/theme.h"
#include "widgets/transport/transport_actions.h"

#include <QElapsedTimer>
#include <QMainWindow>
#include <QPointer>

class QStackedWidget;

namespace orrery {

class CommandPalette;
class DataPanel;
class Frame;
class ImportDialog;
class KeyOverlay;
class Notice;
class ParameterForm;
class StageLayout;
class TraceChart;
class TransportBar;
class WhyPanel;

struct WindowOptions {
    ThemeKind theme = ThemeKind::Light;
    bool remember = true;  ///< theme and recent files are read from and written to the settings
    bool showTimes = true; ///< measured step and frame times, which differ from run to run
};

class MainWindow final : public QMainWindow {
    Q_OBJECT
  public:
    explicit MainWindow(const WindowOptions& options = {}, QWidget* parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] Workspace& workspace() { return m_workspace; }
    [[nodiscard]] const WindowActions& actions() const { return *m_actions; }
    [[nodiscard]] const TransportActions& transportActions() const { return *m_transportActions; }
    [[nodiscard]] Frame* frame() const { return m_frame; }
    [[nodiscard]] StageLayout* stage() const { return m_stage; }
    /// Every action that a key or the palette reaches.
    [[nodiscard]] QList<QAction*> allActions() const;

    void openScene(const QString& id);
    /// A scenario file, or a data file for the open lab.
    void openPath(const QString& path);
    void setThemeKind(ThemeKind kind);
    [[nodiscard]] ThemeKind themeKind() const { return m_themeKind; }
    void setPresenting(bool presenting);
    void showNotice(const QString& sentence, bool isFailure);

  Q_SIGNALS:
    void fitPainted(); ///< the views have been painted with a computed run, for the first time

  protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    void buildFrame();
    void buildInspector();
    void buildMenus();
    void buildRail();
    void linkActions();
    void linkWorkspace();
    void showLab();
    void rebuildStage();
    void refreshSubtitles();
    void followStage();
    void refreshNarration();
    void refreshSpecs();
    void showSnapshot(const SnapshotBase& snapshot);
    void showTimes(double frameSeconds);
    void applyCurrentTheme();
    void showPage(QWidget* page);
    void openGallery();
    void stepScene(int by);
    void openData();
    void buildDataPage();
    void refreshDataPage();
    ImportDialog* importDialog();
    void useImported(std::shared_ptr<const data::Dataset> dataset, const ScenarioData& source);
    void chooseFile();
    void chooseColumns();
    void pasteData();
    void saveScenario(bool askPath);
    void exportPicture();
    void exportTable();
    void writeTable(const QString& path);
    /// What takes longer than a moment is said, with its share done, for as long as it goes on.
    struct LongWork {
        QString what;
        std::function<bool()> goesOn;
        std::function<double()> fraction;
        std::function<void()> cancel;
    };
    void await(LongWork work);
    void hideEndedWork();
    void awaitPreparation();
    void copyPicture();
    void showKeys();
    void showLabHelp();
    void showAbout();
    void goBack();
    void clearMarkedRows();
    void placeNotice();
    void remarkOnTyped(const QString& id, const ParameterValue& value);
    [[nodiscard]] QString dataInWords() const;
    void addPaletteProviders();
    void rememberFile(const QString& path);

    WindowOptions m_options;
    ThemeKind m_themeKind;
    Workspace m_workspace;
    WindowActions* m_actions;
    TransportActions* m_transportActions;
    QPointer<Lab> m_shownLab; ///< whose signals are connected

    Frame* m_frame = nullptr;
    QStackedWidget* m_pages = nullptr;
    StageLayout* m_stage = nullptr;
    QPointer<QWidget> m_gallery;
    QPointer<DataPanel> m_dataPage;
    TransportBar* m_transport = nullptr;
    ParameterForm* m_form = nullptr;
    WhyPanel* m_why = nullptr;
    TraceChart* m_trace = nullptr;
    CommandPalette* m_palette = nullptr;
    Notice* m_notice = nullptr;
    KeyOverlay* m_keys = nullptr;

    LongWork m_awaited;     ///< that the notice shows
    SideJob m_export;       ///< of a table
    QString m_scenarioPath; ///< of the file that Save writes to; empty: ask
    QString m_sceneId;      ///< of the gallery's scene that is open
    std::uint64_t m_tracedGeneration = 0;
    QString m_traceChoice; ///< lab and column that the trace chart was last set to
    int m_editIndex = 0;   ///< of the stack of edits
    bool m_presenting = false;
    bool m_rowsMarked = false; ///< by hand: Esc lets go of them
    bool m_fitPainted = false;
    bool m_hasFit = false;
    bool m_frameAwaited = false;    ///< a snapshot has come and is not painted yet
    QElapsedTimer m_frameTimeShown; ///< since the frame time was last written
    EditTimes m_editTimes;
    QList<QAction*> m_labActions;
};

} // namespace orrery
