// The protocol over standard input and output: one JSON request a line in, one JSON event a line out, the log
// on standard error. `hello` comes first. Requests run one after the other; `cancel` is heard while one runs.
// The end of the input means: finish what was asked, then exit with 0.
#pragma once

#include "gpu/runner/identity.h"

#include <iosfwd>

namespace orrery::gpu {

int serve(std::istream& in, std::ostream& out, const Identity& identity);

} // namespace orrery::gpu
