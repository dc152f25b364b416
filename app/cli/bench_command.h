// `orrery bench startup|latency|watched|boggle [--json]`: what a user feels, measured in the program itself,
// offscreen.
//   startup   seconds from the start of the process to the first painted fit
//   latency   a solver plays as fast as it goes; how long a click waits for its answer (p50, p95, p99)
//   boggle    random boards a second; its own options, and only when named (bench boggle --help)
//   watched   the batch loop with publishing, over the plain loop, on the same path
#pragma once

#include <span>
#include <string>

namespace orrery {

/// Needs a QApplication. Figures go to standard output; 2 on a name that is not known.
int runBench(std::span<const std::string> arguments);

} // namespace orrery
