// The solver race: relative duality gap over iterations, seconds or floating-point operations.
#pragma once

#include "widgets/plot/plot.h"

#include <vector>

namespace orrery {
class LabelledLines;
} // namespace orrery

namespace orrery::lasso {

struct RaceRun {
    QString name;                   ///< "coordinate descent"
    std::vector<double> iterations; ///< one entry a sample, ascending
    std::vector<double> seconds;
    std::vector<double> flops;
    std::vector<double> relativeGap; ///< gap / null deviance; ≤ 0 is below the axis
};

enum class RaceCost { Iterations, Seconds, Flops };

class RaceView final : public Plot {
    Q_OBJECT

  public:
    explicit RaceView(QWidget* parent = nullptr);
    void setRuns(std::vector<RaceRun> runs);
    void setCost(RaceCost cost);
    [[nodiscard]] RaceCost cost() const { return m_cost; }
    void setHighlightedRun(int run); ///< −1: none

  Q_SIGNALS:
    void runClicked(int run);

  private:
    void rescale();
    [[nodiscard]] const std::vector<double>& along(const RaceRun& run) const;

    LabelledLines* m_lines;
    std::vector<RaceRun> m_runs;
    RaceCost m_cost = RaceCost::Iterations;
};

} // namespace orrery::lasso
