// The hand on a canvas: what a press, a drag and a release mean with the tool that is chosen.
//
// Point: a click on the ground adds a point, a drag from a point moves it or the selection that it belongs
// to, a drag on the ground draws a loop that selects. Spray adds points around the pointer, Erase takes those
// under it away. Ctrl leaves the drag to panning.
#pragma once

#include "core/support/rng.h"
#include "widgets/canvas/canvas_points.h"
#include "widgets/plot/plot_piece.h"

#include <memory>

namespace orrery {

class PointCanvas;

class CanvasHand final : public PlotPiece {
    Q_OBJECT

  public:
    explicit CanvasHand(PointCanvas* canvas);
    void paint(QPainter& painter) override;
    [[nodiscard]] bool isOverlay() const override { return true; }
    [[nodiscard]] bool grips(QPointF pixel, Qt::KeyboardModifiers modifiers) const override;
    [[nodiscard]] Qt::CursorShape cursorShape() const override;
    void press(QPointF pixel, Qt::KeyboardModifiers modifiers) override;
    void drag(QPointF pixel) override;
    void release(QPointF pixel) override;

    void hover(std::optional<QPointF> pixel);
    [[nodiscard]] bool isBusy() const { return m_gesture != Gesture::None; }
    /// A few points around a pixel, each time others.
    [[nodiscard]] std::vector<QPointF> sprayed(QPointF pixel);
    [[nodiscard]] double brushRadius() const;

  private:
    enum class Gesture { None, Hold, Move, Loop, Brush };
    void brush(QPointF pixel);
    void moveTo(QPointF pixel, bool still);
    void finishLoop(QPointF pixel);

    PointCanvas* m_canvas;
    Gesture m_gesture = Gesture::None;
    QPointF m_pressedAt;
    QPolygonF m_trail;
    std::optional<QPointF> m_hovered;
    std::shared_ptr<const CanvasPoints> m_before; ///< where the drag began
    bool m_extends = false;                       ///< Shift: the loop adds to the selection
    Rng m_rng{1};
};

} // namespace orrery
