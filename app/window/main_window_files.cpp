// The window and files: open, save, export.
#include "app/render/picture.h"
#include "app/window/main_window.h"
#include "app/window/notice.h"
#include "app/window/table_file.h"
#include "widgets/frame/frame.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QTimer>

namespace orrery {

namespace {
constexpr int kQuickMilliseconds = 250;
} // namespace

void MainWindow::openPath(const QString& given) {
    const QString path = QFileInfo(given).absoluteFilePath(); // a saved scenario is read from elsewhere
    if (path.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive)) {
        const auto scenario = readScenario(path);
        if (!scenario) return m_workspace.refuse(QString::fromStdString(scenario.error().message));
        m_scenarioPath = path;
        m_workspace.open(*scenario);
    } else if (!m_workspace.lab()) { // the first thing that is opened: the default scene with one's own data
        Scenario scenario = builtinScenes().front();
        scenario.id.clear();
        scenario.title = QFileInfo(path).completeBaseName();
        scenario.data = {FileSource{path, {}, {}, {}}, {}};
        scenario.frame = 0;
        m_workspace.open(scenario);
    } else {
        m_workspace.openData({FileSource{path, {}, {}, {}}, {}});
        showPage(m_stage);
    }
    rememberFile(path);
}

void MainWindow::saveScenario(bool askPath) {
    if (!m_workspace.lab()) return;
    const auto write = [this](const QString& path) {
        if (auto written = writeScenario(m_workspace.scenario(), path); !written)
            return showNotice(QString::fromStdString(written.error().message), true);
        m_scenarioPath = path;
        rememberFile(path);
        showNotice(tr("Saved %1").arg(QFileInfo(path).fileName()), false);
    };
    if (!askPath && !m_scenarioPath.isEmpty()) return write(m_scenarioPath);
    auto* dialog = new QFileDialog(this, tr("Save scenario"), {}, tr("Scenario (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, write);
    dialog->open();
}

void MainWindow::exportPicture() {
    auto* dialog = new QFileDialog(this, tr("Export picture"), {}, tr("Picture (*.png *.svg *.pdf)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("png"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        const auto written = writePicture(*m_frame, path);
        showNotice(written ? tr("Exported %1").arg(QFileInfo(path).fileName())
                           : QString::fromStdString(written.error().message),
                   !written);
    });
    dialog->open();
}

void MainWindow::exportTable() {
    if (!m_workspace.lab()) return;
    auto* dialog = new QFileDialog(this, tr("Export table"), {}, tr("Comma-separated values (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::writeTable);
    dialog->open();
}

// Beside the window: ten million rows take seconds.
void MainWindow::writeTable(const QString& path) {
    m_export.submit([this, path, writer = m_workspace.lab()->resultWriter()](
                        Progress& progress, const SideJob::Deliver& deliver) {
        const auto written = writeTableFile(path, writer, progress);
        deliver([this, written, name = QFileInfo(path).fileName()] {
            showNotice(written ? tr("Exported %1").arg(name)
                               : QString::fromStdString(written.error().message),
                       !written);
        });
    });
    await({tr("Writing %1…").arg(QFileInfo(path).fileName()), [this] { return m_export.isBusy(); },
           [this] { return m_export.fraction(); }, [this] { m_export.cancel(); }});
}

// A quick one shows nothing.
void MainWindow::await(LongWork work) {
    QTimer::singleShot(kQuickMilliseconds, this, [this, work = std::move(work)] {
        if (!work.goesOn()) return;
        m_awaited = work;
        placeNotice();
        m_notice->showProgress(work.what, work.fraction);
    });
}

void MainWindow::hideEndedWork() {
    if (m_awaited.goesOn && !m_awaited.goesOn()) m_notice->hideProgress();
}

void MainWindow::awaitPreparation() {
    hideEndedWork();
    const auto begun = m_shownLab ? m_shownLab->preparation() : std::nullopt;
    if (!begun) return;
    const auto goesOn = [lab = m_shownLab, progress = begun->progress] {
        const auto now = lab ? lab->preparation() : std::nullopt;
        return now && now->progress == progress;
    };
    await({begun->what, goesOn, [progress = begun->progress] { return progress->fraction(); },
           [progress = begun->progress] { progress->cancel(); }});
}

void MainWindow::copyPicture() {
    QApplication::clipboard()->setPixmap(m_frame->grab());
    showNotice(tr("The picture is on the clipboard."), false);
}

} // namespace orrery
