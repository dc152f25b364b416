// "Now" on a plot: a vertical brass line with a filled tag, to be dragged.
#pragma once

#include "widgets/plot/plot_piece.h"

namespace orrery {

class Playhead final : public PlotPiece {
    Q_OBJECT

  public:
    using PlotPiece::PlotPiece;
    void setPosition(std::optional<double> x); ///< in data; nothing: hidden
    [[nodiscard]] std::optional<double> position() const { return m_x; }
    void setTag(const QString& text); ///< "" for none
    void setDraggable(bool on) { m_draggable = on; }

    void paint(QPainter& painter) override;
    void paintTop(QPainter& painter) override; ///< the tag, over the marks of other pieces
    [[nodiscard]] bool isOverlay() const override { return true; }
    [[nodiscard]] bool clips() const override { return false; }
    [[nodiscard]] bool grips(QPointF pixel, Qt::KeyboardModifiers modifiers) const override;
    [[nodiscard]] Qt::CursorShape cursorShape() const override { return Qt::SizeHorCursor; }
    void press(QPointF pixel, Qt::KeyboardModifiers modifiers) override;
    void drag(QPointF pixel) override;
    bool key(int key) override; ///< , to the left and . to the right
    [[nodiscard]] QRectF tagBox() const;

  Q_SIGNALS:
    void moved(double x); ///< dragged by hand, inside the area; the owner sets the position
    void stepped(int by); ///< by keyboard: 1 to the right, −1 to the left

  private:
    [[nodiscard]] bool isInside() const;

    std::optional<double> m_x;
    QString m_tag;
    double m_offset = 0.0; ///< pointer to line when it was taken
    bool m_draggable = true;
};

} // namespace orrery
