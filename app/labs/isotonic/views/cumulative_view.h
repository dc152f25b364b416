// The cumulative-sum diagram and its greatest convex minorant, tightening as blocks are pooled: a block is a
// chord, its slope the fitted value. For a decreasing fit it is the least concave majorant.
#pragma once

#include "app/labs/isotonic/views/fit_moment.h"
#include "widgets/plot/plot.h"

namespace orrery::isotone {

class CumulativeView final : public Plot {
    Q_OBJECT

  public:
    explicit CumulativeView(QWidget* parent = nullptr);
    void setMoment(const FitMoment& moment);
    /// Less the mean times W: the same minorant, tilted so that it can be seen.
    void setCentred(bool centred);
    void setHoveredPoint(int point);
    void setHighlightedMark(const QString& mark); ///< "left", "right", "result" or ""
    [[nodiscard]] QString summary() const;

  Q_SIGNALS:
    void pointHovered(int point); ///< −1: none

  private:
    void rescale();
    void sample();
    void paintDiagram(QPainter& painter) const;
    void paintMinorant(QPainter& painter) const;
    void paintStep(QPainter& painter) const;
    void paintChord(QPainter& painter, const isotonic::Block& block, const QPen& pen) const;
    [[nodiscard]] std::vector<QPolygonF> outline(const Blocks& blocks) const;
    [[nodiscard]] QPointF at(std::size_t points) const; ///< data: (W, S) after so many points
    [[nodiscard]] bool hasMinorant() const;
    [[nodiscard]] std::optional<Readout> readoutAt(QPointF pixel) const;
    [[nodiscard]] int pointAt(double weight) const;

    FitMoment m_moment;
    BlockColors m_colors;
    std::vector<double> m_w, m_s; ///< of the diagram, as far as it is in sight
    std::size_t m_stride = 1;     ///< points between two entries
    double m_slope = 0.0;         ///< taken away from S, a unit of W
    bool m_centred = true;
    int m_hovered = -1;
    QString m_highlighted;
};

} // namespace orrery::isotone
