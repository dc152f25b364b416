// The words found so far, newest first, each with its points. A click (or Up and Down) chooses one; the board
// then shows its path.
#pragma once

#include "app/labs/boggle/views/board_moment.h"

#include <QAbstractScrollArea>

namespace orrery::boggleview {

class WordList final : public QAbstractScrollArea, public Themed {
    Q_OBJECT
  public:
    explicit WordList(QWidget* parent = nullptr);

    /// In the order of finding. `isFresh`: the last one was found by the step that is shown.
    void setWords(std::vector<ListedWord> words, bool isFresh);
    [[nodiscard]] const std::vector<ListedWord>& words() const { return m_words; }
    void setPlaceholder(const QString& sentence);
    /// −1 for none.
    void choose(int word);
    [[nodiscard]] int chosen() const { return m_chosen; }
    [[nodiscard]] QRectF wordRect(int word) const; ///< in the viewport
    [[nodiscard]] int wordAt(QPointF position) const;
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  Q_SIGNALS:
    void wordChosen(int word); ///< by hand; −1: none any more

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    [[nodiscard]] int columnCount() const;
    [[nodiscard]] double rowHeight() const { return m_theme.px(24); }
    void fitScrollBar();
    void chooseByHand(int word);

    Theme m_theme = Theme::light();
    std::vector<ListedWord> m_words;
    QString m_placeholder;
    int m_chosen = -1;
    bool m_isFresh = false;
    bool m_keyboardFocus = false;
};

} // namespace orrery::boggleview
