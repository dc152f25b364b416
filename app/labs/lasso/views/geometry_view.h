// Two coefficients: contours of the loss ½(β − β̂)ᵀH(β − β̂), the ball of the penalty, and the iterates on
// their way to where the two touch.
#pragma once

#include "widgets/plot/plot.h"

#include <array>
#include <vector>

namespace orrery::lasso {

enum class BallKind { L0, L1, L2, Lq };

struct PenaltyGeometry {
    std::array<double, 4> hessian{1, 0, 0, 1}; ///< H, 2 × 2, row by row, positive definite
    QPointF optimum;                           ///< β̂, least squares
    QPointF solution;                          ///< β(λ)
    BallKind ball = BallKind::L1;
    double q = 0.5;                ///< exponent of Lq
    double radius = 0.0;           ///< ‖β(λ)‖ in the norm of the ball; unused by L0
    std::vector<QPointF> iterates; ///< β of every step so far
    std::array<QString, 2> names;  ///< of the two columns
    bool valid = false;

    [[nodiscard]] double loss(QPointF beta) const;
};

/// The contour loss = level: an ellipse around the optimum, closed.
[[nodiscard]] QPolygonF lossContour(const PenaltyGeometry& geometry, double level, int points = 160);
/// The boundary of the ball, closed; L0 with one coefficient: the two axes, as one polyline each.
[[nodiscard]] std::vector<QPolygonF> ballOutline(const PenaltyGeometry& geometry, double reach);

class GeometryView final : public Plot {
    Q_OBJECT

  public:
    explicit GeometryView(QWidget* parent = nullptr);
    void setPenaltyGeometry(const PenaltyGeometry& geometry);
    /// "ball", "contour", "least squares", "solution", or "" for none.
    void setHighlightedMark(const QString& mark);

  private:
    [[nodiscard]] QPolygonF pixels(const QPolygonF& line) const;
    void paintContours(QPainter& painter) const;
    void paintBall(QPainter& painter) const;
    void paintWalk(QPainter& painter) const;
    void paintLabels(QPainter& painter, QPointF optimum, QPointF solution) const;

    PenaltyGeometry m_geometry;
    QString m_highlighted;
};

} // namespace orrery::lasso
