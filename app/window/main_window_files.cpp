// The window and files: open, drop, paste, save, export, the help pages.
#include "app/render/picture.h"
#include "app/window/main_window.h"
#include "widgets/frame/frame.h"

#include <QApplication>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QSaveFile>
#include <QSettings>

namespace orrery {

void MainWindow::openPath(const QString& path) {
    if (path.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive)) {
        const auto scenario = readScenario(path);
        if (!scenario) return showNotice(QString::fromStdString(scenario.error().message), true);
        m_scenarioPath = path;
        m_workspace.open(*scenario);
    } else if (!m_workspace.lab()) { // the first thing that is opened: the default scene with one's own data
        Scenario scenario = builtinScenes().front();
        scenario.id.clear();
        scenario.title = QFileInfo(path).completeBaseName();
        scenario.data = {FileSource{path, {}}, {}};
        scenario.frame = 0;
        m_workspace.open(scenario);
    } else {
        m_workspace.openData({FileSource{path, {}}, {}});
    }
    rememberFile(path);
}

void MainWindow::rememberFile(const QString& path) {
    if (!m_options.remember) return;
    QSettings settings;
    QStringList recent = settings.value(QStringLiteral("recent")).toStringList();
    const QString absolute = QFileInfo(path).absoluteFilePath();
    recent.removeAll(absolute);
    recent.prepend(absolute);
    settings.setValue(QStringLiteral("recent"), recent.mid(0, 12));
}

void MainWindow::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("Open data or a scenario"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Data and scenarios (*.csv *.tsv *.txt *.svm *.libsvm *.arff *.npy *.npz *.sqlite *.db *.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openPath);
    dialog->open();
}

void MainWindow::pasteData() {
    const QString text = QApplication::clipboard()->text();
    if (text.trimmed().isEmpty()) return showNotice(tr("The clipboard holds no cells: copy them in a spreadsheet first."), true);
    m_workspace.openData({InlineSource{tr("pasted cells"), text}, {}});
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const QMimeData* mime = event->mimeData();
    event->acceptProposedAction();
    if (!mime->urls().isEmpty()) {
        const QString path = mime->urls().front().toLocalFile();
        if (path.isEmpty()) return showNotice(tr("Only files of this computer can be dropped here."), true);
        openPath(path);
    } else if (!mime->text().isEmpty()) {
        m_workspace.openData({InlineSource{tr("dropped cells"), mime->text()}, {}});
    }
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
        showNotice(written ? tr("Exported %1").arg(QFileInfo(path).fileName()) : QString::fromStdString(written.error().message),
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
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        QSaveFile file(path);
        const QByteArray csv = m_workspace.lab()->resultAsCsv().toUtf8();
        const bool written = file.open(QIODevice::WriteOnly) && file.write(csv) == csv.size() && file.commit();
        showNotice(written ? tr("Exported %1").arg(QFileInfo(path).fileName()) : tr("%1: %2").arg(path, file.errorString()),
                   !written);
    });
    dialog->open();
}

void MainWindow::copyPicture() {
    QApplication::clipboard()->setPixmap(m_frame->grab());
    showNotice(tr("The picture is on the clipboard."), false);
}

} // namespace orrery
