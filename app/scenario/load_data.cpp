#include "app/scenario/scenario.h"
#include "core/data/builtins.h"
#include "core/data/generators.h"
#include "core/data/readers.h"

namespace orrery {

namespace {

using data::TableResult;

TableResult tableOf(const BuiltinSource& source, Progress&) { return data::loadBuiltin(source.id.toStdString()); }
TableResult tableOf(const FileSource& source, Progress& progress) {
    return data::readFile(source.path.toStdString(), {}, progress);
}
TableResult tableOf(const GeneratorSource& source, Progress&) {
    return data::generate(source.id.toStdString(), source.values, source.seed);
}
TableResult tableOf(const InlineSource& source, Progress&) {
    return data::readText(source.csv.toStdString(), source.name.toStdString());
}

} // namespace

Expected<std::shared_ptr<const data::Dataset>> loadData(const ScenarioData& scenario, Progress& progress) {
    TableResult table = std::visit([&](const auto& source) { return tableOf(source, progress); }, scenario.source);
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
