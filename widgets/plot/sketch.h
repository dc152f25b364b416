// A piece that a view paints with a function of its own.
#pragma once

#include "widgets/plot/plot_piece.h"

#include <functional>

namespace orrery {

class Sketch final : public PlotPiece {
    Q_OBJECT

  public:
    enum class Level { Ground, Overlay };
    Sketch(Plot* plot, std::function<void(QPainter&)> paint, bool clips = true, Level level = Level::Ground)
        : PlotPiece(plot), m_paint(std::move(paint)), m_clips(clips), m_level(level) {}

    void paint(QPainter& painter) override { m_paint(painter); }
    [[nodiscard]] bool clips() const override { return m_clips; }
    [[nodiscard]] bool isOverlay() const override { return m_level == Level::Overlay; }

  private:
    std::function<void(QPainter&)> m_paint;
    bool m_clips;
    Level m_level;
};

} // namespace orrery
