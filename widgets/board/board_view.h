// A board of tiles with letters: paths through the tiles, what was looked at beside their heads, tiles that
// are marked, and a cursor for typing. It knows no game.
//
// A path is one line through its tiles, in the order in which they were entered; its head is filled. Click a
// tile (or press Enter on the board) to type: letters go into the tile and the cursor moves on, arrows move
// it, Esc ends.
#pragma once

#include "widgets/theme/theme.h"

#include <QWidget>
#include <vector>

namespace orrery {

/// A path through tiles, from its first to its head.
struct BoardTrail {
    enum class Role {
        Now,      ///< brass: where the algorithm is
        Chosen,   ///< accent: what the reader asked to see
        Category, ///< one of several at the same time
    };
    std::vector<int> cells;
    Role role = Role::Now;
    int category = 0;
    bool numbered = true;  ///< its order, in the corners of the tiles
    bool complete = false; ///< all tiles filled, not only the head: the path has come to something

    friend bool operator==(const BoardTrail&, const BoardTrail&) = default;
};

/// All that is drawn. Cells are numbered row by row.
struct BoardPicture {
    int rows = 4;
    int columns = 4;
    std::vector<QString> letters;   ///< a tile each
    std::vector<BoardTrail> trails; ///< the last is drawn on top
    std::vector<int> blocked;       ///< looked at and not entered
    int blockedFrom = -1;           ///< the tile from which; −1: from nowhere
    int left = -1;                  ///< the tile that a path has just gone back from
    std::vector<int> open;          ///< still to be tried
    std::vector<int> ringed;        ///< changed or asked for

    friend bool operator==(const BoardPicture&, const BoardPicture&) = default;
};

class BoardView final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit BoardView(QWidget* parent = nullptr);

    void setPicture(BoardPicture picture);
    [[nodiscard]] const BoardPicture& picture() const { return m_picture; }
    void setEditable(bool editable);
    /// Two letters that are one tile: the second, typed right after the first, is part of it.
    void setPair(QChar first, QChar second);
    void setHighlightsOpen(bool on); ///< a formula points at the tiles that are still to be tried

    /// Where a tile is; the tile at a point, −1 for none.
    [[nodiscard]] QRectF tileRect(int cell) const;
    [[nodiscard]] int cellAt(QPointF position) const;
    [[nodiscard]] int cursor() const { return m_cursor; } ///< −1: not typing
    void setCursorCell(int cell);

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

  Q_SIGNALS:
    void tileClicked(int cell);
    void tileTyped(int cell, QChar letter); ///< an upper-case letter

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

  private:
    [[nodiscard]] bool isForTyping(const QKeyEvent& event) const;
    [[nodiscard]] bool moveCursor(int key);
    void describe();

    Theme m_theme = Theme::light();
    BoardPicture m_picture;
    int m_cursor = -1;
    QChar m_pairFirst, m_pairSecond;
    bool m_pairIsOpen = false; ///< the first has just been typed
    bool m_editable = false;
    bool m_highlightsOpen = false;
    bool m_keyboardFocus = false;
};

} // namespace orrery
