// What the views of the GPU lab show, as tables (CSV) for export: a heading with units in the names, a line a
// row.
#pragma once

#include "app/labs/gpu/batch_queue.h"
#include "app/labs/gpu/gpu_pictures.h"

namespace orrery::panel {

/// A layer a line; two columns more where another run stands beside this one.
[[nodiscard]] QString csvOfLayers(const RooflinePicture& picture);
[[nodiscard]] QString csvOfTrack(const runner::Track& track); ///< a sample a line
[[nodiscard]] QString csvOfTricks(const TricksPicture& picture);
[[nodiscard]] QString csvOfQueue(const std::vector<QueueResult>& sweep); ///< an arrival rate a line
/// The candidates of the newest question, best first.
[[nodiscard]] QString csvOfAnswers(const runner::RunMoment& moment);

} // namespace orrery::panel
