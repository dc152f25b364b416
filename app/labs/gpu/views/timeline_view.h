// The kernels of one forward on a line, a line a variant: blocks are kernels, coloured by what they compute,
// and what is empty between them is time in which nothing runs. Before and after fusion and one graph, on the
// same axis.
#pragma once

#include "app/labs/gpu/gpu_pictures.h"
#include "widgets/plot/plot.h"

namespace orrery::panel {

class TimelineView final : public Plot {
    Q_OBJECT

  public:
    explicit TimelineView(QWidget* parent = nullptr);
    void setPicture(TimelinePicture picture);
    [[nodiscard]] const TimelinePicture& picture() const { return m_picture; }

  private:
    void paintLines(QPainter& painter) const;
    void paintNames(QPainter& painter) const;
    [[nodiscard]] QRectF blockOf(std::size_t line, const TimelineSpan& span) const;
    [[nodiscard]] std::optional<Readout> readoutAt(QPointF pixel) const;

    TimelinePicture m_picture;
    double m_unit = 1; ///< µs of 1 on the axis
};

} // namespace orrery::panel
