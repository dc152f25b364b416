// A table as a file, all of it or nothing.
#pragma once

#include "app/lab/lab.h"

namespace orrery {

/// Any thread. One sentence where the file cannot be written; Cancelled when it was stopped.
[[nodiscard]] Expected<void> writeTableFile(const QString& path, const TableWriter& writer,
                                            Progress& progress);

} // namespace orrery
