// The window and files: open, save, export.
#include "app/render/picture.h"
#include "app/window/main_window.h"
#include "widgets/frame/frame.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QSaveFile>

namespace orrery {

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
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        QSaveFile file(path);
        const QByteArray csv = m_workspace.lab()->resultAsCsv().toUtf8();
        const bool written =
            file.open(QIODevice::WriteOnly) && file.write(csv) == csv.size() && file.commit();
        showNotice(written ? tr("Exported %1").arg(QFileInfo(path).fileName())
                           : tr("%1: %2").arg(path, file.errorString()),
                   !written);
    });
    dialog->open();
}

void MainWindow::copyPicture() {
    QApplication::clipboard()->setPixmap(m_frame->grab());
    showNotice(tr("The picture is on the clipboard."), false);
}

} // namespace orrery
