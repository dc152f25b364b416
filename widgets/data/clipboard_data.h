// What a paste or a drop brings, as plain values.
#pragma once

#include <QString>
#include <QStringList>

class QMimeData;

namespace orrery {

/// Cells as text, for readText(): a spreadsheet's tab-separated text, text/csv, or an HTML table. Empty where
/// there is no text, or only the names of files.
[[nodiscard]] QString textFromClipboard(const QMimeData& mime);

/// Paths of the local files that were dropped or copied, folders left out.
[[nodiscard]] QStringList pathsFromDrop(const QMimeData& mime);

} // namespace orrery
