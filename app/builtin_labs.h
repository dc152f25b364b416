// The one list of labs, in menu order. A lab that is not here does not exist: static libraries drop object
// files that nothing names, so nothing registers itself.
#pragma once

#include "app/lab/lab.h"

#include <vector>

namespace orrery {

[[nodiscard]] const std::vector<LabInfo>& builtinLabs();
[[nodiscard]] const LabInfo* findLab(const QString& id);

} // namespace orrery
