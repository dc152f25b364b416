// How densely keyframes may lie: copying them costs at most a fixed share of the solver's own time.
//
// The spacing to begin with comes from one timed copy. A copy that is kept costs more than one that is thrown
// away (fresh memory), and states grow as a run goes on, so every copy that is kept is timed as well; once
// they have cost more than their share the grid is to be made coarser.
#pragma once

#include <cstdint>

namespace orrery {

class KeyframePace {
  public:
    /// Before so much solver time the first steps are not believed, and no keyframe is due.
    static constexpr double kWarmUpSeconds = 1e-3;
    static constexpr std::int64_t kUncalibrated = std::int64_t{1} << 40; ///< spacing until then

    [[nodiscard]] bool isCalibrated() const { return m_copySeconds > 0.0; }
    /// The spacing to begin with.
    std::int64_t calibrate(double copySeconds, double stepSeconds);
    /// Books a copy that was kept, `solverSeconds` into the run. True: double the spacing.
    [[nodiscard]] bool isTooDense(double copySeconds, double solverSeconds);
    [[nodiscard]] double spentSeconds() const { return m_spentSeconds; } ///< on copies that were kept

  private:
    double m_copySeconds = 0.0; ///< of a usual copy
    double m_spentSeconds = 0.0;
    double m_charged = 0.0; ///< of the copies that are still kept
};

} // namespace orrery
