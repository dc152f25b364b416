// `orrery [FILE] [--theme T] [--present] [--scene ID]` opens the window; `orrery solve|render|bench|list …`
// is headless. Results go to standard output, progress and errors to standard error. Bad input: one line,
// exit code 2.
#pragma once

namespace orrery {

int runCommandLine(int argc, char** argv);

} // namespace orrery
