// A tree or a graph on the screen: drawn from a GraphPicture, pointed at, chosen and edited by mouse and
// keyboard, and brought nearer where there are too many nodes for their labels.
//
//   mouse     a click on a node, Shift and a click, the right button for a menu; the wheel or two fingers
//             zoom, a drag beside the nodes pans, a double click there shows all of it
//   keyboard  those of ItemView; + − and 0 zoom, Alt, Shift and the arrows pan
#pragma once

#include "widgets/graph/item_view.h"

#include <QTimer>

class QNativeGestureEvent;

namespace orrery {

class GraphView final : public ItemView {
    Q_OBJECT

  public:
    explicit GraphView(QWidget* parent = nullptr);

    /// `animate`: nodes that have come to wait or are this step's swell for a moment. Only where a step was
    /// taken by hand; never while the time line plays. Where only a part is in sight, this step's node is.
    void setPicture(GraphPicture picture, bool animate = false);
    [[nodiscard]] const GraphPicture& picture() const { return m_picture; }
    /// What is said in the middle where there is no node.
    void setPlaceholder(const QString& sentence);
    /// Node radius at most, in logical pixels before scaling.
    void setLargestRadius(double pixels);

    [[nodiscard]] int items() const override { return static_cast<int>(m_picture.nodes.size()); }
    [[nodiscard]] int itemAt(QPointF pixel) const override;
    [[nodiscard]] QRectF boxOf(int node) const override;
    [[nodiscard]] QPointF pixelOf(int node) const;
    [[nodiscard]] double radius() const { return m_fit.radius; }

    [[nodiscard]] double zoom() const { return m_zoom; } ///< 1: all of it is in sight
    void zoomAround(QPointF pixel, double factor);
    void panBy(QPointF pixels);
    void showAll();

  Q_SIGNALS:
    void menuRequested(int node, QPoint globalPosition);

  protected:
    void place() override;
    void paintPicture(QPainter& painter) override;
    [[nodiscard]] int itemAfter(int node, int step) const override;
    [[nodiscard]] int itemTowards(int node, QPoint direction) const override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool event(QEvent* event) override;

  private:
    void paintRules(QPainter& painter) const;
    void paintNodes(QPainter& painter) const;
    void paintRings(QPainter& painter) const;
    void paintHint(QPainter& painter) const;
    [[nodiscard]] bool isHidden(int node) const;
    [[nodiscard]] double swell(std::size_t node) const;
    void bringIntoSight(int node);
    [[nodiscard]] bool pinch(QEvent* event);
    [[nodiscard]] bool keyMovesView(const QKeyEvent& event);

    GraphPicture m_picture;
    GraphFit m_fit;
    double m_zoom = 1.0;
    QPointF m_pan;                      ///< pixels from the middle
    std::optional<QPointF> m_draggedAt; ///< pixel, while a drag pans
    std::vector<std::uint8_t> m_isNew;  ///< swells now
    QString m_placeholder;
    QTimer m_tick;
    double m_swell = 1.0; ///< 0 … 1 of the animation; 1: none runs
    double m_largest = 20.0;
};

} // namespace orrery
