// One run under another: which point of the other run stands beside the one in focus, and layer by layer how
// much faster this one is. The other run is a recording, or what this run measured before (another variant).
#pragma once

#include "app/labs/gpu/gpu_pictures.h"

namespace orrery::panel {

/// What stands beside the point in focus.
struct Beside {
    const runner::RunMoment* moment = nullptr;
    const runner::BenchPoint* point = nullptr; ///< with layers; null: nothing
    QString name;                              ///< of the device, or of the variant
};

/// Of the same model where there is one, then nearest in batch, then newest. `focus` may be null.
[[nodiscard]] Beside besideOf(const runner::RunMoment& moment, const runner::BenchPoint* focus,
                              const Comparison& comparison);

/// The same layer by its name, and how much faster it is now, an item.
void linkLayers(RooflinePicture& now, const RooflinePicture& other);

} // namespace orrery::panel
