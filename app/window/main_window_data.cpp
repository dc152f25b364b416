// The window and data: the data page, the import preview, drop and paste.
#include "app/window/import_sources.h"
#include "app/window/main_window.h"
#include "widgets/data/clipboard_data.h"
#include "widgets/data/data_panel.h"
#include "widgets/data/import_dialog.h"
#include "widgets/data/recent_files.h"
#include "widgets/frame/stage_layout.h"

#include <QApplication>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>

namespace orrery {

namespace {
const QString kRecent = QStringLiteral("recent");
}

void MainWindow::openData() {
    if (m_shownLab && !m_shownLab->info().takesNoTable.isEmpty())
        return m_actions->data->setChecked(false), showNotice(m_shownLab->info().takesNoTable, false);
    if (!m_dataPage) buildDataPage();
    refreshDataPage();
    showPage(m_pages->currentWidget() == m_dataPage ? static_cast<QWidget*>(m_stage) : m_dataPage.data());
}

void MainWindow::buildDataPage() {
    m_dataPage = new DataPanel(m_pages);
    m_pages->addWidget(m_dataPage);
    if (m_options.remember) m_dataPage->setRecentFiles(QSettings().value(kRecent).toStringList());
    const auto use = [this](const ScenarioData& source) {
        m_workspace.openData(source);
        showPage(m_stage);
    };
    connect(m_dataPage, &DataPanel::builtinRequested, this, [use](const QString& id) {
        use({BuiltinSource{id}, {}});
    });
    connect(m_dataPage, &DataPanel::generatorAccepted, this,
            [use](const QString& id, const ParameterValues& values, quint64 seed) {
                use({GeneratorSource{id, values, seed}, {}});
            });
    connect(m_dataPage, &DataPanel::fileRequested, this, [this](const QString& path) { openPath(path); });
    connect(m_dataPage, &DataPanel::openRequested, this, &MainWindow::chooseFile);
    connect(m_dataPage, &DataPanel::pasteRequested, this, &MainWindow::pasteData);
    connect(m_dataPage, &DataPanel::rowsSelected, this, [this](const std::vector<int>& rows) {
        m_rowsMarked = !rows.empty();
        if (m_shownLab) m_shownLab->highlightRows(rows);
    });
    connect(m_dataPage, &DataPanel::recentFilesChanged, this, [this](const QStringList& paths) {
        if (m_options.remember) QSettings().setValue(kRecent, paths);
    });
    applyTheme(m_dataPage, Theme::of(m_themeKind));
}

void MainWindow::refreshDataPage() {
    if (!m_dataPage || !m_shownLab || !m_shownLab->dataset()) return;
    m_dataPage->setDataset(*m_shownLab->dataset());
    if (const auto* made = std::get_if<GeneratorSource>(&m_workspace.data().source)) {
        m_dataPage->generatorPanel()->setGenerator(made->id); // as it was made, to go on from there
        m_dataPage->generatorPanel()->setValues(made->values, made->seed);
    }
}

ImportDialog* MainWindow::importDialog() {
    auto* dialog = new ImportDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    applyTheme(dialog, Theme::of(m_themeKind));
    if (const Lab* lab = m_workspace.lab()) {
        const auto propose = lab->info().proposeRoles;
        dialog->setRules(
            [propose](const std::shared_ptr<const data::Table>& table) {
                const data::Dataset plain{table, {}, {}, {}, {}};
                const auto proposal = propose ? propose(plain) : std::nullopt;
                return proposal ? proposal->roles : data::Roles{};
            },
            lab->info().usable);
    }
    connect(
        dialog, &ImportDialog::imported, this,
        [this, open = m_workspace.data().source](const data::Dataset& dataset, const ImportSource& source) {
            useImported(std::make_shared<const data::Dataset>(dataset),
                        scenarioDataOf(dataset, source, open));
            if (!source.path.isEmpty()) rememberFile(source.path);
        });
    dialog->open();
    return dialog;
}

void MainWindow::useImported(std::shared_ptr<const data::Dataset> dataset, const ScenarioData& source) {
    m_workspace.useData(source, std::move(dataset));
    showPage(m_stage);
}

void MainWindow::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("Open data or a scenario"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    const bool takesTables = !m_workspace.lab() || m_workspace.lab()->info().takesNoTable.isEmpty();
    dialog->setNameFilter((takesTables ? importFileFilter() : tr("Files (*)")) + tr(";;Scenarios (*.json)"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, takesTables](const QString& path) {
        if (!takesTables || path.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive))
            openPath(path);
        else
            importDialog()->openPath(path);
    });
    dialog->open();
}

// The preview again for what is open, with the choices as they stand: other columns, other rows.
void MainWindow::chooseColumns() {
    const Lab* lab = m_workspace.lab();
    if (lab && lab->dataset())
        importDialog()->openAgain(importSourceOf(m_workspace.data().source), *lab->dataset());
}

void MainWindow::pasteData() {
    if (m_shownLab && !m_shownLab->info().takesNoTable.isEmpty())
        return showNotice(m_shownLab->info().takesNoTable, true);
    const QMimeData* mime = QApplication::clipboard()->mimeData();
    const QString text = mime ? textFromClipboard(*mime) : QString();
    if (text.trimmed().isEmpty())
        return showNotice(tr("The clipboard holds no cells: copy them in a spreadsheet first."), true);
    importDialog()->openText(text);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText()) event->acceptProposedAction();
}

// A dropped file is drawn at once, with the usual roles; “Choose columns and rows” is there for the rest.
void MainWindow::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    const QStringList paths = pathsFromDrop(*event->mimeData());
    const QString text = textFromClipboard(*event->mimeData());
    if (!paths.isEmpty())
        openPath(paths.front());
    else if (event->mimeData()->hasUrls() || text.trimmed().isEmpty())
        showNotice(tr("Only files of this computer, or cells, can be dropped here."), true);
    else
        m_workspace.openData({InlineSource{tr("dropped cells"), text, {}}, {}});
}

void MainWindow::rememberFile(const QString& path) {
    if (!m_options.remember) return;
    QSettings settings;
    const QStringList recent = withRecent(settings.value(kRecent).toStringList(), path);
    settings.setValue(kRecent, recent);
    if (m_dataPage) m_dataPage->setRecentFiles(recent);
}

} // namespace orrery
