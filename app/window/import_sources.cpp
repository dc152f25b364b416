#include "app/window/import_sources.h"

namespace orrery {

namespace {

ReadChoices readingOf(const data::ReadOptions& options) {
    ReadChoices reading;
    if (options.delimiter) reading.delimiter = QChar::fromLatin1(*options.delimiter);
    if (options.header == data::HeaderMode::Yes) reading.header = QStringLiteral("yes");
    if (options.header == data::HeaderMode::No) reading.header = QStringLiteral("no");
    return reading;
}

} // namespace

ImportSource importSourceOf(const DataSource& source) {
    ImportSource result;
    if (const auto* file = std::get_if<FileSource>(&source)) {
        result.path = file->path;
        result.table = file->table;
        result.query = file->query;
        result.options = readOptionsOf(file->reading);
    } else if (const auto* pasted = std::get_if<InlineSource>(&source)) {
        result.text = pasted->csv;
        result.options = readOptionsOf(pasted->reading);
    }
    return result;
}

ScenarioData scenarioDataOf(const data::Dataset& dataset, const ImportSource& source,
                            const DataSource& open) {
    ScenarioData data;
    if (source.isMade())
        data.source = open;
    else if (source.isPasted())
        data.source = InlineSource{source.title(), source.text, readingOf(source.options)};
    else
        data.source = FileSource{source.path, source.table, source.query, readingOf(source.options)};
    data.choices = {dataset.roles.target, dataset.roles.features, dataset.rowFilter, dataset.sample,
                    dataset.asCategory};
    return data;
}

} // namespace orrery
