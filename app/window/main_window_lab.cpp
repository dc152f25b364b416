// The window and the lab that it shows: stage, inspector, palette.
#include "app/builtin_labs.h"
#include "app/window/main_window.h"
#include "core/data/builtins.h"
#include "core/data/generators.h"
#include "widgets/data/data_panel.h"
#include "widgets/frame/frame.h"
#include "widgets/narration/why_panel.h"
#include "widgets/palette/command_palette.h"
#include "widgets/parameters/parameter_form.h"
#include "widgets/plot/plot.h"
#include "widgets/plot/trace_chart.h"
#include "widgets/transport/transport_bar.h"

#include <QStackedWidget>

namespace orrery {

void MainWindow::showLab() {
    Lab* lab = m_workspace.lab();
    if (m_shownLab != lab) {
        if (m_shownLab) m_shownLab->disconnect(this);
        m_shownLab = lab;
        m_editTimes.clear();
        connect(lab, &Lab::editShown, this, [this] { m_editTimes.shown(); });
        connect(lab, &Lab::stageChanged, this, &MainWindow::rebuildStage);
        connect(lab, &Lab::subtitlesChanged, this, &MainWindow::refreshSubtitles);
        connect(lab, &Lab::preparationChanged, this, &MainWindow::awaitPreparation);
        connect(lab, &Lab::narrationChanged, this, &MainWindow::refreshNarration);
        connect(lab, &Lab::parameterSpecsChanged, this, &MainWindow::refreshSpecs);
        connect(lab, &Lab::valuesRefused, this, [this](const QString& said) { m_form->refuse(said); });
        connect(lab, &Lab::parametersChanged, this, [this] { m_form->setValues(m_shownLab->parameters()); });
        connect(lab, &Lab::rowsHighlighted, this, [this](const std::vector<int>& rows) {
            m_rowsMarked = !rows.empty();
            if (m_dataPage) m_dataPage->setHighlightedRows(rows);
        });
        connect(lab, &Lab::dataWordsChanged, this,
                [this] { m_frame->topBar()->setDataWords(dataInWords()); });
        m_transport->timeLine()->setLabel([lab](const TransportState& t) { return lab->timeLabel(t); });
    }
    m_frame->topBar()->setLabTitle(lab->info().title);
    m_frame->topBar()->setDataWords(dataInWords());
    setWindowTitle(QStringLiteral("%1 – Orrery").arg(lab->info().title));
    for (QAction* action : m_labActions)
        action->setChecked(action->data().toString() == lab->info().id);
    refreshSpecs();
    rebuildStage();
    refreshNarration();
    refreshDataPage();
}

// Data that are made have a seed of their own beside the run's; both are said.
QString MainWindow::dataInWords() const {
    const auto* made = std::get_if<GeneratorSource>(&m_workspace.data().source);
    const QString words = m_shownLab ? m_shownLab->dataInWords() : QString();
    return made ? tr("%1 · data seed %2").arg(words).arg(made->seed) : words;
}

// The slider goes over a grid: a number that was typed between two of its values is answered.
void MainWindow::remarkOnTyped(const QString& id, const ParameterValue& value) {
    const QString remark = m_shownLab ? m_shownLab->remarkOn(id.toStdString(), value) : QString();
    if (!remark.isEmpty()) showNotice(remark, false);
}

void MainWindow::rebuildStage() {
    if (!m_shownLab) return;
    std::vector<Card*> cards;
    for (Card* card : m_stage->cards())
        if (card->content())
            card->content()->setParent(nullptr); // it is the lab's: the card goes, the view stays
    for (const StageView& view : m_shownLab->stage()) {
        auto* card = new Card(view.title);
        card->setObjectName(view.id);
        card->setContent(view.widget);
        if (view.widget->accessibleName().isEmpty()) view.widget->setAccessibleName(view.title);
        auto* enlarge =
            new QAction(plainIcon(Icon::Expand), tr("Enlarge %1").arg(view.title.toLower()), card);
        connect(enlarge, &QAction::triggered, this, [this, at = static_cast<int>(cards.size())] {
            m_stage->setEnlarged(m_stage->enlarged() == at ? -1 : at);
        });
        card->addCornerAction(enlarge);
        cards.push_back(card);
    }
    m_stage->setEnlarged(-1);
    m_stage->setCards(cards, m_shownLab->arrangement());
    followStage();
    applyCurrentTheme();
    refreshSubtitles();
}

// Follow holds every plot at the ranges that keep the shown step in sight; zooming or panning by hand lets
// go.
void MainWindow::followStage() {
    QAction* follow = m_transportActions->follow;
    for (Plot* plot : m_stage->findChildren<Plot*>()) {
        plot->disconnect(follow);
        connect(plot, &Plot::viewChanged, follow, [plot, follow] {
            if (plot->isZoomed()) follow->setChecked(false);
        });
    }
}

void MainWindow::refreshSubtitles() {
    for (Card* card : m_stage->cards())
        card->setSubtitle(m_shownLab->subtitle(card->objectName()));
}

void MainWindow::refreshNarration() {
    if (m_shownLab) m_why->setNarration(m_shownLab->narration());
}

void MainWindow::refreshSpecs() {
    m_form->setSpecs(m_shownLab->parameterSpecs());
    m_form->setValues(m_shownLab->parameters());
}

// The column that the lab thinks of first, once there is a trace to choose from.
void MainWindow::showSnapshot(const SnapshotBase& snapshot) {
    m_frameAwaited = true;
    if (!snapshot.trace) return;
    const bool another = snapshot.transport.generation != m_tracedGeneration;
    m_trace->setTrace(snapshot.trace);
    m_trace->setNow(snapshot.transport.index);
    m_hasFit = snapshot.transport.furthest > 0;
    if (!m_shownLab) return;
    const QString choice = m_shownLab->info().id + m_shownLab->trace().column;
    if (!another || m_traceChoice == choice) return;
    m_tracedGeneration = snapshot.transport.generation;
    m_traceChoice = choice;
    const auto& columns = snapshot.trace->columns();
    const std::string wanted = m_shownLab->trace().column.toStdString();
    for (std::size_t c = 0; c < columns.size(); ++c)
        if (columns[c].name == wanted) m_trace->setColumn(static_cast<int>(c));
}

void MainWindow::openScene(const QString& id) {
    if (const Scenario* scene = findScene(id))
        m_workspace.open(*scene);
    else
        showNotice(tr("No scene is called “%1”.").arg(id), true);
}

void MainWindow::addPaletteProviders() {
    m_palette->addProvider([this] {
        std::vector<PaletteEntry> entries;
        for (QAction* action : allActions())
            if (action->isEnabled() && action != m_actions->palette)
                entries.push_back(
                    paletteEntry(action, m_labActions.contains(action) ? tr("Lab") : tr("Command")));
        // Buttons that a card has of its own.
        for (const Card* card : m_stage->cards())
            for (QAction* action : card->findChildren<QAction*>())
                if (action->property("inPalette").toBool() && action->isVisible() && action->isEnabled())
                    entries.push_back(paletteEntry(action, card->title()));
        return entries;
    });
    m_palette->addProvider([this] {
        std::vector<PaletteEntry> entries;
        for (const Scenario& scene : builtinScenes())
            entries.push_back(
                {scene.title, scene.summary, {}, tr("Scene"), Icon::Gallery, [this, id = scene.id] {
                     openScene(id);
                 }});
        return entries;
    });
    m_palette->addProvider([this] {
        std::vector<PaletteEntry> entries;
        for (const data::BuiltinInfo& info : data::builtins()) {
            const ScenarioData source{BuiltinSource{QString::fromStdString(info.id)}, {}};
            entries.push_back({QString::fromStdString(info.title),
                               QString::fromStdString(info.sentence),
                               {},
                               tr("Data set"),
                               Icon::Data,
                               [this, source] { m_workspace.openData(source); }});
        }
        for (const data::GeneratorInfo& info : data::generators()) {
            const ScenarioData source{GeneratorSource{QString::fromStdString(info.id), {}, 1}, {}};
            entries.push_back({QString::fromStdString(info.title),
                               QString::fromStdString(info.sentence),
                               {},
                               tr("Data set"),
                               Icon::Data,
                               [this, source] { m_workspace.openData(source); }});
        }
        return entries;
    });
}

} // namespace orrery
