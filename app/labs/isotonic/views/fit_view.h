// The points and the step function that is fitted to them, block by block.
//
// In brass: the two blocks that this step compared, as they were, and what became of them; their members are
// ringed. Solid is the fit so far, dotted where it will end, thin grey the fit before the last edit. Points
// can be dragged; Shift and a click adds one, Delete takes away the chosen one.
#pragma once

#include "app/labs/isotonic/views/fit_moment.h"
#include "widgets/plot/plot.h"

#include <QVariantAnimation>

namespace orrery {
class PointGrip;
class RasterScatter;
} // namespace orrery

namespace orrery::isotone {

class DensityLayer;
struct DensityPicture;
struct StepMarks;

/// Rows as points; beyond kManyRows they come as a density.
struct FitPoints {
    std::vector<double> x, y, weight; ///< a row each; weight empty: all 1
    std::vector<std::uint32_t> point; ///< of the problem, a row each; empty: the same index
    double largestWeight = 1.0;
    QCPRange rangeX{0, 1}, rangeY{0, 1}; ///< of all rows
    std::size_t total = 0;               ///< rows in all; more than x.size() where only a density is drawn
};
inline constexpr std::size_t kManyRows = 100'000; ///< beyond this: a density and an envelope
inline constexpr std::size_t kFewRows = 1500;     ///< up to this each point is a mark of its own
inline constexpr std::size_t kMostEditable = 5000;

class FitView final : public Plot {
    Q_OBJECT

  public:
    explicit FitView(QWidget* parent = nullptr);
    void setNames(const QString& x, const QString& y);
    /// A new run. `keepGhost`: the fit so far stays as a ghost.
    void setPoints(std::shared_ptr<const FitPoints> points, bool keepGhost);
    void setMoment(const FitMoment& moment);
    /// For many rows: the density of what is in sight.
    void setDensity(std::shared_ptr<const DensityPicture> density);
    void setHoveredPoint(int point); ///< of the problem; its block is marked; −1: none
    void setMarkedRows(const std::vector<int>& rows);
    /// "left", "right", "result" or "" for none.
    void setHighlightedMark(const QString& mark);
    void setAnimated(bool on) { m_mayAnimate = on; }
    [[nodiscard]] int chosenRow() const { return m_chosen; }
    [[nodiscard]] QString summary() const;
    [[nodiscard]] bool isEditable() const;
    /// Rows that are drawn as marks rather than as a density.
    [[nodiscard]] std::size_t exactRows() const;
    [[nodiscard]] QPointF rowPixel(std::size_t row) const;
    /// What is in sight: a cloud of many rows is counted for it.
    [[nodiscard]] QCPRange sightX() const { return xAxis->range(); }
    [[nodiscard]] QCPRange sightY() const { return yAxis->range(); }
    [[nodiscard]] QSize sightPixels() const;
    /// Rows and position of the chosen row move with the pointer until the next run is shown.
    void previewRow(int row, QPointF position);

  Q_SIGNALS:
    void pointHovered(int point); ///< of the problem; −1: none
    void rowDragged(int row, double x, double y, bool stillDragging);
    void rowAdded(double x, double y);
    void rowRemoved(int row);
    void rowChosen(int row); ///< −1: none
    void sightChanged();

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void linkPointer();
    void rescale();
    void animate(std::int64_t before);
    void paintFit(QPainter& painter) const;
    void paintStems(QPainter& painter) const;
    void paintPoints(QPainter& painter) const;
    void paintStep(QPainter& painter) const;
    void paintLevel(QPainter& painter, const isotonic::Block& block, double value, const QPen& pen) const;
    void paintValues(QPainter& painter, const StepMarks& marks) const;
    void paintMembers(QPainter& painter, const isotonic::Block& block) const;
    void chooseRow(int row);
    void moveChosen(QPointF byPixels);
    [[nodiscard]] int rowAt(QPointF pixel) const;
    [[nodiscard]] std::uint32_t pointOf(std::size_t row) const;
    [[nodiscard]] double markRadius(std::size_t row) const;
    [[nodiscard]] std::optional<Readout> readoutAt(QPointF pixel) const;
    [[nodiscard]] bool showsMarks() const {
        return m_points && m_points->x.size() == m_points->total && m_points->total <= kFewRows;
    }

    std::shared_ptr<const FitPoints> m_points;
    FitMoment m_moment;
    BlockColors m_colors;
    BlocksPointer m_ghost;
    std::shared_ptr<const isotonic::IsotonicProblem> m_ghostProblem;
    QString m_xName, m_yName;
    DensityLayer* m_density;
    RasterScatter* m_scatter;
    PointGrip* m_grip;
    QVariantAnimation m_motion;
    std::vector<int> m_marked;
    QString m_highlighted;
    int m_hovered = -1;
    int m_chosen = -1;
    std::optional<QPointF> m_preview; ///< of the chosen row, in data
    bool m_dragging = false;
    bool m_mayAnimate = true;
};

} // namespace orrery::isotone
