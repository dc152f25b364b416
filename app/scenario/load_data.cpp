#include "app/scenario/scenario.h"
#include "core/data/builtins.h"
#include "core/data/generators.h"
#include "core/data/readers.h"
#include "widgets/data/sqlite_reader.h"
#include "widgets/runner/run_table.h"

namespace orrery {

namespace {

using data::TableResult;

TableResult tableOf(const BuiltinSource& source, Progress&) {
    if (source.id == QLatin1String(BuiltinSource::kNone)) return std::make_shared<const data::Table>();
    return data::loadBuiltin(source.id.toStdString());
}
TableResult tableOf(const FileSource& source, Progress& progress) {
    if (runner::isRunFile(source.path)) return runner::readRunFile(source.path);
    if (!isSqliteFile(source.path))
        return data::readFile(source.path.toStdString(), readOptionsOf(source.reading), progress);
    if (!source.query.isEmpty()) return readSqliteQuery(source.path, source.query, progress);
    if (!source.table.isEmpty()) return readSqliteTable(source.path, source.table, progress);
    const auto tables = sqliteSources(source.path, progress);
    if (!tables) return tl::unexpected(tables.error());
    if (tables->empty()) return fail(source.path.toStdString() + ": the database has no table");
    return readSqliteTable(source.path, tables->front().name, progress);
}
TableResult tableOf(const GeneratorSource& source, Progress&) {
    return data::generate(source.id.toStdString(), source.values, source.seed);
}
TableResult tableOf(const InlineSource& source, Progress&) {
    if (runner::isRunText(source.csv))
        return runner::tableOfRun(source.csv.toStdString(), source.name.toStdString());
    return data::readText(source.csv.toStdString(), source.name.toStdString(), readOptionsOf(source.reading));
}

} // namespace

data::ReadOptions readOptionsOf(const ReadChoices& reading) {
    data::ReadOptions options;
    if (!reading.delimiter.isEmpty()) options.delimiter = reading.delimiter.front().toLatin1();
    if (reading.header == u"yes") options.header = data::HeaderMode::Yes;
    if (reading.header == u"no") options.header = data::HeaderMode::No;
    return options;
}

Expected<std::shared_ptr<const data::Dataset>> loadData(const ScenarioData& scenario, Progress& progress) {
    TableResult table =
        std::visit([&](const auto& source) { return tableOf(source, progress); }, scenario.source);
    if (!table) return tl::unexpected(table.error());
    auto dataset = std::make_shared<data::Dataset>();
    dataset->table = *table;
    const DataChoices& choices = scenario.choices;
    dataset->roles = choices.target.empty() ? data::defaultRoles(**table) : data::Roles{choices.target, {}};
    if (!choices.features.empty()) dataset->roles.features = choices.features;
    dataset->rowFilter = choices.rowFilter;
    dataset->sample = choices.sample;
    dataset->asCategory = choices.asCategory;
    return dataset;
}

} // namespace orrery
