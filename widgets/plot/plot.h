// The plot that every view of Orrery is: a QCustomPlot with the look of the lab, in which pieces (curves,
// bands, marks, labels, the playhead) draw themselves.
//
// QCustomPlot keeps the layers and the paint buffers; axes, ticks, margins, pointer and keys are ours: a
// horizontal grid, one axis line, real minus signs, edges on device pixels at any ratio. Painted onto a
// vector device (SVG, PDF, printer), a plot draws vectors, with text as text.
//
// Wheel with Ctrl zooms, dragging pans, double click resets; on a touchpad a pinch zooms and two fingers pan
// what is zoomed. +, −, 0 and Alt+arrows do the same by keyboard, and , and . move the playhead.
#pragma once

#include "widgets/plot/axis_map.h"
#include "widgets/plot/ticks.h"
#include "widgets/theme/theme.h"

#include "widgets/plot/qcustomplot_header.h"

#include <functional>
#include <optional>
#include <vector>

namespace orrery {

class PlotPiece;

struct AxisOptions {
    QString title; ///< in words, with the symbol
    bool logarithmic = false;
    bool reversed = false;           ///< larger values to the left (below)
    bool abbreviate = false;         ///< 6k, 1.5M
    bool integers = false;           ///< no tick between whole numbers
    bool labels = true;              ///< numbers at the ticks
    std::optional<double> reference; ///< a dashed hairline across the other axis: "zero"
    std::vector<QString> names;      ///< instead of numbers: the name of 0, 1, 2, …
};

/// What stands beside the pointer.
struct Readout {
    QString text;   ///< one line or several
    QPointF anchor; ///< pixel of the thing that it speaks of
};

class Plot : public QCustomPlot, public Themed {
    Q_OBJECT

  public:
    explicit Plot(QWidget* parent = nullptr);
    ~Plot() override;

    void setTheme(const Theme& theme) override;
    [[nodiscard]] const Theme& theme() const { return m_theme; }

    void setHorizontal(const AxisOptions& options);
    void setVertical(const AxisOptions& options);
    [[nodiscard]] const AxisOptions& vertical() const { return m_vertical; }
    /// The ranges that "reset" means. They show at once unless the reader has zoomed.
    void setHome(QCPRange horizontal, QCPRange vertical);
    [[nodiscard]] bool isZoomed() const { return m_zoomed; }
    void resetView();
    void setEqualAspect(bool on); ///< one unit is as long on both axes
    void setGrid(bool on);
    void setMinimumMargins(QMargins margins); ///< lines up plots that stand below each other
    [[nodiscard]] QMargins naturalMargins() const { return m_naturalMargins; }
    /// `readout` is asked at every move of the pointer; nothing to say: std::nullopt.
    void setReadout(std::function<std::optional<Readout>(QPointF pixel)> readout);
    /// Shown in the middle while there is nothing to draw.
    void setPlaceholder(const QString& sentence);

    /// Draw again at the next frame; any number of calls makes one.
    void schedule();
    /// Brings layout and picture up to date now: for hit tests before the first frame.
    void prepare();

    // Data to pixels and back; valid after a layout.
    [[nodiscard]] QRectF area() const { return m_area; }
    [[nodiscard]] double toX(double value) const { return m_mapX.pixel(value); }
    [[nodiscard]] double toY(double value) const { return m_mapY.pixel(value); }
    [[nodiscard]] QPointF toPixel(double x, double y) const { return {toX(x), toY(y)}; }
    [[nodiscard]] double fromX(double pixel) const { return m_mapX.value(pixel); }
    [[nodiscard]] double fromY(double pixel) const { return m_mapY.value(pixel); }
    [[nodiscard]] const AxisMap& mapX() const { return m_mapX; }
    [[nodiscard]] const AxisMap& mapY() const { return m_mapY; }
    [[nodiscard]] const std::vector<Tick>& ticksX() const { return m_ticksX; }
    [[nodiscard]] const std::vector<Tick>& ticksY() const { return m_ticksY; }
    /// Device pixels a logical pixel, of the device that is painted on.
    [[nodiscard]] double ratio() const { return m_ratio; }
    [[nodiscard]] bool paintsVectors() const { return m_vectors; }

    [[nodiscard]] const std::vector<PlotPiece*>& pieces() const { return m_pieces; }
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

  Q_SIGNALS:
    void viewChanged();                                           ///< zoomed, panned or reset
    void clicked(QPointF pixel, Qt::KeyboardModifiers modifiers); ///< pressed and released without dragging
    void hovered(QPointF pixel);
    void pointerLeft();

  protected:
    /// Called before each layout: the place to set ranges that follow the size.
    virtual void arrange() {}
    /// Whether two fingers on a touchpad move the plot rather than what is around it.
    [[nodiscard]] virtual bool pansByScrolling() const { return m_zoomed; }

    void paintEvent(QPaintEvent* event) override;
    void updateLayout() override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    friend class PlotPiece;
    friend class AxesPiece;

    enum class Gesture { None, Press, Pan, Piece };

    void layoutVertical();
    void layoutHorizontal();
    void holdAspect();
    void paintOverlays(QPainter& painter);
    void paintReadout(QPainter& painter) const;
    void paintVectors(QCPPainter& painter);
    void setPaintRatio(double ratio);
    void setRanges(QCPRange horizontal, QCPRange vertical);
    void zoomAround(QPointF pixel, double factor);
    void panBy(QPointF pixels);
    bool pinch(QNativeGestureEvent* gesture);
    void updateCursor(QPointF pixel);
    [[nodiscard]] PlotPiece* pieceAt(QPointF pixel, Qt::KeyboardModifiers modifiers) const;

    Theme m_theme = Theme::light();
    AxisOptions m_horizontal, m_vertical;
    std::vector<Tick> m_ticksX, m_ticksY;
    AxisMap m_mapX, m_mapY;
    QRectF m_area;
    QMargins m_minimumMargins, m_naturalMargins;
    QCPRange m_homeX{0, 1}, m_homeY{0, 1};
    std::function<std::optional<Readout>(QPointF)> m_readout;
    std::optional<Readout> m_shownReadout;
    QString m_placeholder;
    std::vector<PlotPiece*> m_pieces;
    QPointF m_pressedAt, m_lastPixel;
    PlotPiece* m_gripped = nullptr;
    double m_ratio = 1.0;
    Gesture m_gesture = Gesture::None;
    bool m_dirty = true;
    bool m_arranging = false;
    bool m_focusRing = false;
    bool m_zoomed = false;
    bool m_equalAspect = false;
    bool m_grid = true;
    bool m_vectors = false;
};

} // namespace orrery
