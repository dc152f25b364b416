// The list of files opened lately, newest first. Kept by whoever keeps settings; these are plain values.
#pragma once

#include <QString>
#include <QStringList>

namespace orrery {

inline constexpr int kRecentFiles = 10;

/// `path` first, made absolute, each file once, at most `most`.
[[nodiscard]] QStringList withRecent(const QStringList& paths, const QString& path, int most = kRecentFiles);

} // namespace orrery
