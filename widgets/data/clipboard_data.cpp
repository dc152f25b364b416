#include "widgets/data/clipboard_data.h"

#include <QFileInfo>
#include <QMimeData>
#include <QTextDocument>
#include <QTextTable>
#include <QUrl>

namespace orrery {

namespace {

QString cellOf(const QTextTable& table, int row, int column) {
    const QTextTableCell cell = table.cellAt(row, column);
    QTextCursor cursor = cell.firstCursorPosition();
    cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor::KeepAnchor);
    return cursor.selectedText().simplified();
}

/// The first table of a page as tab-separated lines; empty where there is none.
QString firstHtmlTable(const QString& html) {
    QTextDocument document;
    document.setHtml(html);
    for (QTextFrame* frame : document.rootFrame()->childFrames()) {
        const auto* table = qobject_cast<QTextTable*>(frame);
        if (!table) continue;
        QString text;
        for (int row = 0; row < table->rows(); ++row)
            for (int column = 0; column < table->columns(); ++column)
                text += cellOf(*table, row, column) +
                        (column + 1 < table->columns() ? QLatin1Char('\t') : QLatin1Char('\n'));
        return text;
    }
    return {};
}

} // namespace

QString textFromClipboard(const QMimeData& mime) {
    if (mime.hasUrls() && !pathsFromDrop(mime).isEmpty()) return {};
    for (const char* format : {"text/csv", "text/tab-separated-values"})
        if (mime.hasFormat(QLatin1String(format))) return QString::fromUtf8(mime.data(QLatin1String(format)));
    // A spreadsheet gives its cells in both forms; the plain one has the numbers as they are shown, tabs
    // between.
    if (mime.hasText() && !mime.text().trimmed().isEmpty()) {
        if (mime.hasHtml() && !mime.text().contains(QLatin1Char('\t')))
            if (const QString table = firstHtmlTable(mime.html()); !table.isEmpty()) return table;
        return mime.text();
    }
    return mime.hasHtml() ? firstHtmlTable(mime.html()) : QString();
}

QStringList pathsFromDrop(const QMimeData& mime) {
    QStringList paths;
    for (const QUrl& url : mime.urls())
        if (url.isLocalFile() && QFileInfo(url.toLocalFile()).isFile()) paths << url.toLocalFile();
    return paths;
}

} // namespace orrery
