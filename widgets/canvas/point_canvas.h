// A canvas of points that are edited by hand: the plane of every lab in which the audience touches the data.
//
// The canvas holds the points as they are now. An edit is applied at once and told by `edited`; the owner
// makes it lasting and gives back what is there with setPoints(), which is also the way of undo.
// Two fingers on a touchpad move the plane, a pinch zooms it.
// By keyboard: P, S and E choose the tool, B the class of the brush; comma and full stop choose a point,
// Ctrl+A all, Alt, Shift and the arrows move what is chosen, R gives it the next class, Insert adds a point,
// Delete takes the chosen ones away.
#pragma once

#include "widgets/canvas/canvas_points.h"
#include "widgets/plot/mark_stamps.h"
#include "widgets/plot/plot.h"

#include <memory>

namespace orrery {

class CanvasHand;
class RasterScatter;

class PointCanvas : public Plot {
    Q_OBJECT

  public:
    enum class Tool { Point, Spray, Erase };
    static constexpr std::size_t kMostMarks = 2000;    ///< up to this each point has its shape
    static constexpr std::size_t kMostEditable = 5000; ///< more are no longer followed by a fit at once

    explicit PointCanvas(QWidget* parent = nullptr) : PointCanvas(parent, true) {}

    /// The selection stays where the points are as many as before.
    void setPoints(std::shared_ptr<const CanvasPoints> points);
    [[nodiscard]] const CanvasPoints& points() const { return *m_points; }
    [[nodiscard]] std::shared_ptr<const CanvasPoints> sharedPoints() const { return m_points; }
    void setClassCount(int count); ///< that a brush can have
    void setTool(Tool tool);
    [[nodiscard]] Tool tool() const { return m_tool; }
    void setBrushClass(int label);
    [[nodiscard]] int brushClass() const { return m_brushClass; }
    /// Not where a point of the plane is not a row of the data; `why` is said to an edit that is tried.
    void setEditable(bool editable, const QString& why = {});
    [[nodiscard]] bool isEditable() const;
    void setSelection(std::vector<int> rows);
    [[nodiscard]] const std::vector<int>& selection() const { return m_selection; }
    [[nodiscard]] bool isHeld() const; ///< a drag is under way

    // What the hand asks for and does.
    [[nodiscard]] int rowAt(QPointF pixel) const; ///< −1: none
    [[nodiscard]] std::vector<int> rowsWithin(QPointF pixel, double radius) const;
    [[nodiscard]] std::vector<int> rowsInside(const QPolygonF& pixels) const;
    void take(int row, bool extend);
    void add(const std::vector<QPointF>& places, bool still); ///< of the brush's class
    void apply(CanvasPoints points, bool still);
    void refuse(); ///< an edit that cannot be: says why

  Q_SIGNALS:
    void edited(std::shared_ptr<const orrery::CanvasPoints> points, bool stillDragging);
    void refused(const QString& sentence);
    void selectionChanged(const std::vector<int>& rows);
    void toolChosen(orrery::PointCanvas::Tool tool); ///< by key
    void brushClassChosen(int label);                ///< by key

  protected:
    /// `addsMarks` false: a view that has something to draw below the marks calls addMarks() itself.
    PointCanvas(QWidget* parent, bool addsMarks);
    void addMarks();
    [[nodiscard]] double markRadius() const;
    [[nodiscard]] QPointF pixelOf(std::size_t row) const {
        return toPixel(m_points->x[row], m_points->y[row]);
    }

    [[nodiscard]] bool pansByScrolling() const override { return true; }
    void keyPressEvent(QKeyEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

  private:
    bool pressTool(int key);
    bool choose(QKeyEvent* event);
    bool change(QKeyEvent* event);
    void paintMarks(QPainter& painter);
    void paintSelection(QPainter& painter) const;
    void moveSelection(QPointF byPixels);
    [[nodiscard]] bool showsShapes() const { return m_points->size() <= kMostMarks; }

    std::shared_ptr<const CanvasPoints> m_points = std::make_shared<CanvasPoints>();
    std::vector<int> m_selection; ///< ascending
    Tool m_tool = Tool::Point;
    int m_brushClass = 0;
    int m_classCount = 2;
    bool m_editable = true;
    QString m_why;
    CanvasHand* m_hand = nullptr;
    RasterScatter* m_scatter = nullptr;
    MarkStamps m_stamps;
};

} // namespace orrery
