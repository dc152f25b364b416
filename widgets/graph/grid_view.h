// A maze on the screen: cells by state, walls, start and goal, the way between them; walls drawn by hand. It
// changes nothing itself: it says what was asked for.
//
//   mouse     a click on a free cell, Shift and a click; a drag builds walls, or takes them away where it
//             began on one
//   keyboard  those of ItemView: a cursor moves from cell to cell, Insert builds a wall there, Delete takes
//             it away
#pragma once

#include "widgets/graph/item_view.h"

namespace orrery {

struct GridPicture {
    int columns = 0, rows = 0;
    std::vector<std::uint8_t> walls; ///< rows × columns, 1 for a wall
    std::vector<NodeState> states;   ///< of each cell
    std::vector<float> shades;       ///< 0 … 1, of visited cells: darker is farther; empty: all alike
    std::vector<int> path;           ///< cells from the start on
    int start = -1, goal = -1;

    [[nodiscard]] int cells() const { return columns * rows; }
};

class GridView final : public ItemView {
    Q_OBJECT

  public:
    explicit GridView(QWidget* parent = nullptr);

    void setPicture(GridPicture picture);
    [[nodiscard]] const GridPicture& picture() const { return m_picture; }

    [[nodiscard]] int items() const override { return m_picture.cells(); }
    [[nodiscard]] int itemAt(QPointF pixel) const override;
    [[nodiscard]] QRectF boxOf(int cell) const override;

  Q_SIGNALS:
    void wallsDrawn(const std::vector<int>& cells, bool isWall);

  protected:
    void place() override;
    void paintPicture(QPainter& painter) override;
    [[nodiscard]] int itemAfter(int cell, int step) const override;
    [[nodiscard]] int itemTowards(int cell, QPoint direction) const override;
    [[nodiscard]] bool hasReadout() const override { return m_drawn.empty(); }
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

  private:
    void paintWalls(QPainter& painter) const;
    void paintCells(QPainter& painter) const;
    void paintPath(QPainter& painter) const;
    void paintEnds(QPainter& painter) const;
    void paintFrames(QPainter& painter) const;
    void draw(int cell);
    [[nodiscard]] bool isWall(int cell) const;

    GridPicture m_picture;
    QPointF m_origin;
    double m_cell = 1.0;             ///< pixels
    int m_pressed = -1, m_last = -1; ///< where a drag began, and where it is
    std::vector<int> m_drawn;        ///< cells of the drag so far
    bool m_drawsWalls = false;       ///< or takes them away
};

} // namespace orrery
