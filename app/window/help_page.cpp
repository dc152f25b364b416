#include "app/window/help_page.h"

#include <QDialog>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace orrery {

void openHelpPage(QWidget* parent, const QString& title, const QString& markdown, const Theme& theme) {
    auto* dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->resize(theme.px(640), theme.px(720));
    auto* page = new QTextBrowser(dialog);
    page->setFrameShape(QFrame::NoFrame);
    page->setOpenExternalLinks(true);
    page->document()->setDefaultFont(theme.words(13));
    page->document()->setDocumentMargin(theme.px(20));
    page->setMarkdown(markdown);
    auto* layout = new QVBoxLayout(dialog);
    layout->setContentsMargins({});
    layout->addWidget(page);
    applyTheme(dialog, theme);
    dialog->show();
}

} // namespace orrery
