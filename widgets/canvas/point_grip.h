// Takes hold of a point of a plot: pressed near it, a drag moves it.
#pragma once

#include "widgets/plot/plot_piece.h"

namespace orrery {

class PointGrip final : public PlotPiece {
    Q_OBJECT

  public:
    /// `rowAt` says which row is under a pixel (−1: none), `place` where that row stands.
    PointGrip(Plot* plot, std::function<int(QPointF)> rowAt, std::function<QPointF(int)> place);
    void paint(QPainter&) override {}
    [[nodiscard]] bool isOverlay() const override { return true; }
    [[nodiscard]] bool grips(QPointF pixel, Qt::KeyboardModifiers modifiers) const override;
    [[nodiscard]] Qt::CursorShape cursorShape() const override { return Qt::SizeAllCursor; }
    void press(QPointF pixel, Qt::KeyboardModifiers modifiers) override;
    void drag(QPointF pixel) override;
    void release(QPointF pixel) override;

  Q_SIGNALS:
    void taken(int row);
    void dragged(int row, QPointF pixel); ///< where the point goes
    void dropped(int row, QPointF pixel, bool moved);

  private:
    std::function<int(QPointF)> m_rowAt;
    std::function<QPointF(int)> m_place;
    int m_row = -1;
    QPointF m_offset; ///< pointer to point when it was taken
    bool m_moved = false;
};

} // namespace orrery
