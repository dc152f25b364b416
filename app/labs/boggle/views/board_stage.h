// The main card: what the path spells, the board, and the stack beside it (below it where the card is tall).
// Where there is still room, in a lecture, the newest words stand at the right.
#pragma once

#include "app/labs/boggle/views/stack_view.h"

namespace orrery::boggleview {

class BoardStage final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit BoardStage(bool withStack, QWidget* parent = nullptr);

    [[nodiscard]] BoardView* board() const { return m_board; }
    [[nodiscard]] StackView* stack() const { return m_stack; } ///< null without one
    void setHeadline(const Headline& headline);
    [[nodiscard]] const Headline& headline() const { return m_headline; }
    /// In the order of finding; shown where a card is wide.
    void setWords(std::vector<ListedWord> words, bool isFresh);
    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void place();
    void paintWords(QPainter& painter) const;
    [[nodiscard]] double headHeight() const { return m_headline == Headline() ? 0.0 : m_theme.px(46); }

    Theme m_theme = Theme::light();
    Headline m_headline;
    BoardView* m_board;
    StackView* m_stack = nullptr;
    std::vector<ListedWord> m_words;
    bool m_isFresh = false;
    QRectF m_wordRoom; ///< empty: no room for words
};

} // namespace orrery::boggleview
