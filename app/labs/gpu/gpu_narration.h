// What the why panel says of an event and of the layer in question.
#pragma once

#include "app/labs/gpu/gpu_pictures.h"
#include "widgets/narration/narration.h"

namespace orrery {

/// `layer`: index in the picture; −1: none.
[[nodiscard]] Narration narrateGpu(const runner::RunMoment& moment, const panel::RooflinePicture& picture,
                                   int layer);

} // namespace orrery
