#include "core/linear/lasso_state_bytes.h"

namespace orrery::linear {

namespace {

template <class T>
std::size_t owned(const std::vector<T>& v) {
    return v.size() * sizeof(T);
}
std::size_t owned(const Eigen::VectorXd& v) {
    return static_cast<std::size_t>(v.size()) * sizeof(double);
}

std::size_t owned(const LassoIterate& it) {
    return owned(it.beta) + owned(it.residual) + owned(it.correlation) + owned(it.path);
}

std::size_t owned(const CoordinateDescentState& s) {
    return owned(s.working) + owned(s.value) + owned(s.gradient) + owned(s.residual) + owned(s.correlation) +
           owned(s.candidates) + owned(s.factor.operations) + owned(s.path) + s.looks.bytes();
}

// The other solvers keep a few more vectors of n or p beside the iterate.
template <class State>
std::size_t owned(const State& s) {
    return 3 * owned(s.iterate);
}

} // namespace

std::size_t stateBytes(const AnyLassoSolver::State& state) {
    return sizeof(state) + std::visit([](const auto& s) { return owned(s); }, state);
}

} // namespace orrery::linear
