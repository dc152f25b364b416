#include "app/window/main_window.h"

#include "app/window/menu_behind_alt.h"

#include "app/builtin_labs.h"
#include "app/gallery/gallery_page.h"
#include "app/window/notice.h"
#include "widgets/data/data_panel.h"
#include "widgets/frame/frame.h"
#include "widgets/narration/why_panel.h"
#include "widgets/palette/command_palette.h"
#include "widgets/parameters/parameter_form.h"
#include "widgets/plot/plot.h"
#include "widgets/plot/trace_chart.h"
#include "widgets/transport/transport_bar.h"

#include <QApplication>
#include <QMenuBar>
#include <QSettings>
#include <QStackedWidget>
#include <utility>

namespace orrery {

MainWindow::MainWindow(const WindowOptions& options, QWidget* parent)
    : QMainWindow(parent)
    , m_options(options)
    , m_themeKind(options.theme)
    , m_actions(new WindowActions(m_workspace.undoStack(), this))
    , m_transportActions(new TransportActions(&m_workspace.bridge(), this)) {
    setWindowTitle(QStringLiteral("Orrery"));
    setWindowIcon(applicationIcon());
    setAcceptDrops(true);
    resize(1600, 1000);
    setMinimumSize(640, 480);
    buildFrame();
    buildInspector();
    buildRail();
    buildMenus();
    linkActions();
    linkWorkspace();
    addPaletteProviders();
    applyCurrentTheme();
}

MainWindow::~MainWindow() {
    // The lab's views outlive the stage that showed them.
    for (Card* card : m_stage->cards())
        if (card->content()) card->content()->setParent(nullptr);
}

void MainWindow::buildFrame() {
    m_frame = new Frame(this);
    m_pages = new QStackedWidget(m_frame);
    m_stage = new StageLayout(m_pages);
    m_pages->addWidget(m_stage);
    m_frame->setStage(m_pages);
    m_transport = new TransportBar(&m_workspace.bridge(), m_transportActions, m_frame);
    m_transport->setTimesShown(m_options.showTimes);
    m_frame->setTransport(m_transport);
    setCentralWidget(m_frame);
    m_palette = new CommandPalette(this);
    m_notice = new Notice(this);
    TopBar* bar = m_frame->topBar();
    bar->setSearchAction(m_actions->palette);
    m_actions->present->setProperty("showsKey", true);
    for (QAction* action : {m_actions->data, m_actions->exportPicture, m_actions->present})
        bar->addAction(action);
    connect(m_transport, &TransportBar::seedEdited, &m_workspace, &Workspace::editSeed);
    connect(&m_workspace, &Workspace::seedChanged, m_transport,
            [this](quint64 seed) { m_transport->setSeed(seed); });
}

void MainWindow::buildInspector() {
    Inspector* inspector = m_frame->inspector();
    m_form = new ParameterForm;
    inspector->addSection(tr("Parameters"), m_form, m_form->makeResetLink());
    m_why = new WhyPanel;
    inspector->addSection(tr("Why this step"), m_why);
    m_trace = new TraceChart;
    inspector->addSection({}, m_trace, nullptr, true);
    connect(m_form, &ParameterForm::valueChanged, &m_workspace, &Workspace::editParameter);
    connect(m_form, &ParameterForm::typed, this, &MainWindow::remarkOnTyped);
    connect(m_why, &WhyPanel::termHovered, this, [this](const QString& mark) {
        if (m_shownLab) m_shownLab->highlightMark(mark);
    });
    connect(m_trace, &TraceChart::indexRequested, this,
            [this](qint64 index) { m_workspace.bridge().post(command::Seek{index}); });
}

void MainWindow::buildRail() {
    for (const LabInfo& info : builtinLabs()) {
        auto* action = new QAction(plainIcon(info.icon), info.title, this);
        action->setCheckable(true);
        action->setData(info.id);
        action->setToolTip(info.summary);
        connect(action, &QAction::triggered, this, [this, scene = info.startScene, action] {
            action->setChecked(true);
            openScene(scene);
        });
        m_labActions << action;
        m_frame->rail()->addLab(action);
    }
    for (QAction* action : {m_actions->gallery, m_actions->data, m_actions->theme})
        m_frame->rail()->addBottom(action);
}

void MainWindow::buildMenus() {
    for (QAction* action : m_transportActions->actions())
        action->setProperty("group", tr("Time, the same in every lab"));
    for (QAction* action : m_labActions)
        action->setProperty("group", tr("Labs"));
    for (const ActionGroup& group : m_actions->groups()) {
        for (QAction* action : group.actions)
            action->setProperty("group", group.title);
        menuBar()->addMenu(group.title)->addActions(group.actions);
        addActions(group.actions);
    }
    menuBar()->addMenu(tr("Time"))->addActions(m_transportActions->actions());
    menuBar()->addMenu(tr("Labs"))->addActions(m_labActions);
    addActions(m_transportActions->actions());
    addActions(m_labActions);
    new MenuBehindAlt(menuBar(), this); // not in the way of the picture
}

QList<QAction*> MainWindow::allActions() const {
    QList<QAction*> all;
    for (const ActionGroup& group : m_actions->groups())
        all << group.actions;
    return all << m_transportActions->actions() << m_labActions;
}

void MainWindow::linkActions() {
    const WindowActions& a = *m_actions;
    const auto on = [this](QAction* action, auto slot) { connect(action, &QAction::triggered, this, slot); };
    on(a.open, [this] { chooseFile(); });
    on(a.paste, [this] { pasteData(); });
    on(a.save, [this] { saveScenario(false); });
    on(a.saveAs, [this] { saveScenario(true); });
    on(a.exportPicture, [this] { exportPicture(); });
    on(a.exportTable, [this] { exportTable(); });
    on(a.copyPicture, [this] { copyPicture(); });
    on(a.quit, [this] { close(); });
    on(a.resetParameters, [this] { m_workspace.resetParameters(); });
    on(a.palette, [this] { m_palette->open(); });
    on(a.gallery, [this] { openGallery(); });
    on(a.data, [this] { openData(); });
    on(a.columns, [this] { chooseColumns(); });
    on(a.inspector, [this] { m_frame->inspector()->toggleFolded(); });
    on(a.theme, [this] { setThemeKind(static_cast<ThemeKind>((static_cast<int>(m_themeKind) + 1) % 3)); });
    on(a.present, [this] { setPresenting(!m_presenting); });
    on(a.enlarge, [this] {
        const int next = m_stage->enlarged() + 1;
        m_stage->setEnlarged(next < static_cast<int>(m_stage->cards().size()) ? next : -1);
    });
    on(a.back, [this] { goBack(); });
    on(a.nextScene, [this] { stepScene(1); });
    on(a.previousScene, [this] { stepScene(-1); });
    connect(m_transportActions->follow, &QAction::toggled, this, [this](bool follows) {
        if (!follows) return;
        for (Plot* plot : m_stage->findChildren<Plot*>())
            plot->resetView();
    });
    on(a.keys, [this] { showKeys(); });
    on(a.labHelp, [this] { showLabHelp(); });
    on(a.about, [this] { showAbout(); });
}

void MainWindow::linkWorkspace() {
    connect(&m_workspace, &Workspace::editBegun, this,
            [this](const QElapsedTimer& since) { m_editTimes.begin(since); });
    connect(&m_workspace, &Workspace::dataEdited, this, &MainWindow::refreshDataPage);
    connect(&m_workspace, &Workspace::dataEdited, this, &MainWindow::refreshSpecs);
    connect(&m_workspace, &Workspace::labChanged, this, &MainWindow::showLab);
    connect(&m_workspace, &Workspace::failed, this, [this](const QString& sentence) {
        if (!m_workspace.lab())
            openScene(builtinScenes().front().id); // never a blank: the sentence over a picture
        m_form->refuse(sentence);
        showNotice(sentence, true);
    });
    connect(&m_workspace, &Workspace::parametersTried, m_notice, &Notice::hideFailure);
    connect(&m_workspace.undoStack(), &QUndoStack::indexChanged, m_notice, [this](int index) {
        if (index < std::exchange(m_editIndex, index)) m_notice->hideFailure(); // taken back
    });
    connect(&m_workspace, &Workspace::remarked, this,
            [this](const QString& sentence) { showNotice(sentence, false); });
    connect(&m_workspace, &Workspace::scenarioOpened, this, [this](const Scenario& scenario) {
        m_sceneId = scenario.id;
        showPage(m_stage);
    });
    connect(&m_workspace, &Workspace::loadingChanged, this, [this] {
        if (!m_workspace.isLoading()) return hideEndedWork();
        await({tr("Reading data…"), [this] { return m_workspace.isLoading(); },
               [this] { return m_workspace.loadingFraction(); }, [this] { m_workspace.cancelLoading(); }});
    });
    connect(&m_export, &SideJob::busyChanged, this, &MainWindow::hideEndedWork);
    connect(m_notice, &Notice::cancelRequested, this, [this] {
        if (m_awaited.cancel) m_awaited.cancel();
    });
    connect(&m_workspace.bridge(), &SessionBridge::published, this,
            [this](const std::shared_ptr<const SnapshotBase>& snapshot) { showSnapshot(*snapshot); });
}

// In presentation only what is seen grows: the inspector keeps its size for when it comes back.
void MainWindow::applyCurrentTheme() {
    const Theme base = Theme::of(m_themeKind);
    applyTheme(this, base);
    if (m_presenting) {
        const Theme presented = Theme::projector().presented(height());
        m_frame->setTheme(presented);
        applyTheme(m_pages, presented);
        applyTheme(m_transport, presented);
    }
    orrery::applyTheme(allActions(), base);
    for (Card* card : m_stage->cards())
        card->setCornerShown(!m_presenting);
}

void MainWindow::setThemeKind(ThemeKind kind) {
    m_themeKind = kind;
    if (m_options.remember) QSettings().setValue(QStringLiteral("theme"), themeName(kind));
    applyCurrentTheme();
}

void MainWindow::setPresenting(bool presenting) {
    if (presenting == m_presenting) return;
    m_presenting = presenting;
    if (m_options.remember)
        presenting ? showFullScreen() : showNormal(); // not in a picture rendered headless
    // The type of the desk first: the frame lays itself out by it.
    if (!presenting) applyCurrentTheme();
    m_frame->setPresenting(presenting);
    applyCurrentTheme();
}

void MainWindow::showNotice(const QString& sentence, bool isFailure) {
    placeNotice();
    m_notice->showSentence(sentence, isFailure);
}

void MainWindow::placeNotice() {
    m_notice->setTop(m_frame->y() + (m_presenting ? 0 : m_frame->topBar()->height()));
}

void MainWindow::showPage(QWidget* page) {
    m_pages->setCurrentWidget(page);
    m_frame->setPlain(page != m_stage);
    m_actions->gallery->setChecked(page == m_gallery);
    m_actions->data->setChecked(page == m_dataPage);
    for (QAction* action : m_labActions)
        action->setChecked(page == m_stage && m_shownLab &&
                           action->data().toString() == m_shownLab->info().id);
}

void MainWindow::openGallery() {
    if (!m_gallery) {
        auto* gallery = new GalleryPage(builtinScenes(), m_pages);
        connect(gallery, &GalleryPage::sceneChosen, this, &MainWindow::openScene);
        m_gallery = gallery;
        m_pages->addWidget(gallery);
        applyTheme(gallery, Theme::of(m_themeKind));
    }
    showPage(m_pages->currentWidget() == m_gallery ? static_cast<QWidget*>(m_stage) : m_gallery.data());
}

// Esc: out of whatever was entered last.
void MainWindow::goBack() {
    if (m_palette->isVisible())
        m_palette->dismiss();
    else if (m_pages->currentWidget() != m_stage)
        showPage(m_stage);
    else if (m_rowsMarked)
        clearMarkedRows();
    else if (m_stage->enlarged() >= 0)
        m_stage->setEnlarged(-1);
    else if (m_presenting)
        setPresenting(false);
}

void MainWindow::clearMarkedRows() {
    m_rowsMarked = false;
    if (m_shownLab) m_shownLab->highlightRows({});
    if (m_dataPage) m_dataPage->setHighlightedRows({});
}

void MainWindow::stepScene(int by) {
    const auto& scenes = builtinScenes();
    const auto here =
        std::find_if(scenes.begin(), scenes.end(), [this](const Scenario& s) { return s.id == m_sceneId; });
    const auto count = static_cast<std::ptrdiff_t>(scenes.size());
    const auto at = here == scenes.end() ? (by > 0 ? -1 : count) : here - scenes.begin();
    const auto next = std::clamp<std::ptrdiff_t>(at + by, 0, count - 1);
    if (next != at) openScene(scenes[static_cast<std::size_t>(next)].id);
}

// Of frames that a snapshot asked for, and a few times a second: writing it is a repaint as well, which would
// ask for the next.
void MainWindow::showTimes(double frameSeconds) {
    constexpr int kMilliseconds = 250;
    if (!std::exchange(m_frameAwaited, false) ||
        (m_frameTimeShown.isValid() && !m_frameTimeShown.hasExpired(kMilliseconds)))
        return;
    m_frameTimeShown.start();
    m_transport->setFrameSeconds(frameSeconds);
    m_transport->setEditSeconds(m_editTimes.seconds95());
}

bool MainWindow::event(QEvent* event) {
    if (event->type() != QEvent::UpdateRequest) return QMainWindow::event(event);
    QElapsedTimer timer;
    timer.start();
    const bool handled = QMainWindow::event(event);
    m_editTimes.painted();
    showTimes(static_cast<double>(timer.nsecsElapsed()) * 1e-9);
    if (m_hasFit && !m_fitPainted) {
        m_fitPainted = true;
        Q_EMIT fitPainted();
    }
    return handled;
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    if (m_presenting) applyCurrentTheme();
}

} // namespace orrery
