// Brushing: a dragged rectangle, or a free loop with Shift. Ctrl leaves the drag to panning.
#pragma once

#include "widgets/plot/plot_piece.h"

namespace orrery {

class Brush final : public PlotPiece {
    Q_OBJECT

  public:
    using PlotPiece::PlotPiece;
    void paint(QPainter& painter) override;
    [[nodiscard]] bool isOverlay() const override { return true; }
    [[nodiscard]] bool grips(QPointF pixel, Qt::KeyboardModifiers modifiers) const override;
    [[nodiscard]] Qt::CursorShape cursorShape() const override { return Qt::CrossCursor; }
    void press(QPointF pixel, Qt::KeyboardModifiers modifiers) override;
    void drag(QPointF pixel) override;
    void release(QPointF pixel) override;

  Q_SIGNALS:
    void brushed(const QPolygonF& pixels); ///< while dragging and at the end; empty: a click on nothing

  private:
    [[nodiscard]] QPolygonF outline() const;
    QPolygonF m_trail; ///< free loop, or the two corners
    bool m_loop = false;
    bool m_active = false;
};

} // namespace orrery
