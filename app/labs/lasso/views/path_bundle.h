// All coefficient paths as one piece: solid up to the playhead, dotted beyond it.
//
// Each look is drawn once into an image, when it is first seen; the playhead only chooses how much of each is
// shown, so that dragging λ costs two copies however many coefficients there are. On paper the paths are
// drawn as vectors.
#pragma once

#include "app/labs/lasso/views/path_geometry.h"
#include "widgets/plot/plot_piece.h"

#include <QImage>
#include <memory>

namespace orrery::lasso {

class PathBundle final : public PlotPiece {
    Q_OBJECT

  public:
    using PlotPiece::PlotPiece;
    /// `category`: the colour of data->active[i], −1 for context.
    void setData(std::shared_ptr<const PathData> data, PathAxis axis, std::vector<int> category);
    void setGhost(std::shared_ptr<const PathData> data);
    void setNow(double x);
    void setHighlighted(int column); ///< −1: none
    void paint(QPainter& painter) override;
    /// The playhead moves with every frame of a run: axes and labels are not drawn anew for it.
    [[nodiscard]] bool isOverlay() const override { return true; }

  private:
    enum class Look { Past, Future };
    struct Path {
        DrawnColumn drawn;
        int column = -1;
        int category = -1;
    };
    struct Key {
        AxisMap x, y;
        QRectF area;
        double ratio = 0.0;
        Theme theme;
        friend bool operator==(const Key&, const Key&) = default;
    };

    void drawPaths(QPainter& painter, Look look) const;
    void drawGhost(QPainter& painter) const;
    [[nodiscard]] QPen penOf(const Path& path, Look look) const;
    [[nodiscard]] QPen plainPenOf(const Path& path, Look look) const;
    [[nodiscard]] QImage imageOf(Look look) const;
    [[nodiscard]] QRectF half(Look look) const;
    [[nodiscard]] double contextWidth() const;
    [[nodiscard]] bool isSeen(Look look) const;
    void rebuildGhost();
    void forgetImages();

    std::shared_ptr<const PathData> m_ghostData;
    std::vector<Path> m_paths;
    std::vector<DrawnColumn> m_ghost;
    PathAxis m_axis = PathAxis::Lambda;
    double m_now = 0.0;
    double m_end = 0.0; ///< where the last computed knot stands
    int m_highlighted = -1;
    Key m_key;
    QImage m_past, m_future;
};

} // namespace orrery::lasso
