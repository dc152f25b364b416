// What others have published, drawn dashed beside what was measured. Never measured here; each line says
// where.
#pragma once

#include "widgets/plot/labelled_lines.h"

#include <string>
#include <vector>

namespace orrery::panel {

/// TFLOP/s over batch on an A100 in fp16. Empty for a model that nobody has published.
[[nodiscard]] std::vector<LabelledLine> publishedSpeeds(const std::string& model,
                                                        std::int64_t sequenceLength);

/// Latency limit of the MLPerf Inference server scenario, ms; 0 where there is none.
[[nodiscard]] double serverLimitMs(const std::string& model);

} // namespace orrery::panel
