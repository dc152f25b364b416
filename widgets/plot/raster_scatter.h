// A scatter of any size. Up to `kExactPoints` marks are drawn one by one; beyond that the points are counted
// into one raster layer, a stamp of the mark a point, and the opacity follows the count: a dense cloud shows
// its density instead of a blot, and costs O(n · stamp) once a view instead of n strokes a frame.
#pragma once

#include "widgets/plot/plot_piece.h"
#include "widgets/plot/strokes.h"

#include <QImage>
#include <map>
#include <tuple>

namespace orrery {

class RasterScatter final : public PlotPiece {
    Q_OBJECT

  public:
    static constexpr std::size_t kExactPoints = 5000;

    explicit RasterScatter(Plot* plot);
    /// `category` is empty (all of the first) or one index a point into the categorical colours.
    void setData(std::vector<double> x, std::vector<double> y, std::vector<std::uint8_t> category = {});
    /// Rows drawn as rings on top: a brushed subset.
    void setHighlighted(std::vector<int> rows);
    [[nodiscard]] const std::vector<int>& highlighted() const { return m_highlighted; }
    void setRingColor(ColorOf color);
    [[nodiscard]] std::size_t size() const { return m_x.size(); }

    void paint(QPainter& painter) override;
    /// The row whose mark is nearest, within `reach` pixels; −1: none.
    [[nodiscard]] int nearest(QPointF pixel, double reach = 12.0) const;
    /// Rows inside a polygon of pixels, ascending.
    [[nodiscard]] std::vector<int> inside(const QPolygonF& pixels) const;

  private:
    void paintExact(QPainter& painter);
    const QImage& stamp(QRgb color, int phaseX, int phaseY);
    void paintDense(QPainter& painter);
    void paintRings(QPainter& painter) const;
    [[nodiscard]] double radius() const;

    struct Key { ///< what the raster depends on
        AxisMap x, y;
        QRectF area;
        double ratio = 0.0, radius = 0.0;
        QRgb first = 0;
        friend bool operator==(const Key&, const Key&) = default;
    };

    std::vector<double> m_x, m_y;
    std::vector<std::uint8_t> m_category;
    std::vector<int> m_highlighted;
    ColorOf m_ringColor;
    QImage m_image;
    Key m_key;
    std::map<std::tuple<QRgb, int>, QImage> m_stamps; ///< by colour and place within a device pixel
    std::pair<double, double> m_stampSize{};          ///< radius and ratio of the stamps
};

} // namespace orrery
