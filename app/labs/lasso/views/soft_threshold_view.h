// What one coordinate update does: β = S(ρ, λα) / d over ρ, with this step's ρ and result in brass.
//
//   S(ρ, t) = sign(ρ) · max(|ρ| − t, 0)
#pragma once

#include "widgets/plot/plot.h"

namespace orrery::lasso {

struct SoftThreshold {
    double rho = 0.0;
    double threshold = 0.0;   ///< λα
    double denominator = 1.0; ///< ‖x_j‖²/n + λ(1 − α)
    QString name;             ///< of the coordinate: "s5"
    bool valid = false;       ///< false: this step moved no coordinate
    bool newton = false;      ///< it moved all active ones at once
    [[nodiscard]] double result() const;
};

class SoftThresholdView final : public Plot {
    Q_OBJECT

  public:
    explicit SoftThresholdView(QWidget* parent = nullptr);
    void setStep(const SoftThreshold& step);
    /// Largest |ρ| to be shown, so that the axes hold still over a run; 0: from the step.
    void setReach(double reach);
    /// "rho", "threshold", "result", or "" for none: the term that the why panel points at.
    void setHighlightedMark(const QString& mark);

  private:
    void rescale();
    void paintGround(QPainter& painter) const;
    void paintStep(QPainter& painter) const;
    void paintThresholds(QPainter& painter) const;
    void tag(QPainter& painter, QPointF centre, const QString& text, const QColor& color, bool strong) const;

    SoftThreshold m_step;
    double m_reach = 0.0;
    QString m_highlighted;
};

} // namespace orrery::lasso
