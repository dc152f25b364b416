// Coefficient paths: β over λ (decreasing to the right), ‖β‖₁ or the deviance explained. The brass line is λ;
// drag it.
#pragma once

#include "app/labs/lasso/views/path_data.h"
#include "widgets/plot/plot.h"

#include <memory>
#include <tuple>
#include <vector>

namespace orrery {
class EndLabels;
class Playhead;
} // namespace orrery

namespace orrery::lasso {

class PathBundle;

class PathView final : public Plot {
    Q_OBJECT

  public:
    explicit PathView(QWidget* parent = nullptr);

    void setPath(std::shared_ptr<const PathData> path);
    void setGhost(std::shared_ptr<const PathData> path); ///< the previous fit; nullptr: none
    void setAxis(PathAxis axis);
    [[nodiscard]] PathAxis axis() const { return m_axis; }
    void setLambda(double lambda);
    [[nodiscard]] double lambda() const { return m_lambda; }
    /// Columns that get the categorical colours, at most six. Without it: the first six that enter.
    void setFocusColumns(std::vector<int> columns);
    void setHighlightedColumn(int column); ///< −1: none
    /// "5 of 10 in the model at this λ", and shorter forms of it.
    [[nodiscard]] QString summary() const;
    [[nodiscard]] int categoryOf(int column) const; ///< −1: context

  Q_SIGNALS:
    void lambdaDragged(double lambda);
    void coefficientHovered(int column); ///< −1: none
    void coefficientClicked(int column);

  protected:
    void arrange() override;

  private:
    void rebuild();
    void placeNow();
    void labelEnds();
    void paintDots(QPainter& painter) const;
    void hoverAt(QPointF pixel);
    [[nodiscard]] int columnAt(QPointF pixel) const;
    void measureValues();
    [[nodiscard]] QCPRange valueRange() const;
    [[nodiscard]] std::optional<Readout> readoutAt(QPointF pixel) const;

    std::shared_ptr<const PathData> m_data, m_ghost;
    std::vector<double> m_positions; ///< x of the computed knots
    QCPRange m_along;                ///< of the horizontal axis when nobody has zoomed
    QCPRange m_values;               ///< of all coefficients, with 0
    std::vector<int> m_chosen, m_category;
    PathAxis m_axis = PathAxis::Lambda;
    double m_lambda = 0.0;
    double m_knot = 0.0;
    int m_highlighted = -1, m_hovered = -1;
    /// Column, category, whether it is in the model, value: of each label that is shown.
    std::vector<std::tuple<int, int, bool, double>> m_labelled;
    PathBundle* m_bundle;
    EndLabels* m_labels;
    Playhead* m_playhead;
};

} // namespace orrery::lasso
