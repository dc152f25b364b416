#include "widgets/data/recent_files.h"

#include <QDir>
#include <QFileInfo>

namespace orrery {

namespace {

QString absolutePath(const QString& path) {
    return QDir::cleanPath(QFileInfo(path).absoluteFilePath());
}

} // namespace

QStringList withRecent(const QStringList& paths, const QString& path, int most) {
    const QString absolute = absolutePath(path);
    QStringList list{absolute};
    for (const QString& other : paths)
        if (absolutePath(other) != absolute && list.size() < most) list << other;
    return list;
}

} // namespace orrery
