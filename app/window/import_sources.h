// Between the import preview and the scenario: what was chosen there as a scenario's data, and back.
#pragma once

#include "app/scenario/scenario.h"
#include "widgets/data/import_loader.h"

namespace orrery {

/// `open`: where a set comes from that the preview did not read itself (built in, generated).
[[nodiscard]] ScenarioData scenarioDataOf(const data::Dataset& dataset, const ImportSource& source,
                                          const DataSource& open = {});
/// What the preview shows of a set that is open. Its table is not read again.
[[nodiscard]] ImportSource importSourceOf(const DataSource& source);

} // namespace orrery
