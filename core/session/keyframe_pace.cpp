#include "core/session/keyframe_pace.h"

#include <algorithm>

namespace orrery {

namespace {
constexpr double kShare = 0.015;        ///< of the solver's time may go into keyframes
constexpr double kLeastSeconds = 50e-6; ///< between two keyframes: to step again as long is not felt
constexpr double kOutlier = 8.0;        ///< usual copies; a thread that was put to sleep took no longer copy
constexpr double kMemory = 0.9;         ///< of the running mean
constexpr double kWidest = 1 << 20;     ///< steps
} // namespace

std::int64_t KeyframePace::calibrate(double copySeconds, double stepSeconds) {
    m_copySeconds = std::max(copySeconds, 1e-9);
    const double apart = std::max(m_copySeconds / kShare, kLeastSeconds);
    return static_cast<std::int64_t>(std::clamp(apart / std::max(stepSeconds, 1e-9), 1.0, kWidest));
}

bool KeyframePace::isTooDense(double copySeconds, double solverSeconds) {
    const double charge = std::min(copySeconds, kOutlier * m_copySeconds);
    m_copySeconds = kMemory * m_copySeconds + (1.0 - kMemory) * charge;
    m_spentSeconds += copySeconds;
    m_charged += charge;
    if (m_charged <= kShare * solverSeconds) return false;
    m_charged *= 0.5; // every second one is dropped
    return true;
}

} // namespace orrery
