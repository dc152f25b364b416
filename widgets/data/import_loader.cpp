#include "widgets/data/import_loader.h"

#include <QFileInfo>

namespace orrery {

namespace {

data::TableResult readSqlite(const ImportSource& source, const std::vector<SqliteSource>& sources,
                             Progress& progress) {
    if (!source.query.trimmed().isEmpty()) return readSqliteQuery(source.path, source.query, progress);
    return readSqliteTable(source.path, source.table.isEmpty() ? sources.front().name : source.table,
                           progress);
}

data::TableResult read(const ImportSource& source, ImportLoad& load, Progress& progress) {
    if (source.opened && !(source.path.size() && isSqliteFile(source.path))) return source.opened;
    if (source.isPasted())
        return data::readText(source.text.toStdString(), source.title().toStdString(), source.options);
    if (!isSqliteFile(source.path))
        return data::readFile(std::filesystem::path(source.path.toStdString()), source.options, progress);
    load.isSqlite = true;
    auto sources = sqliteSources(source.path, progress);
    if (!sources) return tl::unexpected(sources.error());
    load.sqliteSources = std::move(*sources);
    return readSqlite(source, load.sqliteSources, progress);
}

} // namespace

QString ImportSource::title() const {
    if (isMade()) return QString::fromStdString(opened->name);
    return isPasted() ? QStringLiteral("Pasted cells") : QFileInfo(path).fileName();
}

Expected<ImportLoad> loadImport(const ImportSource& source, Progress& progress) {
    ImportLoad load;
    auto table = read(source, load, progress);
    if (!table) return tl::unexpected(table.error());
    load.table = std::move(*table);
    if (load.table->rows() == 0 || load.table->columnCount() == 0)
        return fail(source.title().toStdString() + ": there are no rows in it");
    load.facts = columnFacts(*load.table, progress);
    if (progress.isCancelled())
        return fail(source.title().toStdString() + ": reading was cancelled", ErrorCode::Cancelled);
    return load;
}

void ImportLoader::load(const ImportSource& source) {
    const int generation = ++m_generation;
    m_progress = m_job.submit([this, source, generation](Progress& progress) {
        auto outcome = std::make_shared<Expected<ImportLoad>>(loadImport(source, progress));
        QMetaObject::invokeMethod(
            this, [this, generation, outcome] { deliver(generation, outcome); }, Qt::QueuedConnection);
    });
}

void ImportLoader::cancel() {
    if (!isLoading()) return;
    ++m_generation;
    m_job.cancel();
    m_progress.reset();
    Q_EMIT cancelled();
}

void ImportLoader::deliver(int generation, const std::shared_ptr<Expected<ImportLoad>>& outcome) {
    if (generation != m_generation) return;
    m_progress.reset();
    if (*outcome)
        Q_EMIT loaded(std::make_shared<const ImportLoad>(std::move(**outcome)));
    else if (outcome->error().code == ErrorCode::Cancelled)
        Q_EMIT cancelled();
    else
        Q_EMIT failed(QString::fromStdString(outcome->error().message));
}

} // namespace orrery
