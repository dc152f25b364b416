#include "app/window/table_file.h"

#include <QSaveFile>

namespace orrery {

Expected<void> writeTableFile(const QString& path, const TableWriter& writer, Progress& progress) {
    QSaveFile file(path);
    const auto refuse = [&] {
        return fail(QStringLiteral("%1: %2").arg(path, file.errorString()).toStdString());
    };
    if (!file.open(QIODevice::WriteOnly)) return refuse();
    const auto write = [&file](const QByteArray& piece) { return file.write(piece) == piece.size(); };
    const bool whole = writer(write, progress);
    if (progress.isCancelled()) return fail("The table was not written.", ErrorCode::Cancelled);
    if (!whole || !file.commit()) return refuse();
    return {};
}

} // namespace orrery
