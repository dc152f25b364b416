// How long edits by hand take, from the hand to the painted picture of the fit that follows them.
#pragma once

#include <QElapsedTimer>
#include <cstddef>
#include <deque>
#include <vector>

namespace orrery {

class EditTimes {
  public:
    void begin(const QElapsedTimer& since) { m_begun.push_back(since); }
    /// The views have been given the oldest edit that they had not, or a newer one in its place.
    void shown();
    /// What the views had been given stands on the screen.
    void painted();
    void clear();
    /// The 95th percentile of the newest edits; 0 without any.
    [[nodiscard]] double seconds95() const;
    [[nodiscard]] std::size_t size() const { return m_seconds.size(); }

  private:
    std::deque<QElapsedTimer> m_begun, m_shown;
    std::deque<double> m_seconds;
};

} // namespace orrery
