#include "app/window/help_page.h"

#include <QDialog>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextTable>
#include <QVBoxLayout>
#include <QtMath>
#include <algorithm>
#include <memory>

namespace orrery {

namespace {

constexpr int kWidth = 660, kMostHeight = 760;

void layOutTables(QTextDocument& document, const Theme& theme) {
    for (QTextFrame* frame : document.rootFrame()->childFrames())
        if (auto* table = qobject_cast<QTextTable*>(frame)) {
            QTextTableFormat format = table->format();
            format.setBorderCollapse(true);
            format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
            format.setBorder(1);
            format.setBorderBrush(theme.line);
            format.setCellPadding(theme.px(6));
            format.setTopMargin(theme.px(4));
            format.setBottomMargin(theme.px(8));
            table->setFormat(format);
        }
}

// Markdown has no margins and knows no type sizes.
void layOut(QTextDocument& document, const Theme& theme) {
    layOutTables(document, theme);
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        QTextBlockFormat format = block.blockFormat();
        const int level = format.headingLevel();
        format.setLineHeight(128, QTextBlockFormat::ProportionalHeight);
        if (!cursor.currentTable()) {
            format.setTopMargin(theme.px(level == 1 ? 0 : level > 1 ? 14 : 0));
            format.setBottomMargin(theme.px(block.textList() ? 4 : 8));
        }
        cursor.setBlockFormat(format);
        if (level == 0) continue;
        cursor.select(QTextCursor::BlockUnderCursor);
        QTextCharFormat heading;
        heading.setFont(theme.words(level == 1 ? 20 : 14.5, QFont::DemiBold));
        cursor.mergeCharFormat(heading);
    }
}

} // namespace

void openHelpPage(QWidget* parent, const QString& title, const QString& markdown, const Theme& theme) {
    auto* dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    auto* page = new QTextBrowser(dialog);
    page->setFrameShape(QFrame::NoFrame);
    page->setOpenExternalLinks(true);
    page->document()->setDefaultFont(theme.words(13));
    page->document()->setDocumentMargin(theme.px(24));
    page->setMarkdown(markdown);
    layOut(*page->document(), theme);
    const std::unique_ptr<QTextDocument> measured(
        page->document()->clone()); // the page's own follows its window
    measured->setTextWidth(theme.px(kWidth));
    const int whole = qCeil(measured->size().height()) + theme.px(8);
    dialog->resize(theme.px(kWidth), std::min(whole, theme.px(kMostHeight)));
    auto* layout = new QVBoxLayout(dialog);
    layout->setContentsMargins({});
    layout->addWidget(page);
    applyTheme(dialog, theme);
    dialog->show();
}

} // namespace orrery
