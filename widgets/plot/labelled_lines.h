// Curves that are told apart without a legend: colour and shape by category, marks evenly along each, the
// name beside its end where it covers nothing. For races: a cost over a size, a gap over time.
#pragma once

#include "widgets/plot/plot_piece.h"

#include <QPolygonF>
#include <functional>
#include <optional>

namespace orrery {

struct LabelledLine {
    QString name;          ///< empty: no label
    std::vector<double> x; ///< ascending
    std::vector<double> y;
    int category = 0;        ///< −1: the ghost colour, no marks
    bool dashed = false;     ///< not measured here
    bool everyPoint = false; ///< a mark at each point instead of evenly along the line
    bool strong = false;
    double labelAt = 1.0; ///< where along its points the name stands: 1 at the end
    bool isNow = false;   ///< in brass: the one in question
};

class LabelledLines final : public PlotPiece {
    Q_OBJECT

  public:
    using PlotPiece::PlotPiece;
    void setLines(std::vector<LabelledLine> lines);
    [[nodiscard]] const std::vector<LabelledLine>& lines() const { return m_lines; }
    /// What else is written in the plot, in pixels: no name is to cover it.
    void setOtherLabels(std::function<std::vector<QRectF>()> boxes) { m_otherLabels = std::move(boxes); }
    /// Names stand in a column at the right of the plot, each after a sample of its line, in the order of the
    /// ends and apart: where a plot is too low for names beside the lines. The ranges leave room for it.
    void setNamesAside(bool aside);
    void setHighlighted(int line); ///< −1: none
    /// The line within `reach` pixels; −1: none.
    [[nodiscard]] int lineAt(QPointF pixel, double reach = 6.0) const;
    /// Where the labels are; null for one that has no place.
    [[nodiscard]] std::vector<QRectF> labelBoxes() const;

    void paint(QPainter& painter) override;
    [[nodiscard]] bool clips() const override { return false; }

  private:
    void paintLines(QPainter& painter) const;
    void paintLabels(QPainter& painter) const;
    void paintSample(QPainter& painter, const LabelledLine& line, const QRectF& box) const;
    [[nodiscard]] std::vector<QRectF> boxesAside() const;
    [[nodiscard]] QColor colorOf(const LabelledLine& line) const;
    [[nodiscard]] std::vector<QPolygonF> pixelsOf(std::size_t line) const;
    [[nodiscard]] std::vector<QPointF> marksOf(std::size_t line) const;    ///< pixels
    [[nodiscard]] std::vector<std::optional<QPointF>> endsOfLines() const; ///< pixels; empty: nothing drawn

    std::vector<LabelledLine> m_lines;
    std::function<std::vector<QRectF>()> m_otherLabels;
    int m_highlighted = -1;
    bool m_namesAside = false;
};

} // namespace orrery
