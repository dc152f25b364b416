// Steps per second turned into "how many are due now". Speed is in steps a second, never bound to frames;
// a solver or a listener that cannot keep up slows the clock down and is never made to catch up in a burst.
#pragma once

#include "core/session/transport.h"

#include <chrono>

namespace orrery {

class Pacer {
  public:
    using Clock = std::chrono::steady_clock;

    void setRate(double stepsPerSecond);
    [[nodiscard]] double rate() const { return m_rate; }
    /// Counts from now on.
    void restart(Clock::time_point now);
    /// Steps due at `now` and not yet spent.
    [[nodiscard]] std::int64_t due(Clock::time_point now) const;
    void spend(std::int64_t steps, Clock::time_point now);
    /// When the next step will be due.
    [[nodiscard]] Clock::time_point nextDue() const;

  private:
    double m_rate = 30.0;
    Clock::time_point m_start{};
    std::int64_t m_spent = 0;
};

} // namespace orrery
