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

ScenarioData scenarioDataOf(const data::Dataset& dataset, const ImportSource& source) {
    ScenarioData data;
    if (source.isPasted())
        data.source = InlineSource{source.title(), source.text, readingOf(source.options)};
    else
        data.source = FileSource{source.path, source.table, source.query, readingOf(source.options)};
    data.choices = {dataset.roles.target, dataset.roles.features, dataset.rowFilter, dataset.sample, dataset.asCategory};
    return data;
}

} // namespace orrery
