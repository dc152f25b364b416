// The move of the working pair: the box [0, C_i] × [0, C_j], the line s_i α_i + s_j α_j = const on which the
// constraint holds, where the pair was, where it would have gone without its box, and where it went.
#pragma once

#include "widgets/plot/plot.h"

namespace orrery::svmview {

struct PairPicture {
    QString first, second; ///< numbers of the points
    double upperFirst = 1.0, upperSecond = 1.0;
    int slope = 1;               ///< of the line, dα_j / dα_i: −s_i s_j
    QPointF before, free, after; ///< (α_i, α_j)
    bool clipped = false;
    bool valid = false;
};

class PairView final : public Plot {
    Q_OBJECT

  public:
    explicit PairView(QWidget* parent = nullptr);
    void setPicture(const PairPicture& picture);
    [[nodiscard]] const PairPicture& picture() const { return m_picture; }
    void setHighlightedMark(const QString& mark);
    [[nodiscard]] QString summary() const;

  private:
    void paintBox(QPainter& painter) const;
    void paintMove(QPainter& painter) const;
    void paintLabels(QPainter& painter) const;
    [[nodiscard]] QPointF pixelOf(QPointF alpha) const { return toPixel(alpha.x(), alpha.y()); }

    PairPicture m_picture;
    QString m_highlighted;
};

} // namespace orrery::svmview
