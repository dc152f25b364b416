// Latency over the arrival rate of a queue that forms batches, as it follows from the measured latencies; the
// rate in question is a line in brass that can be dragged.
#pragma once

#include "app/labs/gpu/batch_queue.h"
#include "widgets/plot/labelled_lines.h"
#include "widgets/plot/plot.h"

namespace orrery {
class Playhead;
}

namespace orrery::panel {

struct QueuePicture {
    std::vector<QueueResult> sweep; ///< ascending arrival rate
    QueueResult now;
    double capacity = 0; ///< requests a second
    double limitMs = 0;  ///< of MLPerf; 0: none
};

class QueueView final : public Plot {
    Q_OBJECT

  public:
    explicit QueueView(QWidget* parent = nullptr);
    void setPicture(QueuePicture picture);
    [[nodiscard]] const QueuePicture& picture() const { return m_picture; }
    [[nodiscard]] QString summary() const;

  Q_SIGNALS:
    void loadChosen(double share); ///< of the capacity

  private:
    void paintMarks(QPainter& painter) const;
    [[nodiscard]] QString mostInWords() const;
    [[nodiscard]] QRectF mostBox() const; ///< at the left of its line: at the right the curves go up

    QueuePicture m_picture;
    LabelledLines* m_lines;
    Playhead* m_now;
};

} // namespace orrery::panel
