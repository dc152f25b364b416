// A tree or a graph on the screen: drawn from a GraphPicture, pointed at, chosen and edited by mouse and
// keyboard. It changes nothing itself: it says what was asked for.
//
//   mouse     a click on a node, Shift and a click, the right button for a menu
//   keyboard  , and . choose a node, Alt and the arrows go to the nearest one that way, Enter is a click,
//             Insert asks for a child, Delete for its removal, Esc lets go
#pragma once

#include "widgets/graph/graph_paint.h"

#include <QTimer>
#include <QWidget>
#include <functional>

namespace orrery {

class GraphView final : public QWidget, public Themed {
    Q_OBJECT

  public:
    explicit GraphView(QWidget* parent = nullptr);

    /// `animate`: nodes that have come to wait or are this step's swell for a moment. Only where a step was
    /// taken by hand; never while the time line plays.
    void setPicture(GraphPicture picture, bool animate = false);
    [[nodiscard]] const GraphPicture& picture() const { return m_picture; }
    /// What is said in the middle where there is no node.
    void setPlaceholder(const QString& sentence);
    /// States in the row below the picture, the wanted node's name after them; no states: no row.
    void setLegend(std::vector<NodeState> states, const QString& target);
    /// One sentence for screen readers, and the node under the pointer or cursor in words.
    void setDescribe(std::function<QString(int node)> describe) { m_describe = std::move(describe); }
    /// Node radius at most, in logical pixels before scaling.
    void setLargestRadius(double pixels);

    [[nodiscard]] int nodeAt(QPointF pixel) const; ///< −1: none
    [[nodiscard]] QPointF pixelOf(int node) const;
    [[nodiscard]] double radius() const { return m_fit.radius; }
    [[nodiscard]] int chosen() const { return m_chosen; } ///< −1: none
    void choose(int node);
    void setMarked(int node); ///< pointed at elsewhere: a ring; −1: none

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

  Q_SIGNALS:
    void nodeClicked(int node, Qt::KeyboardModifiers modifiers); ///< or Enter on the chosen one
    void nodeHovered(int node);                                  ///< −1: none
    void nodeChosen(int node);
    void menuRequested(int node, QPoint globalPosition);
    void addRequested(int node);
    void removeRequested(int node);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

  private:
    void place();
    void paintRules(QPainter& painter) const;
    void paintNodes(QPainter& painter) const;
    void paintRings(QPainter& painter) const;
    void paintReadout(QPainter& painter) const;
    void hover(int node);
    void chooseBeside(int step);
    void chooseTowards(QPointF direction);
    [[nodiscard]] double swell(std::size_t node) const;

    Theme m_theme = Theme::light();
    GraphPicture m_picture;
    GraphFit m_fit;
    std::vector<std::uint8_t> m_isNew; ///< swells now
    std::vector<NodeState> m_legend;
    QString m_target, m_placeholder;
    std::function<QString(int)> m_describe;
    QTimer m_tick;
    double m_swell = 1.0; ///< 0 … 1 of the animation; 1: none runs
    double m_largest = 20.0;
    int m_hovered = -1, m_chosen = -1, m_marked = -1;
    bool m_hasKeyboard = false;
};

} // namespace orrery
