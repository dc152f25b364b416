// Who did what when: a row a thread, a bar a task, in the order of the clock. What has happened is in the
// thread's colour, what is to come in grey; brass is now.
#pragma once

#include "widgets/plot/plot.h"

namespace orrery {
class Playhead;
} // namespace orrery

namespace orrery::boggleview {

struct GanttBar {
    int thread = 0;
    double begin = 0.0; ///< seconds
    double end = 0.0;
    QString text; ///< of the read-out
};

class GanttView final : public Plot {
    Q_OBJECT
  public:
    explicit GanttView(QWidget* parent = nullptr);
    /// `split`: seconds in which one thread cut the work into tasks.
    void setBars(std::vector<GanttBar> bars, int threads, double split);
    [[nodiscard]] const std::vector<GanttBar>& bars() const { return m_bars; }
    void setNow(double seconds);

  private:
    void paintBars(QPainter& painter) const;
    [[nodiscard]] QRectF rectOf(const GanttBar& bar) const;
    [[nodiscard]] std::optional<Readout> readoutAt(QPointF pixel) const;

    std::vector<GanttBar> m_bars;
    double m_split = 0.0;
    double m_now = 0.0;
    double m_unit = 1.0; ///< seconds of one on the axis
    int m_threads = 1;
    Playhead* m_playhead;
};

} // namespace orrery::boggleview
