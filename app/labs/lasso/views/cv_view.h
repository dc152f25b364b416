// Cross-validation: mean error over log₁₀ λ with ±1 SE, the λ of the smallest mean and the largest λ within
// one standard error of it. The brass line is λ; drag it.
#pragma once

#include "widgets/plot/plot.h"

#include <vector>

namespace orrery {
class Band;
class Curve;
class Playhead;
} // namespace orrery

namespace orrery::lasso {

struct CvCurve {
    std::vector<double> lambdas; ///< decreasing, > 0
    std::vector<double> mean;    ///< mean over folds of the squared error
    std::vector<double> standardError;
    int best = -1;  ///< index of the smallest mean; −1: not known yet
    int oneSe = -1; ///< index of the largest λ within one SE of it
    int folds = 0;
};

class CvView final : public Plot {
    Q_OBJECT

  public:
    explicit CvView(QWidget* parent = nullptr);
    void setCurve(const CvCurve& curve);
    void setGhost(const CvCurve& curve); ///< the previous fit
    void setLambda(double lambda);
    [[nodiscard]] QString summary() const; ///< "10 folds, ±1 SE"
    /// Boxes of the two labels; valid after a layout. For tests and for whoever must keep clear of them.
    [[nodiscard]] std::vector<QRectF> labelBoxes() const;

  Q_SIGNALS:
    void lambdaDragged(double lambda);

  private:
    [[nodiscard]] std::size_t nearestTo(double logLambda) const;
    struct Label {
        QString text;
        QPointF anchor; ///< in data
        MarkShape shape = MarkShape::Disc;
    };
    [[nodiscard]] std::vector<Label> labels() const;
    void paintMarks(QPainter& painter) const;

    CvCurve m_curve;
    std::vector<double> m_log; ///< log₁₀ λ
    Band* m_band;
    Curve* m_ghost;
    Curve* m_mean;
    Playhead* m_playhead;
};

} // namespace orrery::lasso
