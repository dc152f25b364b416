// Reads what is to be imported on a worker thread: a file, pasted text, an SQLite file. The newest request
// wins; its outcome arrives on the thread that the loader lives on.
#pragma once

#include "core/session/latest_job.h"
#include "widgets/data/column_facts.h"
#include "widgets/data/sqlite_reader.h"

#include <QObject>

namespace orrery {

struct ImportSource {
    QString path;  ///< empty for pasted text
    QString text;  ///< pasted
    QString table; ///< SQLite: which one; empty for the first
    QString query; ///< SQLite: instead of a table
    data::ReadOptions options;
    std::shared_ptr<const data::Table> opened; ///< read already, or made: nothing is to be read

    [[nodiscard]] bool isPasted() const { return path.isEmpty() && !text.isEmpty(); }
    [[nodiscard]] bool isMade() const {
        return path.isEmpty() && text.isEmpty() && opened;
    }                                    ///< built in, generated
    [[nodiscard]] QString title() const; ///< "housing.csv", "Pasted cells", "iris"
};

struct ImportLoad {
    std::shared_ptr<const data::Table> table;
    std::vector<ColumnFacts> facts;
    bool isSqlite = false;
    std::vector<SqliteSource> sqliteSources;
};

/// May take long.
[[nodiscard]] Expected<ImportLoad> loadImport(const ImportSource& source, Progress& progress);

class ImportLoader final : public QObject {
    Q_OBJECT
  public:
    using QObject::QObject;

    /// Cancels what is being read.
    void load(const ImportSource& source);
    /// cancelled() follows at once; what the worker still hands over is dropped.
    void cancel();
    [[nodiscard]] bool isLoading() const { return m_progress != nullptr; }
    /// Of the current read; 0 where nothing is known.
    [[nodiscard]] double fraction() const { return m_progress ? m_progress->fraction() : 0.0; }

  Q_SIGNALS:
    void loaded(std::shared_ptr<const orrery::ImportLoad> load);
    void failed(const QString& sentence);
    void cancelled();

  private:
    void deliver(int generation, const std::shared_ptr<Expected<ImportLoad>>& outcome);

    int m_generation = 0;
    std::shared_ptr<Progress> m_progress;
    LatestJob m_job; ///< last: its thread has ended before the rest goes
};

} // namespace orrery
