// A recorded run as a table, a line a row: so that it is opened, dropped, undone and kept in a scenario as
// every other data set.
#pragma once

#include "core/data/readers.h"
#include "widgets/runner/run_log.h"

#include <QString>

namespace orrery::runner {

/// By the ending: .jsonl, .ndjson.
[[nodiscard]] bool isRunFile(const QString& path);
/// By the beginning: an object, where a table would have names.
[[nodiscard]] bool isRunText(const QString& text);

/// Columns: the kind of each event, its device, the line itself.
[[nodiscard]] data::TableResult tableOfRun(std::string_view lines, const std::string& name);
[[nodiscard]] data::TableResult readRunFile(const QString& path);
/// One sentence when the table is no run.
[[nodiscard]] Expected<RunLog> runOfTable(const data::Table& table);

} // namespace orrery::runner
