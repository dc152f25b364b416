// What a graph and a grid have in common: a picture of items (nodes, cells) that are pointed at, chosen and
// walked by keys, with a read-out, a legend below and a ring for the keyboard. It changes nothing itself: it
// says what was asked for.
//
//   keyboard  , and . choose an item, Alt and the arrows go on from it that way, Enter is a click, Insert and
//             Delete ask for more and for less, Esc lets go
#pragma once

#include "widgets/graph/graph_paint.h"

#include <QWidget>
#include <functional>

namespace orrery {

class ItemView : public QWidget, public Themed {
    Q_OBJECT

  public:
    explicit ItemView(QWidget* parent = nullptr);

    /// States in the row below the picture, the wanted item's name after them; no states: no row.
    void setLegend(std::vector<NodeState> states, const QString& target);
    /// An item in words, for the read-out of the one under the pointer or else chosen, and for screen
    /// readers.
    void setDescribe(std::function<QString(int item)> describe) { m_describe = std::move(describe); }

    [[nodiscard]] virtual int items() const = 0;
    [[nodiscard]] virtual int itemAt(QPointF pixel) const = 0; ///< −1: none
    [[nodiscard]] virtual QRectF boxOf(int item) const = 0;
    [[nodiscard]] int chosen() const { return m_chosen; } ///< −1: none
    void choose(int item);
    void setMarked(int item); ///< pointed at elsewhere; −1: none

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

  Q_SIGNALS:
    void itemClicked(int item, Qt::KeyboardModifiers modifiers); ///< or Enter on the chosen one
    void itemHovered(int item);                                  ///< −1: none
    void itemChosen(int item);
    void moreRequested(int item);
    void lessRequested(int item);

  protected:
    /// Where everything stands, for this size, theme and picture.
    virtual void place() = 0;
    virtual void paintPicture(QPainter& painter) = 0;
    /// From the chosen item on: its place in the order, or the nearest that way. None chosen: −1.
    [[nodiscard]] virtual int itemAfter(int item, int step) const = 0;
    [[nodiscard]] virtual int itemTowards(int item, QPoint direction) const = 0;
    [[nodiscard]] virtual bool hasReadout() const { return true; }

    /// After another picture: lets go of what is no more there.
    void pictureChanged();
    void hover(int item);
    [[nodiscard]] QRectF room(double margin) const; ///< for the picture, in logical pixels before scaling
    [[nodiscard]] const Theme& theme() const { return m_theme; }
    [[nodiscard]] int hovered() const { return m_hovered; }
    [[nodiscard]] int marked() const { return m_marked; }

    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

  private:
    [[nodiscard]] bool moveChoice(const QKeyEvent& event);
    [[nodiscard]] bool askOfChosen(const QKeyEvent& event);
    void paintLegend(QPainter& painter) const;
    void paintReadout(QPainter& painter) const;

    Theme m_theme = Theme::light();
    std::vector<NodeState> m_legend;
    QString m_target;
    std::function<QString(int)> m_describe;
    int m_hovered = -1, m_chosen = -1, m_marked = -1;
    bool m_hasKeyboard = false;
};

} // namespace orrery
