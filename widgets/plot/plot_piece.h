// A part of a plot that draws itself: a curve, a band, a playhead.
//
// A piece belongs to its plot (`new Curve(&plot)`; `plot.removeItem(piece)` takes it away) and is painted in
// the order of creation, or on top of the finished picture when it is an overlay: an overlay moves without
// anything else being drawn again.
#pragma once

#include "widgets/plot/plot.h"

namespace orrery {

class PlotPiece : public QCPAbstractItem {
    Q_OBJECT

  public:
    explicit PlotPiece(Plot* plot);
    ~PlotPiece() override;

    /// Coordinates are pixels of the plot; the painter is antialiased, and clipped to the area when
    /// `clips()`.
    virtual void paint(QPainter& painter) = 0;
    /// After all overlays have painted: what nothing may cover.
    virtual void paintTop(QPainter&) {}
    [[nodiscard]] virtual bool clips() const { return true; }
    [[nodiscard]] virtual bool isOverlay() const { return false; }
    /// Room that the piece needs beside the area, in logical pixels.
    [[nodiscard]] virtual QMarginsF margins() const { return {}; }

    // The pointer: a piece that takes a press gets all moves until the release.
    [[nodiscard]] virtual bool grips(QPointF pixel, Qt::KeyboardModifiers modifiers) const;
    [[nodiscard]] virtual Qt::CursorShape cursorShape() const { return Qt::ArrowCursor; }
    virtual void press(QPointF pixel, Qt::KeyboardModifiers modifiers);
    virtual void drag(QPointF pixel);
    virtual void release(QPointF pixel);
    /// A key without modifiers while the plot has the focus; true: it was meant for this piece.
    virtual bool key(int) { return false; }

    double selectTest(const QPointF& pos, bool onlySelectable, QVariant* details = nullptr) const final;

  protected:
    [[nodiscard]] Plot& plot() const { return *m_plot; }
    [[nodiscard]] const Theme& theme() const { return m_plot->theme(); }
    /// The plot (or only its overlays) has to be drawn again.
    void changed();

  private:
    friend class Plot;

    void draw(QCPPainter* painter) final;
    void applyDefaultAntialiasingHint(QCPPainter* painter) const final;
    [[nodiscard]] QRect clipRect() const final;
    void paintClipped(QPainter& painter);

    Plot* m_plot;
};

/// A line width in whole device pixels: what `snapped` aligns.
[[nodiscard]] double wholeWidth(double width, double ratio);
/// Where the centre of a line of this width must stand so that both edges fall on device pixels.
[[nodiscard]] double snapped(double position, double width, double ratio);
/// Both coordinates on device pixels.
[[nodiscard]] QPointF snappedText(QPointF position, double ratio);

} // namespace orrery
