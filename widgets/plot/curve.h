// A curve, and a band between two curves.
#pragma once

#include "widgets/plot/plot_piece.h"
#include "widgets/plot/strokes.h"

namespace orrery {

/// A polyline: solid, or solid up to "now" and dotted in the ghost colour after it.
class Curve final : public PlotPiece {
    Q_OBJECT

  public:
    explicit Curve(Plot* plot, PenOf pen = {});
    void setPen(PenOf pen);
    void setData(std::vector<double> x, std::vector<double> y);
    /// The future begins right of this x (nothing: all is past). x must ascend in pixels.
    void setNow(std::optional<double> x);
    /// A previous result: the whole curve thin in the ghost colour.
    void setGhost(bool on);
    [[nodiscard]] const std::vector<double>& x() const { return m_x; }
    [[nodiscard]] const std::vector<double>& y() const { return m_y; }
    void paint(QPainter& painter) override;

  private:
    PenOf m_pen;
    std::vector<double> m_x, m_y;
    std::optional<double> m_now;
    bool m_ghost = false;
};

/// The filled room between `lower` and `upper`: ±1 SE.
class Band final : public PlotPiece {
    Q_OBJECT

  public:
    explicit Band(Plot* plot, ColorOf fill = {});
    void setData(std::vector<double> x, std::vector<double> lower, std::vector<double> upper);
    void paint(QPainter& painter) override;

  private:
    ColorOf m_fill;
    std::vector<double> m_x, m_lower, m_upper;
};

} // namespace orrery
