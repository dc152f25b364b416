#include "core/session/pacer.h"

#include <algorithm>
#include <cmath>

namespace orrery {

namespace {
constexpr std::int64_t kPlenty = std::int64_t{1} << 40;
constexpr double kMaxLagSeconds = 0.1;
} // namespace

void Pacer::setRate(double stepsPerSecond) {
    m_rate = std::max(stepsPerSecond, 0.01);
}

void Pacer::restart(Clock::time_point now) {
    m_start = now;
    m_spent = 0;
}

std::int64_t Pacer::due(Clock::time_point now) const {
    if (std::isinf(m_rate)) return kPlenty;
    const double elapsed = std::chrono::duration<double>(now - m_start).count();
    return std::max<std::int64_t>(static_cast<std::int64_t>(elapsed * m_rate) - m_spent, 0);
}

void Pacer::spend(std::int64_t steps, Clock::time_point now) {
    m_spent += steps;
    if (std::isinf(m_rate)) return;
    const double behind = static_cast<double>(due(now)) / m_rate;
    if (behind > kMaxLagSeconds) restart(now);
}

Pacer::Clock::time_point Pacer::nextDue() const {
    if (std::isinf(m_rate)) return m_start;
    const double seconds = static_cast<double>(m_spent + 1) / m_rate;
    return m_start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

} // namespace orrery
