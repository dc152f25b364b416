// SQLite files to tables, through Qt's SQL driver.
//
// The file is opened for reading only, on the thread that calls, with a connection of its own name that is
// gone afterwards. Call it on a worker. Integers and reals are numbers, NULL and the usual missing marks are
// missing; a column in which some text is not a number is categorical. Blobs are refused. A query is one
// SELECT (or WITH … SELECT); cancelling is looked at between rows.
#pragma once

#include "core/data/readers.h"

#include <QString>
#include <vector>

namespace orrery {

struct SqliteSource {
    QString name;
    bool isView = false;
    qint64 rows = 0;
};

/// By its first 16 bytes, whatever it is called.
[[nodiscard]] bool isSqliteFile(const QString& path);

/// Tables and views in order of name, with their row counts.
[[nodiscard]] Expected<std::vector<SqliteSource>> sqliteSources(const QString& path, Progress& progress);

/// The whole of one table or view. The fraction of the progress is of its row count.
[[nodiscard]] data::TableResult readSqliteTable(const QString& path, const QString& table,
                                                Progress& progress);

/// What a typed query gives. How many rows it will give is not known before: the fraction stays 0.
[[nodiscard]] data::TableResult readSqliteQuery(const QString& path, const QString& query,
                                                Progress& progress);

} // namespace orrery
