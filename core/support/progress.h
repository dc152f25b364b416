// How a long job reports and is stopped. Free of Qt; safe from any thread.
#pragma once

#include <atomic>
#include <cstdint>

namespace orrery {

/// Shared between the job and whoever watches it.
class Progress {
  public:
    void setFraction(double fraction) { m_fraction.store(fraction, std::memory_order_relaxed); }
    [[nodiscard]] double fraction() const { return m_fraction.load(std::memory_order_relaxed); }
    void cancel() { m_cancelled.store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool isCancelled() const { return m_cancelled.load(std::memory_order_relaxed); }

  private:
    std::atomic<double> m_fraction{0.0};
    std::atomic<bool> m_cancelled{false};
};

} // namespace orrery
