// The score over the proposals: of the board in hand and of the best so far.
#pragma once

#include "widgets/plot/plot.h"

#include <memory>

namespace orrery {
class Curve;
class Playhead;
class Trace;
} // namespace orrery

namespace orrery::boggleview {

class ScoreView final : public Plot {
    Q_OBJECT
  public:
    explicit ScoreView(QWidget* parent = nullptr);
    void setTrace(const std::shared_ptr<const Trace>& trace);
    void setNow(std::int64_t step);

  Q_SIGNALS:
    void stepRequested(std::int64_t step);

  private:
    void paintNames(QPainter& painter) const;

    Curve* m_now;
    Curve* m_best;
    Playhead* m_playhead;
    double m_step = 0.0; ///< shown now
    std::shared_ptr<const Trace> m_trace;
};

} // namespace orrery::boggleview
