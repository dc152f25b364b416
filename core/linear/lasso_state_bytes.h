// Bytes that a LASSO solver's state owns, for the memory budget of its keyframes. Points of the path are
// shared between states and counted as a pointer each.
#pragma once

#include "core/linear/any_lasso_solver.h"

namespace orrery::linear {

[[nodiscard]] std::size_t stateBytes(const AnyLassoSolver::State& state);

} // namespace orrery::linear
