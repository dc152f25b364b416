// The plane: the canvas of points over the decision surface, with the boundary f = 0 as a line of its own,
// the margins f = ±1 dashed, the support vectors ringed (round: free, square: at the bound C; the size
// follows α), a bar at each slack ξ, and in brass the two points that this step moved. Thin grey is the
// boundary before the last edit. Regression: the curve and its tube.
#pragma once

#include "app/labs/svm/views/plane_picture.h"
#include "widgets/canvas/point_canvas.h"

namespace orrery::svmview {

class SurfaceLayer;

class PlaneView final : public PointCanvas {
    Q_OBJECT

  public:
    explicit PlaneView(QWidget* parent = nullptr);
    void setNames(const QString& x, const QString& y, const QStringList& classes);
    /// Ranges of the points, with some room; `keepSight`: not moved while points are edited.
    void frame(bool equalAspect, bool keepSight);
    void setPicture(std::shared_ptr<const PlanePicture> picture);
    /// The boundary that is shown now stays as a ghost.
    void keepGhost();
    void dropGhost();
    /// From f to the probability of the class of f > 0, which the tint shows then; none: it shows f.
    void setProbability(std::function<double(double)> ofDecision);
    /// "first", "second", "margin" or "" for none.
    void setHighlightedMark(const QString& mark);
    [[nodiscard]] const PlanePicture* picture() const { return m_picture.get(); }
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QSize sightPixels() const;
    /// Ranges and area as they will be drawn.
    void settleSight();
    void setTheme(const Theme& theme) override;

  Q_SIGNALS:
    void sightChanged();

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void paintLines(QPainter& painter) const;
    void paintSlacks(QPainter& painter) const;
    void paintRings(QPainter& painter) const;
    void paintPair(QPainter& painter) const;
    [[nodiscard]] QRectF legendBox(QSizeF size);
    void paintClasses(QPainter& painter);
    void paintPairLabels(QPainter& painter, QPointF a, QPointF b) const;
    [[nodiscard]] double
    tubeEdge(const PlanePoint& point) const; ///< y of the side of the tube that it is beyond
    void strokeData(QPainter& painter, const std::vector<QPolygonF>& lines, const QPen& pen) const;
    [[nodiscard]] QPointF placeOf(std::size_t row) const;
    [[nodiscard]] double ringRadius(const PlanePoint& point) const;
    [[nodiscard]] bool showsEachPoint() const;
    [[nodiscard]] bool coversLines() const;
    [[nodiscard]] std::optional<Readout> readoutAt(QPointF pixel) const;

    SurfaceLayer* m_surface;
    std::shared_ptr<const PlanePicture> m_picture;
    std::vector<QPolygonF> m_ghost;
    QStringList m_classes;
    QString m_highlighted;
    std::function<double(double)> m_probability;
    bool m_sightKnown = false;
    int m_legendCorner = 0; ///< bit 0: right, bit 1: below
};

} // namespace orrery::svmview
