// The decision surface behind the points: two soft tints that meet at the paper's colour where f is 0, or one
// a class. On paper it is rectangles, a few hundred of them, since a vector picture holds no raster.
#pragma once

#include "app/labs/svm/views/plane_picture.h"
#include "widgets/plot/plot_piece.h"

#include <QImage>
#include <functional>

namespace orrery::svmview {

class SurfaceLayer final : public PlotPiece {
    Q_OBJECT

  public:
    using PlotPiece::PlotPiece;
    /// Null: none. Stays where its data are when the view moves, until the next one comes.
    void setPicture(std::shared_ptr<const PlanePicture> picture);
    void setProbability(std::function<double(double)> ofDecision);
    void paint(QPainter& painter) override;

  private:
    [[nodiscard]] QRgb colorOf(double value, double certainty) const;
    /// P of the likeliest class at a place; 1 where it was not asked for.
    [[nodiscard]] double certaintyAt(int column, int row) const;
    [[nodiscard]] double depthOf(double value) const; ///< −1 … 1
    [[nodiscard]] QRectF pixelRect() const;
    void makeImage();
    void paintRectangles(QPainter& painter) const;

    std::shared_ptr<const PlanePicture> m_picture;
    std::function<double(double)> m_probability; ///< of f; none: the tint follows f itself
    QImage m_image;
    std::optional<Theme> m_imageTheme;
};

} // namespace orrery::svmview
