// The pages that explain: the sheet of keys, a lab's help, what Orrery is.
#include "app/window/help_page.h"
#include "app/window/main_window.h"
#include "widgets/palette/key_overlay.h"

#include <QAction>
#include <QFile>

namespace orrery {

namespace {

/// Keys that a plot takes itself while it has the focus: listed beside the actions, never triggered.
void addPlotKeys(QList<QAction*>& actions, QObject* owner) {
    QString group = MainWindow::tr("In a plot that has the focus (Tab)");
    const auto add = [&](const QString& text, const QList<QKeySequence>& keys) {
        auto* line = new QAction(text, owner);
        line->setShortcuts(keys);
        line->setProperty("group", group);
        actions << line;
    };
    add(MainWindow::tr("Move the line"), {QKeySequence(Qt::Key_Comma), QKeySequence(Qt::Key_Period)});
    add(MainWindow::tr("Zoom, all of it"),
        {QKeySequence(Qt::Key_Plus), QKeySequence(Qt::Key_Minus), QKeySequence(Qt::Key_0)});
    add(MainWindow::tr("Pan"), {QKeySequence(Qt::ALT | Qt::Key_Left), QKeySequence(Qt::ALT | Qt::Key_Right)});
    group = MainWindow::tr("On points that can be edited");
    add(MainWindow::tr("Choose a point, all of them"),
        {QKeySequence(Qt::Key_Comma), QKeySequence(Qt::Key_Period), QKeySequence(Qt::CTRL | Qt::Key_A)});
    add(MainWindow::tr("Move what is chosen"),
        {QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_Left), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_Up)});
    add(MainWindow::tr("Add, take away, give the next class"),
        {QKeySequence(Qt::Key_Insert), QKeySequence(Qt::Key_Delete), QKeySequence(Qt::Key_R)});
    add(MainWindow::tr("Tool: point, spray, erase"),
        {QKeySequence(Qt::Key_P), QKeySequence(Qt::Key_S), QKeySequence(Qt::Key_E)});
    add(MainWindow::tr("Next class of the brush"), {QKeySequence(Qt::Key_B)});
}

} // namespace

void MainWindow::showKeys() {
    if (!m_keys) m_keys = new KeyOverlay(this);
    applyTheme(m_keys, Theme::of(m_themeKind));
    QObject lines;
    QList<QAction*> listed = allActions();
    addPlotKeys(listed, &lines);
    // takes the words, not the actions
    m_keys->open(listed, m_shownLab ? m_shownLab->keys() : std::vector<KeyGroup>());
}

void MainWindow::showLabHelp() {
    if (!m_shownLab) return;
    QFile page(QStringLiteral(":/orrery/help/%1.md").arg(m_shownLab->info().id));
    if (!page.open(QIODevice::ReadOnly)) return showNotice(tr("This lab has no help page."), true);
    openHelpPage(this, m_shownLab->info().title, QString::fromUtf8(page.readAll()), Theme::of(m_themeKind));
}

void MainWindow::showAbout() {
    openHelpPage(this, tr("About Orrery"),
                 tr("# Orrery %1\n\nA lab in which people watch algorithms move. An orrery is a machine that "
                    "shows how the "
                    "planets move; this one shows how algorithms do.\n\nWhat you watch is what is measured: "
                    "the code that a "
                    "lecture plays is the code that the benchmark times.\n\nFree software under the GNU "
                    "General Public "
                    "License, version 3 or later. It is built on Qt, QCustomPlot, Eigen, oneTBB and Highway.")
                     .arg(QStringLiteral(ORRERY_VERSION)),
                 Theme::of(m_themeKind));
}

} // namespace orrery
