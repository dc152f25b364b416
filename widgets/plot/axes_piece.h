// Ground of a plot: grid, axis line, tick labels, titles, reference lines. The first piece of every plot.
#pragma once

#include "widgets/plot/plot_piece.h"

namespace orrery {

class AxesPiece final : public PlotPiece {
    Q_OBJECT

  public:
    using PlotPiece::PlotPiece;
    void paint(QPainter& painter) override;
    [[nodiscard]] bool clips() const override { return false; }

    /// Width of a tick's text, its superscript included.
    [[nodiscard]] static double width(const Tick& tick, const Theme& theme);
    /// Room for the numbers and the title at the left, and below.
    [[nodiscard]] static double roomLeft(const AxisOptions& axis, const std::vector<Tick>& ticks,
                                         const Theme& theme);
    [[nodiscard]] static double roomBelow(const AxisOptions& axis, const Theme& theme);

  private:
    void paintGrid(QPainter& painter) const;
    void paintReferences(QPainter& painter) const;
    void paintLeft(QPainter& painter) const;
    void paintBelow(QPainter& painter) const;
    [[nodiscard]] double hairline() const; ///< in whole device pixels
    void paintTick(QPainter& painter, const Tick& tick, QPointF leftBaseline) const;
};

} // namespace orrery
