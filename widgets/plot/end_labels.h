// Direct labels at the right ends of curves: no legend. They keep apart; one that had to move is tied to its
// curve by a hairline.
#pragma once

#include "widgets/plot/plot_piece.h"
#include "widgets/plot/strokes.h"

namespace orrery {

struct EndLabel {
    QString text;
    double y = 0.0;      ///< value where its curve ends
    ColorOf color;       ///< nothing: the third ink
    bool strong = false; ///< in focus: set bold
    int id = -1;
};

class EndLabels final : public PlotPiece {
    Q_OBJECT

  public:
    using PlotPiece::PlotPiece;
    /// In order of importance: those that do not fit, or that would stand far from their curve, are left out
    /// from the end. Coloured and strong ones stay.
    void setLabels(std::vector<EndLabel> labels);
    void setHighlighted(int id);

    void paint(QPainter& painter) override;
    [[nodiscard]] bool clips() const override { return false; }
    [[nodiscard]] QMarginsF margins() const override;
    /// Boxes of the labels that are shown, with their ids; valid after a layout.
    struct Placed {
        const EndLabel* label;
        QRectF box;
        double anchorY;
    };
    [[nodiscard]] std::vector<Placed> placed() const;
    [[nodiscard]] int idAt(QPointF pixel) const; ///< −1: none

  private:
    [[nodiscard]] std::vector<Placed> candidates() const;
    [[nodiscard]] QFont font(const EndLabel& label) const;
    std::vector<EndLabel> m_labels;
    int m_highlighted = -1;
};

} // namespace orrery
