// The pages that explain: the sheet of keys, a lab's help, what Orrery is.
#include "app/window/help_page.h"
#include "app/window/main_window.h"

#include <QFile>

namespace orrery {

namespace {

// A Markdown table of every action and its keys.
QString keySheet(const std::vector<ActionGroup>& groups, const QList<QAction*>& transport) {
    QString page = QStringLiteral("# Keys\n");
    const auto addGroup = [&page](const QString& title, const QList<QAction*>& actions) {
        page += QStringLiteral("\n## %1\n\n| | |\n|---|---|\n").arg(title);
        for (const QAction* action : actions) {
            QStringList keys;
            for (const QKeySequence& key : action->shortcuts())
                keys << QStringLiteral("`%1`").arg(key.toString(QKeySequence::NativeText));
            if (!keys.isEmpty()) page += QStringLiteral("| %1 | %2 |\n").arg(keys.join(QStringLiteral(" ")), action->text().remove(u'…'));
        }
    };
    addGroup(MainWindow::tr("Time, the same in every lab"), transport);
    for (const ActionGroup& group : groups)
        addGroup(group.title, group.actions);
    return page;
}

} // namespace

void MainWindow::showKeys() {
    openHelpPage(this, tr("Keys"), keySheet(m_actions->groups(), m_transportActions->actions()), Theme::of(m_themeKind));
}

void MainWindow::showLabHelp() {
    if (!m_shownLab) return;
    QFile page(QStringLiteral(":/orrery/help/%1.md").arg(m_shownLab->info().id));
    if (!page.open(QIODevice::ReadOnly)) return showNotice(tr("This lab has no help page."), true);
    openHelpPage(this, m_shownLab->info().title, QString::fromUtf8(page.readAll()), Theme::of(m_themeKind));
}

void MainWindow::showAbout() {
    openHelpPage(this, tr("About Orrery"),
                 tr("# Orrery %1\n\nA lab in which people watch algorithms move. An orrery is a machine that shows how the "
                    "planets move; this one shows how algorithms do.\n\nWhat you watch is what is measured: the code that a "
                    "lecture plays is the code that the benchmark times.\n\nFree software under the GNU General Public "
                    "License, version 3 or later. It is built on Qt, QCustomPlot, Eigen, oneTBB and Highway.")
                     .arg(QStringLiteral(ORRERY_VERSION)),
                 Theme::of(m_themeKind));
}

} // namespace orrery
