// A maze on the screen: cells by state, walls, start and goal, the way between them; walls drawn by hand. It
// changes nothing itself: it says what was asked for.
//
//   mouse     a click on a free cell, Shift and a click; a drag builds walls, or takes them away where it
//             began on one
//   keyboard  , and . or Alt and the arrows move a cursor, Enter is a click on its cell, Insert builds a
//             wall there, Delete takes it away, Esc lets go
#pragma once

#include "widgets/graph/graph_paint.h"

#include <QWidget>
#include <functional>

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

class GridView final : public QWidget, public Themed {
    Q_OBJECT

  public:
    explicit GridView(QWidget* parent = nullptr);

    void setPicture(GridPicture picture);
    [[nodiscard]] const GridPicture& picture() const { return m_picture; }
    void setLegend(std::vector<NodeState> states, const QString& target);
    void setDescribe(std::function<QString(int cell)> describe) { m_describe = std::move(describe); }
    void setMarked(int cell); ///< pointed at elsewhere; −1: none

    [[nodiscard]] int cellAt(QPointF pixel) const; ///< −1: none
    [[nodiscard]] QRectF rectOf(int cell) const;
    [[nodiscard]] int chosen() const { return m_chosen; } ///< −1: none
    void choose(int cell);

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

  Q_SIGNALS:
    void cellClicked(int cell, Qt::KeyboardModifiers modifiers);
    void cellHovered(int cell); ///< −1: none
    void wallsDrawn(const std::vector<int>& cells, bool isWall);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

  private:
    void place();
    void paintWalls(QPainter& painter) const;
    void paintCells(QPainter& painter) const;
    void paintPath(QPainter& painter) const;
    void paintEnds(QPainter& painter) const;
    void paintCursor(QPainter& painter) const;
    void paintReadout(QPainter& painter) const;
    void hover(int cell);
    void draw(int cell);
    void moveCursor(int columns, int rows);
    [[nodiscard]] bool isWall(int cell) const;

    Theme m_theme = Theme::light();
    GridPicture m_picture;
    std::vector<NodeState> m_legend;
    QString m_target;
    std::function<QString(int)> m_describe;
    QPointF m_origin;
    double m_cell = 1.0; ///< pixels
    int m_hovered = -1, m_chosen = -1, m_marked = -1;
    int m_pressed = -1, m_last = -1; ///< where a drag began, and where it is
    std::vector<int> m_drawn;        ///< cells of the drag so far
    bool m_drawsWalls = false;       ///< or takes them away
    bool m_hasKeyboard = false;
};

} // namespace orrery
