// `orrery-gpu info | ceilings | bench | check | run | serve`. Results go to standard output, progress and
// errors to standard error. Bad input: one line, exit code 2; a check that fails: exit code 1.
#pragma once

namespace orrery::gpu {

int runCommandLine(int argc, char** argv);

} // namespace orrery::gpu
