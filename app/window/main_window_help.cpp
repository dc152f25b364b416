// The pages that explain: the sheet of keys, a lab's help, what Orrery is.
#include "app/window/help_page.h"
#include "app/window/main_window.h"
#include "widgets/palette/key_overlay.h"

#include <QFile>

namespace orrery {

void MainWindow::showKeys() {
    if (!m_keys) m_keys = new KeyOverlay(this);
    applyTheme(m_keys, Theme::of(m_themeKind));
    m_keys->open(allActions());
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
