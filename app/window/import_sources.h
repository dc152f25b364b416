// Between the import preview and the scenario: what was chosen there as a scenario's data, and back.
#pragma once

#include "app/scenario/scenario.h"
#include "widgets/data/import_loader.h"

namespace orrery {

[[nodiscard]] ScenarioData scenarioDataOf(const data::Dataset& dataset, const ImportSource& source);

} // namespace orrery
